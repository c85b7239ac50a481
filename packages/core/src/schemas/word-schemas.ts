// The closed lists of words that documents are made of, each once. A word that is added to a type and not here does not
// compile (`word-schemas.test-d.ts`), so that no document refuses what the code may write.
import { z } from 'zod'
import type { FailureCategory } from '../model/failure.ts'
import { type VerdictKind, verdictKinds } from '../model/verdict.ts'

/** Every category of failure, most specific causes first. */
export const failureCategories = [
  'assertion',
  'exception',
  'timeout',
  'network',
  'resource',
  'hardware-device',
  'environment',
  'build-dependency',
  'permission-auth',
  'configuration',
  'process-crash',
  'infrastructure',
  'data-parse',
  'cancelled',
  'unknown',
] as const

/** The schema of a {@link FailureCategory}. */
export const failureCategorySchema: z.ZodType<FailureCategory, FailureCategory> = z.enum(failureCategories)

/** The schema of a {@link VerdictKind}. */
export const verdictKindSchema: z.ZodType<VerdictKind> = z.enum(verdictKinds)

/** How many there are of each kind of verdict; a kind that does not occur is absent. */
export type VerdictCounts = Readonly<Partial<Record<VerdictKind, number | undefined>>>

const count = z.number().int().min(1).optional()

/** The schema of {@link VerdictCounts}. */
export const verdictCountsSchema: z.ZodType<VerdictCounts> = z.strictObject(
  Object.fromEntries(verdictKinds.map((kind) => [kind, count])),
)
