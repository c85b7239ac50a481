// What went wrong, told from structured signals: thrown errors, exit codes, signals, time limits. Pure, and loads nothing
// else of Muster.
export type { Failure, FailureCategory, Fault } from '../model/failure.ts'
export { failureCancelled } from './failure-cancelled.ts'
export { failureFromError } from './failure-from-error.ts'
export { failureFromExit, type ProcessExit } from './failure-from-exit.ts'
export { failureOverLimit, type OverLimit } from './failure-over-limit.ts'
export { failureTimeout } from './failure-timeout.ts'
export { hashText } from './hash-text.ts'
export { makeFailure, type FailureFacts } from './make-failure.ts'
export { maskMessage } from './mask-message.ts'
