// The schema of a kept graph, for its JSON Schema and for whoever wants to check a document before anything else. It is
// not part of `@muster/core/graph`, which works without a schema library.
import { z } from 'zod'
import type { GraphDocument } from './graph-document.ts'

const amount = z.number().min(0)
const id = z.string().min(1)

const task = z.looseObject({
  id,
  dependsOn: z
    .array(
      z.union([
        id,
        z.looseObject({
          on: id,
          kind: z.enum(['hard', 'soft', 'optional']).optional(),
          timeLimitMs: amount.optional(),
        }),
      ]),
    )
    .optional(),
  groups: z.array(id).optional(),
  tags: z.array(z.string()).optional(),
  file: z.string().optional(),
  expectedMs: amount.optional(),
  timeoutMs: amount.optional(),
  priority: z.number().optional(),
  needs: z
    .looseObject({
      resources: z.record(z.string(), amount).optional(),
      locks: z.array(z.string()).optional(),
      labels: z.array(z.string()).optional(),
      uses: z.array(z.string()).optional(),
    })
    .optional(),
})

/** The schema of {@link GraphDocument}. Tasks may carry more than it names. */
export const graphDocument: z.ZodType<GraphDocument, GraphDocument> = z.strictObject({
  format: z.literal('muster-graph'),
  version: z.literal(1),
  isOpen: z.boolean(),
  groups: z.array(z.looseObject({ id, concurrency: z.number().int().min(1).optional() })),
  tasks: z.array(task),
})
