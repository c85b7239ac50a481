// When a breaker opens, how long it stays open and how it is tried again, as the user says it. Times are milliseconds of
// whatever clock the caller counts by: run time in a run, virtual time in a simulation.
import { z } from 'zod'
import type { Resolved } from '../options/resolved.ts'

/** How one circuit breaker behaves. */
export interface BreakerOptions {
  /** Failures among the recent events from which on it opens. @defaultValue `5` */
  readonly failures?: number | undefined
  /** Share of failures among the recent events from which on it opens, 0 to 1; 1 means only failures. @defaultValue `0.5` */
  readonly rate?: number | undefined
  /** How many events count as recent at most: the newest ones, from the first failure among them on. @defaultValue `20` */
  readonly window?: number | undefined
  /** How old a recent event may be, in milliseconds. @defaultValue `60_000` */
  readonly windowMs?: number | undefined
  /** How long it stays open the first time, in milliseconds, before the jitter is taken off. @defaultValue `1000` */
  readonly openMs?: number | undefined
  /** Factor from one opening to the next, until it closes. @defaultValue `2` */
  readonly factor?: number | undefined
  /** Longest time that it stays open in one go, in milliseconds. @defaultValue `30_000` */
  readonly maxOpenMs?: number | undefined
  /** Share of each open time that the dice may take off, 0 to 1. @defaultValue `0.2` */
  readonly jitter?: number | undefined
  /** Probes under way at the same time while it is half-open. @defaultValue `1` */
  readonly probes?: number | undefined
  /** Probes that have to succeed before it closes. @defaultValue `1` */
  readonly closeAfter?: number | undefined
  /** How long a probe may take before it counts as failed, in milliseconds. @defaultValue `60_000` */
  readonly probeMs?: number | undefined
  /**
   * How long it may hold something up in all, in milliseconds since it first opened. A probe that fails after that spends it:
   * everything goes through again, and it takes a success before it can open anew. @defaultValue `120_000`
   */
  readonly maxHeldMs?: number | undefined
}

/** The schema of {@link BreakerOptions}. */
export const breakerOptions: z.ZodType<Resolved<BreakerOptions>, BreakerOptions> = breakerSchema({})

/** The same schema with other defaults. */
export function breakerSchema(
  defaults: Pick<BreakerOptions, 'failures' | 'window' | 'maxHeldMs'>,
): z.ZodType<Resolved<BreakerOptions>, BreakerOptions> {
  const { failures = 5, window = 20, maxHeldMs = 120_000 } = defaults
  return z
    .strictObject({
      failures: z.number().int().min(1).default(failures),
      rate: z.number().gt(0).max(1).default(0.5),
      window: z.number().int().min(1).max(1000).default(window),
      windowMs: z.number().positive().default(60_000),
      openMs: z.number().min(1).default(1000),
      factor: z.number().min(1).default(2),
      maxOpenMs: z.number().min(1).default(30_000),
      jitter: z.number().min(0).max(1).default(0.2),
      probes: z.number().int().min(1).default(1),
      closeAfter: z.number().int().min(1).default(1),
      probeMs: z.number().positive().default(60_000),
      maxHeldMs: z.number().min(0).default(maxHeldMs),
    })
    .refine((options) => options.failures <= options.window, {
      message: 'expected a window of at least as many events as failures, or it never opens',
      path: ['window'],
    })
    .superRefine(({ openMs, maxOpenMs }, context) => {
      if (openMs <= maxOpenMs) return
      const message = `expected at most the longest time that it stays open, maxOpenMs (${maxOpenMs})`
      context.addIssue({ code: 'custom', message, path: ['openMs'] })
    })
}
