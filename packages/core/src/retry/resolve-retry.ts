// From what a user says of a run's retries to the rules that the run keeps: defaults are filled in, and what holds by default
// for a category gives way, field by field, to what the user says of the run.
import { failureCategories } from '../schemas/word-schemas.ts'
import type { FailureCategory } from '../model/failure.ts'
import { defaultRetry } from './default-retry.ts'
import { plainPolicy } from './plain-policy.ts'
import type { CategoryRetryOptions, RetryOptions, RetryRuleOptions, RunRetryOptions } from './retry-options.ts'
import type { RetryPolicy } from './retry-policy.ts'

/** The rules of a run, with every default filled in. */
export function resolveRetry(given: RunRetryOptions): RetryPolicy {
  const { categories, runners, budget, ...general } = given
  const said = stated(general)
  const ofCategories: Partial<Record<FailureCategory, CategoryRetryOptions>> = {}
  for (const category of failureCategories) {
    const own = categoryRule(category, categories?.[category])
    ofCategories[category] = { ...byDefault(category, said, own), ...own }
  }
  return {
    ...plainPolicy,
    ...said,
    categories: ofCategories,
    runners: Object.fromEntries(
      Object.entries(runners ?? {}).map(([kind, rule]) => [
        kind,
        typeof rule === 'number' ? { maxAttempts: rule } : rule,
      ]),
    ),
    budget:
      budget === null
        ? null
        : {
            share: budget?.share ?? 0.1,
            floor: budget?.floor ?? 20,
            flakinessShare: budget?.flakinessShare ?? 0.5,
          },
  }
}

/** What holds by default for a category where neither it nor the run says otherwise; no first wait above the longest. */
function byDefault(category: FailureCategory, said: RetryRuleOptions, own: CategoryRetryOptions): CategoryRetryOptions {
  const { rule } = defaultRetry[category]
  const left = Object.fromEntries(Object.entries(rule).filter(([field]) => !Object.hasOwn(said, field)))
  const longestMs = own.maxDelayMs ?? said.maxDelayMs ?? plainPolicy.maxDelayMs
  if (rule.baseDelayMs !== undefined && Object.hasOwn(left, 'baseDelayMs') && rule.baseDelayMs > longestMs)
    return { ...left, baseDelayMs: longestMs }
  return left
}

/** What is said of a category in full. Who asks for attempts of what is never tried again means that it is to be. */
export function categoryRule(
  category: FailureCategory,
  given: NonNullable<RetryOptions['categories']>[FailureCategory],
): CategoryRetryOptions {
  if (given === undefined) return {}
  if (given === 'never') return { when: 'never' }
  const rule = stated(typeof given === 'number' ? { maxAttempts: given } : given)
  const isMeant = (rule.maxAttempts ?? 1) > 1 && rule.when === undefined
  return isMeant && defaultRetry[category].rule.when === 'never' ? { ...rule, when: 'always' } : rule
}

/** Options of which each is there with a value, or not at all. */
export type Said<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> }

/** The fields that have a value: what is there as `undefined` is not said, and must not hide what is. */
export function stated<Fields extends object>(fields: Fields): Said<Fields> {
  const said: Said<Fields> = {}
  for (const key in fields) {
    const value = fields[key]
    if (isSaid(value)) said[key] = value
  }
  return said
}

function isSaid<Value>(value: Value): value is Exclude<Value, undefined> {
  return value !== undefined
}
