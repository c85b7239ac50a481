// Options that both default engines understand.
import { z } from 'zod'
import type { AttemptLimits } from '../model/limits.ts'
import { defaultOutputCaps, type OutputCaps } from './captured-output.ts'
import type { EnvironmentOptions } from './environment.ts'
import type { CgroupUse } from './local/cgroups/use-cgroups.ts'
import type { Isolation } from './local/messages.ts'
import type { RecycleOptions } from './local/recycling.ts'

/** How much is kept of what attempts print, of each stream. */
export interface OutputOptions {
  /** Bytes kept of the beginning. @defaultValue `65_536` */
  readonly headBytes?: number | undefined
  /** Bytes kept of the end. @defaultValue `65_536` */
  readonly tailBytes?: number | undefined
}

/** The schema of {@link OutputOptions}. */
export const outputOptions: z.ZodType<OutputCaps, OutputOptions | undefined> = z
  .strictObject({
    headBytes: z.number().int().min(0).default(defaultOutputCaps.headBytes),
    tailBytes: z.number().int().min(0).default(defaultOutputCaps.tailBytes),
  })
  .prefault({})

/** The schema of {@link EnvironmentOptions}. */
export const environmentOptions: z.ZodType<EnvironmentOptions, EnvironmentOptions | undefined> = z
  .strictObject({ allow: z.array(z.string()).optional(), set: z.record(z.string(), z.string()).optional() })
  .default({})

/** The schema of {@link AttemptLimits}. */
export const attemptLimits: z.ZodType<AttemptLimits, AttemptLimits | undefined> = z
  .strictObject({
    memoryBytes: z.number().int().min(1).optional(),
    cpuMs: z.number().positive().optional(),
    outputBytes: z.number().int().min(1).optional(),
    softTimeoutMs: z.number().positive().optional(),
  })
  .default({})

/** The schema of {@link Isolation}. */
export const isolationOption: z.ZodType<Isolation, Isolation | undefined> = z
  .enum(['process', 'thread'])
  .default('process')

/** The schema of {@link CgroupUse}. */
export const cgroupsOption: z.ZodType<CgroupUse, CgroupUse | undefined> = z.enum(['auto', 'off']).default('auto')

/** The schema of {@link RecycleOptions}. */
export const recycleOptions: z.ZodType<RecycleOptions, RecycleOptions | undefined> = z
  .strictObject({
    afterAttempts: z.number().int().min(1).optional(),
    afterMs: z.number().positive().optional(),
    aboveMemoryBytes: z.number().int().min(1).optional(),
  })
  .default({})
