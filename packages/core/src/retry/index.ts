// Retry as data, usable alone: `@muster/core/retry`.
export { backoffDelay, type BackoffRule, waitBounds, type WaitBounds } from './backoff-delay.ts'
export { defaultRetry, type DefaultRetry } from './default-retry.ts'
export { explainGiveUp, explainRetry } from './explain-retry.ts'
export { retriesAllowed } from './retry-budget.ts'
export type {
  Backoff,
  CategoryRetryOptions,
  RetryBudgetOptions,
  RetryOptions,
  RetryReservation,
  RetryRuleOptions,
  RetryScope,
  RetryWhen,
  RetryWorker,
  RunRetryOptions,
} from './retry-options.ts'
export type { RetryBudget, RetryPolicy, RetryRule } from './retry-policy.ts'
export { retryOptions, runRetryOptions, taskRetryOptions } from './retry-schemas.ts'
export { retryWait, type WaitQuestion } from './retry-wait.ts'
export type { GiveUpReason, RetryReason } from '../run/entry.ts'
export { type RetriedTask, ruleFor } from './rule-for.ts'
