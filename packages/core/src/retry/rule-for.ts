// Which rule holds for a failure: the task's word goes before its runner's, that before the run's, and in each of them what is
// said of the category before what is said of all; field by field.
import type { FailureCategory } from '../model/failure.ts'
import { categoryRule, type Said, stated } from './resolve-retry.ts'
import type { CategoryRetryOptions, RetryOptions } from './retry-options.ts'
import type { RetryPolicy, RetryRule } from './retry-policy.ts'

type Stated = Said<CategoryRetryOptions & Pick<RetryOptions, 'detectFlakiness'>>

/** What of a task says how it is tried again. */
export interface RetriedTask {
  readonly kind: string
  readonly retry?: RetryOptions | undefined
}

/** What holds where nothing is said: runs from before categories were looked at tried everything again. */
const formerRule = {
  maxAttempts: 1,
  baseDelayMs: 100,
  factor: 2,
  maxDelayMs: 30_000,
  jitter: 1,
  backoff: 'exponential',
  maxTotalMs: null,
  maxRetryAfterMs: 0,
  worker: 'any',
  reservation: 'same',
  reservationFactor: 2,
  scope: 'task',
  when: 'always',
  detectFlakiness: true,
} as const

/**
 * The rule for a failure of a category, of a task.
 *
 * @example
 * ```ts
 * const policy = retryOptions.parse({ maxAttempts: 2, categories: { network: 5 } })
 * ruleFor(policy, { kind: 'unit' }, 'network').maxAttempts // => 5
 * ```
 */
export function ruleFor(policy: RetryPolicy, task: RetriedTask, category: FailureCategory): RetryRule {
  const { categories, runners, budget, ...general } = policy
  return {
    ...formerRule,
    ...stated(general),
    ...stated(categories?.[category] ?? {}),
    ...layerOf(runners?.[task.kind], category),
    ...layerOf(task.retry, category),
  }
}

/** Who says how attempts are made, or anything of the category, does not mean the ladder of a wider layer. */
function isOffTheLadder(
  { categories, baseDelayMs, backoff, worker, reservation }: RetryOptions,
  category: FailureCategory,
): boolean {
  return [categories?.[category], baseDelayMs, backoff, worker, reservation].some((said) => said !== undefined)
}

type Layer = Stated | (Omit<Stated, 'ladder'> & { readonly ladder: undefined })

function layerOf(given: RetryOptions | undefined, category: FailureCategory): Layer {
  if (given === undefined) return {}
  const { categories, ...general } = given
  const off = isOffTheLadder(given, category) ? { ladder: undefined } : {}
  return { ...off, ...stated(general), ...stated(categoryRule(category, categories?.[category])) }
}
