// The doors of retries: options are parsed once, and what contradicts itself is refused then, by name.
import { z } from 'zod'
import { recoveryStepSchema } from '../recovery/recovery-schemas.ts'
import { failureCategories } from '../schemas/word-schemas.ts'
import { type Contradiction, contradictionsOf, contradictionsOfRun } from './contradictions.ts'
import { resolveRetry } from './resolve-retry.ts'
import type { RetryOptions, RunRetryOptions } from './retry-options.ts'
import type { RetryPolicy } from './retry-policy.ts'

const attempts = z.number().int().min(1).max(1000)

const rule = {
  maxAttempts: attempts.optional(),
  backoff: z.enum(['constant', 'linear', 'exponential', 'decorrelated']).optional(),
  baseDelayMs: z.number().min(0).optional(),
  factor: z.number().min(1).optional(),
  maxDelayMs: z.number().min(0).optional(),
  jitter: z.number().min(0).max(1).optional(),
  maxTotalMs: z.number().positive().nullable().optional(),
  maxRetryAfterMs: z.number().min(0).optional(),
  worker: z.enum(['any', 'other', 'same']).optional(),
  reservation: z.enum(['same', 'larger', 'whole-worker']).optional(),
  reservationFactor: z.number().gt(1).optional(),
  scope: z.enum(['failed-cases', 'task']).optional(),
}

const categoryRule = z.strictObject({
  ...rule,
  when: z.enum(['never', 'transient', 'detect-flakiness', 'always']).optional(),
  ladder: z.array(recoveryStepSchema).max(20).optional(),
})

const layer = {
  ...rule,
  detectFlakiness: z.boolean().optional(),
  categories: z
    .partialRecord(z.enum(failureCategories), z.union([attempts, z.literal('never'), categoryRule]))
    .optional(),
}

/** The schema of {@link RetryOptions} of one task, as they are given: what is left out stays out. */
export const taskRetryOptions: z.ZodType<RetryOptions, RetryOptions> = z
  .strictObject(layer)
  .superRefine((given, context) => {
    refuse(contradictionsOf(given), context)
  })

/** The schema of {@link RunRetryOptions}, as they are given: what is left out stays out. */
export const runRetryOptions: z.ZodType<RunRetryOptions, RunRetryOptions> = z
  .strictObject({
    ...layer,
    runners: z.record(z.string(), z.union([attempts, taskRetryOptions])).optional(),
    budget: z
      .strictObject({
        share: z.number().min(0).max(1000).optional(),
        floor: z.number().int().min(0).optional(),
        flakinessShare: z.number().min(0).max(1).optional(),
      })
      .nullable()
      .optional(),
  })
  .superRefine((given, context) => {
    refuse(contradictionsOfRun(given), context)
  })

/** The schema of {@link RunRetryOptions} with every default filled in. */
export const retryOptions: z.ZodType<RetryPolicy, RunRetryOptions> = runRetryOptions.transform(resolveRetry)

/** The schema of attempts as a whole number, which stand for {@link RunRetryOptions} with the usual waits, or of the options. */
export const retryOrAttempts: z.ZodType<RetryPolicy, number | RunRetryOptions> = z.union([
  attempts.transform((maxAttempts) => resolveRetry({ maxAttempts })),
  retryOptions,
])

/** The schema of a {@link RetryPolicy} as a journal holds it. What is optional is absent in runs of before 2026-11-21. */
export const retryPolicySchema: z.ZodType<RetryPolicy, RetryPolicy> = z.strictObject({
  ...rule,
  maxAttempts: attempts,
  baseDelayMs: z.number().min(0),
  factor: z.number().min(1),
  maxDelayMs: z.number().min(0),
  jitter: z.number().min(0).max(1),
  detectFlakiness: z.boolean().optional(),
  categories: z.partialRecord(z.enum(failureCategories), categoryRule).optional(),
  runners: z.record(z.string(), z.strictObject(layer)).optional(),
  budget: z
    .strictObject({
      share: z.number().min(0),
      floor: z.number().int().min(0),
      flakinessShare: z.number().min(0).max(1).optional(),
    })
    .nullable()
    .optional(),
})

function refuse(found: readonly Contradiction[], context: z.RefinementCtx): void {
  for (const { path, message } of found) context.addIssue({ code: 'custom', path: [...path], message })
}
