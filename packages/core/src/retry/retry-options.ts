// How often and how soon an attempt is repeated, as the user says it.
import { z } from 'zod'
import type { Resolved } from '../options/resolved.ts'

/** How attempts of a task are repeated. */
export interface RetryOptions {
  /** Charged attempts in all, the first included. @defaultValue `1`, no retry */
  readonly maxAttempts?: number | undefined
  /** Wait before the second attempt, in milliseconds. @defaultValue `100` */
  readonly baseDelayMs?: number | undefined
  /** Factor from one wait to the next. @defaultValue `2` */
  readonly factor?: number | undefined
  /** Longest wait in milliseconds, jitter included. @defaultValue `30_000` */
  readonly maxDelayMs?: number | undefined
  /**
   * Share of each wait that the dice decide, 0 to 1: 1 draws from zero to the whole wait ("full jitter"), 0 always waits
   * the whole. @defaultValue `1`
   */
  readonly jitter?: number | undefined
}

/** The schema of {@link RetryOptions}. */
export const retryOptions: z.ZodType<Resolved<RetryOptions>, RetryOptions> = z.strictObject({
  maxAttempts: z.number().int().min(1).max(1000).default(1),
  baseDelayMs: z.number().min(0).default(100),
  factor: z.number().min(1).default(2),
  maxDelayMs: z.number().min(0).default(30_000),
  jitter: z.number().min(0).max(1).default(1),
})

/** The schema of attempts as a whole number, which stand for {@link RetryOptions} with the usual waits, or of the options. */
export const retryOrAttempts: z.ZodType<Resolved<RetryOptions>, number | RetryOptions> = z.union([
  z
    .number()
    .int()
    .min(1)
    .max(1000)
    .transform((maxAttempts) => retryOptions.parse({ maxAttempts })),
  retryOptions,
])
