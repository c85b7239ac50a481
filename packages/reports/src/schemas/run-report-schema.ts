// The schema of Muster's own report. It stands in an entry of its own, because loading zod takes longer than reading most
// reports.
import type { RunReport } from '@muster/core'
import {
  attemptDetailsSchema,
  caseCountsSchema,
  caseScopeSchema,
  failureGroupsSchema,
  failureSchema,
  recoveryUsedSchema,
  outcomeSchema,
} from '@muster/core/schemas'
import { z } from 'zod'

const count = z.number().int().min(0)
const strings = z.array(z.string())

const verdict = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('passed') }),
  z.strictObject({ kind: z.literal('flaky'), failedAttempts: count }),
  z.strictObject({ kind: z.enum(['failed', 'timed-out']), failure: failureSchema.optional() }),
  z.strictObject({ kind: z.literal('blocked'), by: z.string(), limitMs: z.number().min(0).optional() }),
  z.strictObject({ kind: z.literal('skipped'), because: z.string(), by: z.string().optional() }),
  z.strictObject({ kind: z.literal('cancelled'), by: z.string() }),
  z.strictObject({ kind: z.literal('poisoned'), workersLost: count }),
  z.strictObject({ kind: z.literal('unplaceable'), missing: strings }),
])

const attempt = z.strictObject({
  n: z.number().int().min(1),
  worker: z.string(),
  readyAtMs: z.number().optional(),
  recovery: recoveryUsedSchema.optional(),
  launchedAtMs: z.number(),
  startedAtMs: z.number().optional(),
  closedAtMs: z.number().optional(),
  scope: caseScopeSchema.optional(),
  ending: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ended'), outcome: outcomeSchema }),
    z.strictObject({
      kind: z.literal('lost'),
      cause: z.enum(['worker', 'coordinator', 'refused', 'pre-empted']),
      causedBy: z.strictObject({ task: z.string(), n: z.number().int().min(1) }).optional(),
    }),
    z.strictObject({ kind: z.literal('open') }),
  ]),
  details: attemptDetailsSchema.optional(),
})

const task = z.strictObject({
  id: z.string(),
  kind: z.string(),
  file: z.string().optional(),
  tags: strings.optional(),
  groups: strings.optional(),
  dependsOn: strings.optional(),
  holds: strings.optional(),
  addedAtMs: z.number().optional(),
  verdict: verdict.optional(),
  attempts: z.array(attempt),
})

const worker = z.strictObject({
  id: z.string(),
  slots: z.number().min(0),
  host: z.string().optional(),
  quarantine: z.string().optional(),
})

const breaker = z.strictObject({
  key: z.string(),
  state: z.enum(['closed', 'open', 'half-open', 'spent']),
  because: z.string(),
  openings: count,
})

const totals = z.strictObject({
  tasks: count,
  open: count,
  passed: count,
  flaky: count,
  failed: count,
  'timed-out': count,
  blocked: count,
  skipped: count,
  cancelled: count,
  poisoned: count,
  unplaceable: count,
})

/** A report as `writeReportJson` writes it, version 1. */
export const runReportSchema: z.ZodType = z
  .strictObject({
    version: z.literal(1),
    run: z.string(),
    ending: z.enum(['finished', 'interrupted']),
    exit: z.enum(['passed', 'failed', 'nothing-ran', 'interrupted']),
    exitCode: z.number().int(),
    startedAtWallMs: z.number(),
    durationMs: z.number(),
    totals,
    cases: caseCountsSchema,
    workers: z.array(worker).optional(),
    breakers: z.array(breaker).optional(),
    degraded: z
      .array(z.object({ part: z.literal('policy'), name: z.string(), because: z.string(), isDropped: z.boolean() }))
      .optional(),
    failureGroups: failureGroupsSchema.optional(),
    tasks: z.array(task),
  })
  .meta({ title: 'Report of a run of Muster, version 1' })

/** Whether a value is a report of version 1. */
export function isRunReport(value: unknown): value is RunReport {
  return runReportSchema.safeParse(value).success
}

/** The same as a JSON Schema (draft 2020-12), for readers in other languages. */
export function runReportJsonSchema(): Readonly<Record<string, unknown>> {
  return { ...z.toJSONSchema(runReportSchema) }
}
