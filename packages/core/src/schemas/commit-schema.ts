// The schema of a journal row. Live code trusts what it wrote itself, by checksum; this is for everybody else: readers in
// other languages, checks of old databases, and the JSON Schema in the docs.
import { z } from 'zod'
import { recoveryTakenSchema } from '../recovery/recovery-schemas.ts'
import { retryPolicySchema } from '../retry/retry-schemas.ts'
import {
  caseScopeSchema,
  groupDefinitionSchema,
  outcomeSchema,
  taskDefinitionSchema,
  taskFactsSchema,
  workerDefinitionSchema,
} from './model-schemas.ts'

const handle = z.number().int().min(0)
const n = z.number().int().min(1)
const ms = z.number().min(0)
const incarnation = z.number()

const count = z.number().int().min(0)

const breaker = z
  .strictObject({
    failures: count,
    rate: z.number(),
    window: count,
    windowMs: ms,
    openMs: ms,
    factor: z.number(),
    maxOpenMs: ms,
    jitter: z.number(),
    probes: count,
    closeAfter: count,
    probeMs: ms,
    maxHeldMs: ms,
  })
  .nullable()

const kernelOptionsSchema = z.strictObject({
  retry: retryPolicySchema,
  timeoutMs: z.number().positive().nullable(),
  maxFailures: z.number().int().min(1).nullable(),
  deadlineMs: z.number().positive().nullable(),
  poisonAfter: z.number().int().min(1),
  maxLosses: z.number().int().min(1),
  waitForWorkerMs: ms,
  // Absent in runs from before there were any.
  breakers: z.strictObject({ worker: breaker, host: breaker, resource: breaker, category: breaker }).optional(),
  quarantineAfter: z.number().int().min(1).nullable().optional(),
})

const breakerState = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('closed'),
    recent: z.array(z.strictObject({ atMs: ms, failed: z.boolean() })),
    opened: count,
  }),
  z.strictObject({ kind: z.literal('open'), openings: count, heldSinceMs: ms, untilMs: ms, opened: count }),
  z.strictObject({
    kind: z.literal('half-open'),
    openings: count,
    heldSinceMs: ms,
    underWay: count,
    succeeded: count,
    failed: count,
    untilMs: ms.optional(),
    opened: count,
  }),
  z.strictObject({ kind: z.literal('spent'), opened: count, answered: z.boolean() }),
])

const scope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('run') }),
  z.strictObject({ kind: z.literal('group'), group: z.string() }),
  z.strictObject({ kind: z.literal('task'), task: z.string() }),
])

const entry = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('run-begun'),
    run: z.string(),
    name: z.string(),
    seed: z.number(),
    options: kernelOptionsSchema,
  }),
  z.strictObject({ kind: z.literal('run-opened'), epoch: z.number().int().min(1), downMs: ms.optional() }),
  z.strictObject({
    kind: z.literal('tasks-added'),
    tasks: z.array(taskDefinitionSchema),
    groups: z.array(groupDefinitionSchema),
    facts: z.record(z.string(), taskFactsSchema).optional(),
    more: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('source-closed') }),
  z.strictObject({ kind: z.literal('group-sealed'), group: z.string() }),
  z.strictObject({
    kind: z.literal('worker-joined'),
    worker: handle,
    definition: workerDefinitionSchema,
    incarnation: incarnation.optional(),
  }),
  z.strictObject({
    kind: z.enum(['worker-draining', 'worker-left']),
    worker: handle,
    because: z.string(),
    incarnation: incarnation.optional(),
  }),
  z.strictObject({
    kind: z.literal('launched'),
    task: handle,
    n,
    worker: handle,
    claims: z
      .array(z.strictObject({ ledger: z.string(), amount: z.number().positive().optional(), limit: z.number() }))
      .optional(),
    cases: count.optional(),
  }),
  z.strictObject({ kind: z.literal('started'), task: handle, n }),
  z.strictObject({ kind: z.literal('ended'), task: handle, n, outcome: outcomeSchema }),
  z.strictObject({
    kind: z.literal('lost'),
    task: handle,
    n,
    cause: z.enum(['worker', 'coordinator', 'refused', 'pre-empted']),
    causedBy: z.strictObject({ task: handle, n }).optional(),
  }),
  z.strictObject({
    kind: z.literal('cancelling'),
    task: handle,
    n,
    because: z.string(),
    makesRoomFor: handle.optional(),
  }),
  z.strictObject({
    kind: z.literal('retrying'),
    task: handle,
    dueMs: ms,
    because: z.enum(['may-pass', 'detect-flakiness', 'not-its-fault', 'lost', 'refused', 'recovered']).optional(),
    isPaid: z.boolean().optional(),
    budgetLeft: z.number().int().min(0).optional(),
    retryAfterMs: ms.optional(),
    prefers: z.enum(['other', 'same']).optional(),
    resources: z.record(z.string(), z.number()).optional(),
    scope: caseScopeSchema.optional(),
    recovery: recoveryTakenSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('gave-up'),
    task: handle,
    because: z.enum([
      ...(['exhausted', 'not-retryable', 'cancelled', 'poisoned', 'lost-too-often'] as const),
      ...(['not-idempotent', 'out-of-time', 'budget-spent', 'nothing-helps'] as const),
    ]),
    budgetLeft: z.number().int().min(0).optional(),
  }),
  z.strictObject({ kind: z.literal('delay-elapsed'), task: handle }),
  z.strictObject({ kind: z.literal('edge-expired'), edge: handle }),
  z.strictObject({ kind: z.literal('unplaceable'), task: handle, missing: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal('breaker'),
    key: z.templateLiteral([z.enum(['worker', 'probation', 'host', 'resource', 'category']), ':', z.string()]),
    state: breakerState,
    because: z.string(),
  }),
  z.strictObject({ kind: z.enum(['quarantined', 'quarantine-lifted']), worker: handle, because: z.string() }),
  z.strictObject({
    kind: z.literal('policy-failed'),
    policy: z.string(),
    because: z.string(),
    isDropped: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('cancel-requested'),
    scope,
    by: z.string(),
    running: z.enum(['cancel', 'let-end']),
  }),
  z.strictObject({ kind: z.enum(['paused', 'unpaused']) }),
  z.strictObject({ kind: z.literal('draining'), by: z.string(), hard: z.boolean() }),
  z.strictObject({ kind: z.literal('finished'), ending: z.enum(['finished', 'interrupted']) }),
])

const columns = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('launches'), n, tasks: z.array(handle), workers: z.array(handle) }),
  z.strictObject({ kind: z.literal('starts'), n, tasks: z.array(handle) }),
  z.strictObject({ kind: z.literal('passes'), n, tasks: z.array(handle), durationsMs: z.array(ms) }),
])

/** One row of a journal, version 1. */
export const commitSchema1: z.ZodType = z.strictObject({
  version: z.literal(1),
  atMs: ms,
  wallMs: z.number(),
  entries: z.array(entry),
})

/** One row of a journal, version 2: entries that are alike and follow one another may stand in columns. */
export const commitSchema: z.ZodType = z.strictObject({
  version: z.literal(2),
  atMs: ms,
  wallMs: z.number(),
  entries: z.array(z.union([entry, columns])),
})
