// Which runs have been kept for long enough. Deleting them is the store's business; it spares those of living owners.
import { parseOptions, type RunRecord } from '@muster/core'
import { z } from 'zod'

/** What to keep. A run stays as long as any rule that is given wants it. */
export interface RetentionRules {
  /** Keeps this many of the newest runs. @defaultValue no such rule */
  readonly keepRuns?: number | undefined
  /** Keeps runs younger than this many days. @defaultValue no such rule */
  readonly keepDays?: number | undefined
  /** Wall time, milliseconds since 1970. */
  readonly nowWallMs: number
}

const dayMs = 86_400_000

const retentionRules: z.ZodType<RetentionRules, RetentionRules> = z.strictObject({
  keepRuns: z.number().int().min(0).optional(),
  keepDays: z.number().min(0).optional(),
  nowWallMs: z.number(),
})

/**
 * The runs that no rule wants any more, oldest first; none where no rule is given. Throws `OPTIONS_INVALID` for a rule that
 * cannot be meant, since a number that is none would keep nothing.
 *
 * @example
 * ```ts
 * const old = decideRetention(await store.listRuns(), { keepRuns: 100, keepDays: 30, nowWallMs: Date.now() })
 * await store.deleteRuns(old)
 * ```
 */
export function decideRetention(runs: readonly RunRecord[], rules: RetentionRules): readonly string[] {
  const { keepRuns, keepDays, nowWallMs } = parseOptions(retentionRules, rules, 'retention rules')
  if (keepRuns === undefined && keepDays === undefined) return []
  const newestFirst = runs.toSorted((a, b) => b.createdAtWallMs - a.createdAtWallMs || (a.run < b.run ? -1 : 1))
  return newestFirst
    .filter(({ createdAtWallMs }, index) => {
      const isNewEnough = keepRuns !== undefined && index < keepRuns
      const isYoungEnough = keepDays !== undefined && nowWallMs - createdAtWallMs < keepDays * dayMs
      return !isNewEnough && !isYoungEnough
    })
    .map(({ run }) => run)
    .reverse()
}
