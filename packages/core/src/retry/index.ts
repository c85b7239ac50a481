// Retry as data, usable alone: `@muster/core/retry`.
export { backoffDelay } from './backoff-delay.ts'
export { type RetryOptions, retryOptions } from './retry-options.ts'
