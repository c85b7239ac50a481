// The schema of what a coordinator and the supervisors of its slots say to each other, one JSON object a line. The doors on
// both sides check what they need themselves, and faster; this is the description for others.
import { z } from 'zod'
import { attemptDetailsSchema, attemptLimitsSchema, caseResultSchema, outcomeSchema } from './model-schemas.ts'

const v = z.literal(1)
const ofAttempt = { v, task: z.number().int().min(0), n: z.number().int().min(1) }
const strings = z.record(z.string(), z.string())
const caps = z.strictObject({ headBytes: z.number().int().min(0), tailBytes: z.number().int().min(0) })
const module = z.strictObject({
  module: z.string(),
  options: z.json().optional(),
  allowsThreads: z.boolean().optional(),
})

const command = z.discriminatedUnion('kind', [
  z.strictObject({
    v,
    kind: z.literal('serve'),
    run: z.string(),
    root: z.string(),
    epoch: z.number().int().min(0),
    slot: z.number().int().min(0),
    fence: z.looseObject({}),
    graceMs: z.number().min(0),
    beatMs: z.number().min(0),
    output: caps,
    recycle: z.strictObject({
      afterAttempts: z.number().int().min(1).optional(),
      afterMs: z.number().positive().optional(),
      aboveMemoryBytes: z.number().int().min(1).optional(),
    }),
    env: strings,
    nodeArgs: z.array(z.string()),
    executors: z.record(z.string(), module),
    isolation: z.enum(['process', 'thread']),
    cgroup: z.strictObject({ dir: z.string(), memoryDir: z.string().optional() }).optional(),
  }),
  z.strictObject({
    ...ofAttempt,
    kind: z.literal('run'),
    definition: z.looseObject({ id: z.string(), kind: z.string(), tags: z.array(z.string()) }),
    timeoutMs: z.number().positive().optional(),
    limits: attemptLimitsSchema,
    folders: z.strictObject({ artifactsDir: z.string(), inputsDir: z.string().optional() }).optional(),
  }),
  z.strictObject({ ...ofAttempt, kind: z.literal('cancel'), because: z.string() }),
  z.strictObject({ v, kind: z.literal('stop') }),
])

const signal = z.discriminatedUnion('kind', [
  z.strictObject({ v, kind: z.literal('ready') }),
  z.strictObject({ v, kind: z.literal('beat') }),
  z.strictObject({ v, kind: z.literal('warning'), text: z.string() }),
  z.strictObject({ ...ofAttempt, kind: z.literal('begun') }),
  z.strictObject({ ...ofAttempt, kind: z.literal('refused'), because: z.string() }),
  z.strictObject({ ...ofAttempt, kind: z.literal('progress'), fraction: z.number(), message: z.string().optional() }),
  z.strictObject({
    ...ofAttempt,
    kind: z.literal('output'),
    stream: z.enum(['stdout', 'stderr']),
    text: z.string(),
    omittedBytes: z.number().int().min(0).optional(),
  }),
  z.strictObject({ ...ofAttempt, kind: z.literal('case'), result: caseResultSchema }),
  z.strictObject({
    ...ofAttempt,
    kind: z.literal('ended'),
    outcome: outcomeSchema,
    details: attemptDetailsSchema.optional(),
  }),
])

/** A line to a supervisor, or from one. */
export const supervisorMessageSchema: z.ZodType = z.union([command, signal])
