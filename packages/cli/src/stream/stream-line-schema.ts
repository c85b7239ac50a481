// The schema of the lines that `muster run --json` prints: for programs that read them, in whatever language.
import type { RunEvent } from '@muster/core'
import { verdictKinds } from '@muster/core/model'
import {
  caseResultSchema,
  caseScopeSchema,
  outcomeSchema,
  recoveryUsedSchema,
  workerDefinitionSchema,
} from '@muster/core/schemas'
import { runReportSchema } from '@muster/reports/schemas'
import { z } from 'zod'

/** A line of the stream, version 1: an event, marked where it is news of an attempt that still runs. */
export type StreamLine = RunEvent & { readonly version: 1; readonly provisional?: true | undefined }

const n = z.number().int().min(1)
const task = z.string()
const every = { version: z.literal(1), position: z.number().int().min(0), atMs: z.number().min(0) }
const running = { ...every, task, n, provisional: z.literal(true) }

const verdict = z.looseObject({
  kind: z.enum(verdictKinds),
})

const breaker = z.strictObject({
  key: z.string(),
  state: z.enum(['closed', 'open', 'half-open', 'spent']),
  because: z.string(),
  openings: z.number().int().min(0),
})

/** The schema of {@link StreamLine}. */
export const streamLineSchema: z.ZodType = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('run-started'),
    run: z.string(),
    epoch: n,
    resumed: z.boolean(),
    tasks: z.number().int().min(0),
    ...every,
  }),
  z.strictObject({ kind: z.literal('tasks-added'), tasks: z.array(task), ...every }),
  z.strictObject({ kind: z.enum(['run-paused', 'run-unpaused']), ...every }),
  z.strictObject({ kind: z.literal('run-draining'), by: z.string(), hard: z.boolean(), ...every }),
  z.strictObject({ kind: z.literal('worker-joined'), worker: workerDefinitionSchema, ...every }),
  z.strictObject({ kind: z.literal('worker-left'), worker: z.string(), because: z.string(), ...every }),
  z.strictObject({
    kind: z.enum(['worker-quarantined', 'quarantine-lifted']),
    worker: z.string(),
    because: z.string(),
    ...every,
  }),
  z.strictObject({
    kind: z.literal('breaker-changed'),
    key: z.string(),
    state: z.enum(['closed', 'open', 'half-open', 'spent']),
    because: z.string(),
    untilMs: z.number().min(0).optional(),
    ...every,
  }),
  z.strictObject({
    kind: z.literal('attempt-launched'),
    task,
    n,
    worker: z.string(),
    dependsOn: z.array(z.string()).optional(),
    ...every,
  }),
  z.strictObject({ kind: z.literal('attempt-started'), task, n, ...every }),
  z.strictObject({ kind: z.literal('attempt-ended'), task, n, outcome: outcomeSchema, ...every }),
  z.strictObject({
    kind: z.literal('attempt-lost'),
    task,
    n,
    cause: z.enum(['worker', 'coordinator', 'refused', 'pre-empted']),
    causedBy: z.strictObject({ task, n }).optional(),
    ...every,
  }),
  z.strictObject({
    kind: z.literal('task-retrying'),
    task,
    n,
    delayMs: z.number().min(0),
    attemptsLeft: z.number().int(),
    because: z.enum(['may-pass', 'detect-flakiness', 'not-its-fault', 'lost', 'refused', 'recovered']).optional(),
    budgetLeft: z.number().int().min(0).optional(),
    retryAfterMs: z.number().min(0).optional(),
    prefers: z.enum(['other', 'same']).optional(),
    recovery: recoveryUsedSchema.optional(),
    scope: caseScopeSchema.optional(),
    ...every,
  }),
  z.strictObject({
    kind: z.literal('task-gave-up'),
    task,
    n,
    because: z.enum([
      ...(['exhausted', 'not-retryable', 'poisoned', 'lost-too-often'] as const),
      ...(['not-idempotent', 'out-of-time', 'budget-spent', 'nothing-helps'] as const),
    ]),
    budgetLeft: z.number().int().min(0).optional(),
    ...every,
  }),
  z.strictObject({ kind: z.literal('task-judged'), task, verdict, ...every }),
  z.strictObject({ kind: z.literal('run-ended'), report: runReportSchema, ...every }),
  z.strictObject({
    kind: z.literal('snapshot'),
    run: z.string(),
    epoch: z.number().int().min(0),
    phase: z.enum(['open', 'running', 'paused', 'draining', 'over']),
    skipped: z.number().int().min(0),
    totals: z.record(z.string(), z.number().int().min(0)),
    workers: z.array(workerDefinitionSchema),
    quarantined: z.array(z.string()).optional(),
    breakers: z.array(breaker).optional(),
    judged: z.array(z.strictObject({ task, verdict })),
    running: z.array(z.strictObject({ task, n, worker: z.string(), isStarted: z.boolean() })),
    waiting: z.array(task),
    ...every,
  }),
  z.strictObject({ kind: z.literal('note'), text: z.string(), ...every }),
  z.strictObject({
    kind: z.literal('attempt-progress'),
    fraction: z.number(),
    message: z.string().optional(),
    ...running,
  }),
  z.strictObject({
    kind: z.literal('attempt-output'),
    stream: z.enum(['stdout', 'stderr']),
    text: z.string(),
    ...running,
  }),
  z.strictObject({ kind: z.literal('case-ended'), result: caseResultSchema, ...running }),
])
