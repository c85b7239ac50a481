// The doors of strategies and of the ladders that are made of them. In a file of its own, since choosing needs no zod.
import { z } from 'zod'
import { failureCategorySchema } from '../schemas/word-schemas.ts'
import type { RecoveryOptions, StrategyOptions } from './recovery-options.ts'
import type { RecoveryTaken, RecoveryUsed } from './recovery-used.ts'
import type { RecoveryStep } from './recovery-step.ts'
import type { RecoveryEffect, RecoveryStrategy } from './recovery-strategy.ts'
import type { RecoveryLevel } from './recovery-words.ts'

const ms = z.number().min(0)
const count = z.number().int().min(0)
const name = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'expected a name of small letters, digits and hyphens')

const recoveryLevelSchema: z.ZodType<RecoveryLevel, RecoveryLevel> = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
])

const effect: z.ZodType<RecoveryEffect, RecoveryEffect> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('retry'),
    delayMs: ms.optional(),
    worker: z.enum(['any', 'other', 'same']).optional(),
    reservation: z.enum(['same', 'larger', 'whole-worker']).optional(),
    process: z.enum(['any', 'fresh', 'fresh-without-cache']).optional(),
    concurrency: z.enum(['same', 'reduced']).optional(),
    quarantine: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('skip') }),
])

const recoveryReasons = ['best-known', 'explored', 'least-disturbing', 'default', 'all-retired'] as const

/** The schema of a {@link RecoveryStep}. */
export const recoveryStepSchema: z.ZodType<RecoveryStep, RecoveryStep> = z.strictObject({
  strategy: z.string(),
  level: recoveryLevelSchema,
  effect,
  because: z.enum(recoveryReasons),
  helped: count.optional(),
  uses: count.optional(),
})

const used = {
  category: failureCategorySchema,
  strategy: z.string(),
  level: recoveryLevelSchema,
  because: z.enum(recoveryReasons),
  helped: count.optional(),
  uses: count.optional(),
}

/** The schema of a {@link RecoveryUsed}. */
export const recoveryUsedSchema: z.ZodType<RecoveryUsed, RecoveryUsed> = z.strictObject(used)

/** The schema of a {@link RecoveryTaken}, as the journal holds it. */
export const recoveryTakenSchema: z.ZodType<RecoveryTaken, RecoveryTaken> = z.strictObject({
  ...used,
  rung: count,
  process: z.enum(['fresh', 'fresh-without-cache']).optional(),
  inFlight: z.number().int().min(1).optional(),
  putsOut: count.optional(),
})

const strategyOptions = {
  strategies: z
    .array(
      z.strictObject({
        name,
        level: recoveryLevelSchema,
        does: z.string(),
        effect,
        categories: z.array(failureCategorySchema).optional(),
        expected: z.number().min(0).max(1).optional(),
        costMs: ms.optional(),
      }) satisfies z.ZodType<RecoveryStrategy, RecoveryStrategy>,
    )
    .optional(),
  without: z.array(z.string()).optional(),
} as const

/** The schema of {@link StrategyOptions}, as a configuration holds them. */
export const strategyOptionsSchema: z.ZodType<StrategyOptions, StrategyOptions> = z.strictObject(strategyOptions)

/** The schema of {@link RecoveryOptions}. */
export const recoveryOptionsSchema: z.ZodType<RecoveryOptions, RecoveryOptions> = z.strictObject({
  ...strategyOptions,
  records: z.custom<NonNullable<RecoveryOptions['records']>>((value) => typeof value === 'function').optional(),
})
