// Options that both default engines understand.
import { z } from 'zod'
import { defaultOutputCaps, type OutputCaps } from './captured-output.ts'
import type { EnvironmentOptions } from './environment.ts'

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
