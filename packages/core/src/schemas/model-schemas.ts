// Schemas of the words that documents share. They describe what is written; nothing on a hot path is parsed by them.
import { z } from 'zod'
import { taskRetryOptions } from '../retry/retry-schemas.ts'
import { failureCategorySchema } from './word-schemas.ts'

const strings = z.array(z.string())

/** What went wrong in an attempt or a case; a {@link Failure}. */
export const failureSchema: z.ZodType = z.strictObject({
  category: failureCategorySchema,
  fault: z.enum(['test', 'product', 'environment', 'infrastructure', 'us', 'unknown']),
  transient: z.boolean(),
  message: z.string(),
  errorName: z.string().optional(),
  stack: z.string().optional(),
  fingerprint: z.string(),
  evidence: strings,
  code: z.string().optional(),
  rule: z.string().optional(),
  confidence: z.number().min(0).max(1).optional(),
  phase: z.enum(['discovery', 'set-up', 'execution', 'teardown', 'reporting']).optional(),
  severity: z.enum(['info', 'low', 'medium', 'high', 'critical']).optional(),
  retryAfterMs: z.number().min(0).optional(),
  suggestion: z.string().optional(),
})

const result = z.enum(['passed', 'failed', 'timed-out', 'cancelled', 'skipped'])

const count = z.number().int().min(0)

/** Cases of an attempt by result; {@link CaseCounts}. */
export const caseCountsSchema: z.ZodType = z.strictObject({
  passed: count,
  failed: count,
  skipped: count,
  flaky: count,
})

const artifact = z.strictObject({
  name: z.string(),
  path: z.string(),
  contentType: z.string().optional(),
  bytes: count.optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})

const leaks = z.strictObject({
  count,
  processes: z.array(z.strictObject({ pid: z.number().int(), command: z.string() })),
})

const caseName = z.strictObject({ file: z.string().optional(), path: strings })

/** A part of the cases of a task; a {@link CaseScope}. */
export const caseScopeSchema: z.ZodType = z.strictObject({ cases: z.array(caseName), of: count })

/** How an attempt ended; an {@link Outcome}. */
export const outcomeSchema: z.ZodType = z.strictObject({
  result,
  durationMs: z.number(),
  failure: failureSchema.optional(),
  cases: caseCountsSchema.optional(),
  failedCases: z.array(caseName).optional(),
  use: z.strictObject({ cpuMs: z.number().optional(), maxRssBytes: z.number().optional() }).optional(),
  artifacts: z.array(artifact).optional(),
  leaks: leaks.optional(),
  reason: z.string().optional(),
  output: z.json().optional(),
  details: z.string().optional(),
})

const capturedText = z.strictObject({ head: z.string(), tail: z.string(), omittedBytes: count })

/** One test case inside an attempt; a {@link CaseResult}. */
export const caseResultSchema: z.ZodType = z.strictObject({
  path: strings,
  file: z.string().optional(),
  line: z.number().int().optional(),
  result,
  durationMs: z.number(),
  failure: failureSchema.optional(),
  reason: z.string().optional(),
  retries: count.optional(),
})

/** Cases and captured text of one attempt, as they are stored by hash. */
export const attemptDetailsSchema: z.ZodType = z.strictObject({
  version: z.literal(1).optional(),
  cases: z.array(caseResultSchema),
  stdout: capturedText.optional(),
  stderr: capturedText.optional(),
})

const dependency = z.union([
  z.string(),
  z.strictObject({
    on: z.string(),
    kind: z.enum(['hard', 'soft', 'optional']).optional(),
    timeLimitMs: z.number().min(0).optional(),
  }),
])

const needs = z.strictObject({
  resources: z.record(z.string(), z.number().min(0)).optional(),
  locks: strings.optional(),
  labels: strings.optional(),
  uses: strings.optional(),
})

/** What one attempt may use; {@link AttemptLimits}. */
export const attemptLimitsSchema: z.ZodType = z.strictObject({
  memoryBytes: z.number().positive().optional(),
  cpuMs: z.number().positive().optional(),
  outputBytes: z.number().positive().optional(),
  softTimeoutMs: z.number().positive().optional(),
})

// Runners may keep fields of their own on a task, so unknown ones are let through.
/** A task as it stands in a journal; a {@link TaskDefinition}. */
export const taskDefinitionSchema: z.ZodType = z.looseObject({
  id: z.string(),
  kind: z.string(),
  payload: z.json().optional(),
  file: z.string().optional(),
  tags: strings.optional(),
  groups: strings.optional(),
  dependsOn: z.array(dependency).optional(),
  needs: needs.optional(),
  timeoutMs: z.number().positive().optional(),
  limits: attemptLimitsSchema.optional(),
  retry: taskRetryOptions.optional(),
  idempotent: z.boolean().optional(),
  skip: z.string().optional(),
  priority: z.number().optional(),
  owner: z.string().optional(),
  deadlineMs: z.number().min(0).optional(),
  expectedMs: z.number().min(0).optional(),
  sizeBytes: z.number().min(0).optional(),
  artifacts: strings.optional(),
  inputs: strings.optional(),
})

/** A group as it stands in a journal; a {@link GroupDefinition}. */
export const groupDefinitionSchema: z.ZodType = z.strictObject({
  id: z.string(),
  concurrency: z.number().int().min(1).optional(),
})

/** A worker as it stands in a journal; a {@link WorkerDefinition}. */
export const workerDefinitionSchema: z.ZodType = z.strictObject({
  id: z.string(),
  engine: z.string(),
  kinds: strings,
  capacity: z.record(z.string(), z.number()),
  prefetch: z.number().min(0).optional(),
  freshProcesses: z.boolean().optional(),
  labels: strings.optional(),
  host: z.string().optional(),
})

const duration = z.strictObject({
  medianMs: z.number(),
  p10Ms: z.number(),
  p90Ms: z.number(),
  samples: count,
  measuredAtWallMs: z.number().optional(),
})

/** What the past says of a task; {@link TaskFacts}. */
export const taskFactsSchema: z.ZodType = z.strictObject({
  duration: duration.optional(),
  failureRate: z.number().min(0).max(1).optional(),
  flakyRate: z.number().min(0).max(1).optional(),
})
