// What the kernel is told once, at the beginning of a run. Journaled, so a resume decides by the same rules.
import { z } from 'zod'
import type { Resolved } from '../options/resolved.ts'
import { type BreakersOptions, breakersOptions, type ResolvedBreakers } from '../resilience/breakers-options.ts'
import type { RunRetryOptions } from '../retry/retry-options.ts'
import type { RetryPolicy } from '../retry/retry-policy.ts'
import { retryOrAttempts } from '../retry/retry-schemas.ts'

/** Rules of a run that the kernel keeps, as given. */
export interface KernelOptionsInput {
  /** Retry of tasks that say nothing themselves: attempts in all, or what is tried again, how soon and where. @defaultValue `1`, no retry */
  readonly retry?: number | RunRetryOptions | undefined
  /** Time limit of one attempt in milliseconds, for tasks that say nothing themselves. @defaultValue no limit */
  readonly timeoutMs?: number | null | undefined
  /** Failed tasks after which no further task is started. @defaultValue no limit */
  readonly maxFailures?: number | null | undefined
  /** Run time in milliseconds after which the run is cancelled. @defaultValue no limit */
  readonly deadlineMs?: number | null | undefined
  /** Workers that may die under a task before it is taken out of the run. @defaultValue `3` */
  readonly poisonAfter?: number | undefined
  /** Attempts of a task that may be lost without its fault before it is given up. @defaultValue `100` */
  readonly maxLosses?: number | undefined
  /** How long a task waits for a worker that could run it, in milliseconds. @defaultValue `0`, decided at once */
  readonly waitForWorkerMs?: number | undefined
  /**
   * Circuit breakers of workers, hosts, resources and categories of failure; `false` turns all of them off.
   * @defaultValue all of them on
   */
  readonly breakers?: BreakersOptions | false | undefined
  /**
   * Tasks that fail one after another on a worker, by infrastructure or a device, before it is given nothing more while others
   * pass tasks of the same kinds; `null` puts no worker out. @defaultValue `2`
   */
  readonly quarantineAfter?: number | null | undefined
}

/** {@link KernelOptionsInput} with every default filled in. */
export interface KernelOptions extends Resolved<Omit<KernelOptionsInput, 'retry' | 'breakers' | 'quarantineAfter'>> {
  readonly retry: RetryPolicy
  /** Absent in journals written before there were any; there is none then. */
  readonly breakers?: ResolvedBreakers | undefined
  /** Absent in journals written before there was any; no worker is put out then. */
  readonly quarantineAfter?: number | null | undefined
}

/** The schema of {@link KernelOptions}. */
export const kernelOptions: z.ZodType<KernelOptions, KernelOptionsInput> = z.strictObject({
  retry: retryOrAttempts.prefault({}),
  timeoutMs: z.number().positive().nullable().default(null),
  maxFailures: z.number().int().min(1).nullable().default(null),
  deadlineMs: z.number().positive().nullable().default(null),
  poisonAfter: z.number().int().min(1).default(3),
  maxLosses: z.number().int().min(1).default(100),
  waitForWorkerMs: z.number().min(0).default(0),
  breakers: breakersOptions.prefault({}),
  quarantineAfter: z.number().int().min(1).max(1000).nullable().default(2),
})
