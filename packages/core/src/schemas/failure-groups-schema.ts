// The schema of failures by cause, as reports hold them.
import { z } from 'zod'
import type { FailureGroups } from '../model/failure-group.ts'
import { failureCategorySchema } from './word-schemas.ts'

const count = z.number().int().min(0)
const strings = z.array(z.string())

const group = z.strictObject({
  id: z.string(),
  kind: z.enum(['cause', 'worker', 'rest']),
  title: z.string(),
  category: failureCategorySchema,
  code: z.string().optional(),
  errorName: z.string().optional(),
  place: z.string().optional(),
  failures: count,
  collateral: count,
  tests: count,
  testNames: strings.optional(),
  tasks: strings,
  workers: strings,
  blames: z.string().optional(),
  firstAtMs: z.number().optional(),
  lastAtMs: z.number().optional(),
  example: z.strictObject({
    task: z.string(),
    path: strings.optional(),
    worker: z.string().optional(),
    message: z.string(),
  }),
  messages: strings,
  standing: z.enum(['new', 'recurring', 'regressed']).optional(),
  suggestion: z.string().optional(),
})

/** Failures by cause; {@link FailureGroups}. */
export const failureGroupsSchema: z.ZodType<FailureGroups> = z.strictObject({
  version: z.literal(1),
  failures: count,
  tests: count,
  groups: z.array(group),
  sentence: z.string(),
})
