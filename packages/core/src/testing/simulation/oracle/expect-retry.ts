// What must follow an attempt that did not pass, worked out from the task's whole history each time.
import type { FailureCategory } from '../../../model/failure.ts'
import type { Outcome } from '../../../model/outcome.ts'
import type { RetryRule } from '../../../retry/retry-policy.ts'
import { ruleFor } from '../../../retry/rule-for.ts'
import type { GiveUpReason, Retrying, RetryReason } from '../../../run/entry.ts'
import type { KernelOptions } from '../../../run/kernel-options.ts'
import { uphold } from '../laws.ts'
import type { Model, ModelTask } from './model.ts'
import { suits } from './placeable.ts'

/** Give up and why, or try again after a wait between two bounds, in milliseconds. */
export type ExpectedRetry =
  | { readonly kind: 'give-up'; readonly because: GiveUpReason }
  | {
      readonly kind: 'retry'
      readonly leastMs: number
      readonly mostMs: number
      /** Longer waits end after the time for all attempts is over. */
      readonly latestMs: number
      readonly because: RetryReason
      readonly isPaid: boolean
      readonly worker: RetryRule['worker']
      readonly reservation: RetryRule['reservation']
      /** Retries of the run that are left after it. */
      readonly budgetLeft: number
    }

/** Whether giving up for that reason is what was expected. A wait that would be too long is as good a reason. */
export function mayGiveUp(expected: ExpectedRetry, because: GiveUpReason): boolean {
  return expected.kind === 'give-up'
    ? expected.because === because
    : because === 'out-of-time' && expected.mostMs > expected.latestMs
}

/** Whether the retry is what was expected. */
export function mayRetry(expected: ExpectedRetry, entry: Retrying, delayMs: number): boolean {
  if (expected.kind === 'give-up') return false
  if (delayMs < expected.leastMs || delayMs > expected.mostMs || delayMs > expected.latestMs) return false
  // Runs from before it was said say nothing.
  if (expected.isPaid !== (entry.isPaid === true)) return false
  if (entry.because === undefined) return expected.worker === 'any' && entry.budgetLeft === undefined
  if (entry.because !== expected.because || (entry.prefers ?? 'any') !== expected.worker) return false
  if (entry.resources !== undefined && expected.reservation === 'same') return false
  return !expected.isPaid || (entry.budgetLeft ?? Infinity) === expected.budgetLeft
}

/** Throws where a larger reservation is none, or nobody could hold it. */
export function checkReservation(model: Model, task: ModelTask, resources: Readonly<Record<string, number>>): void {
  const isLarger = task.needs.every(([name, amount]) => (resources[name] ?? 0) >= amount)
  uphold(3, isLarger, () => `task ${task.handle} reserves less for its retry: ${JSON.stringify(resources)}`)
  const enlarged = { ...task, needs: Object.entries(resources) }
  uphold(
    3,
    model.workers.some((worker) => suits(worker, enlarged)),
    () => {
      return `task ${task.handle} reserves for its retry what nobody has: ${JSON.stringify(resources)}`
    },
  )
}

/** What must follow now. */
export function expectRetry(task: ModelTask, options: KernelOptions, model: Model): ExpectedRetry {
  const last = task.attempts.at(-1)
  const ended = task.attempts.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome]))
  const losses = task.attempts.filter(({ lost }) => lost !== undefined)
  const isFormer = options.retry.categories === undefined
  const category = last?.outcome === undefined ? 'unknown' : categoryOf(last.outcome)
  const rule = ruleFor(options.retry, task.definition, category)
  const latestMs = (rule.maxTotalMs ?? Infinity) - (model.atMs - (task.attempts[0]?.launchedAtMs ?? 0))
  const free = { latestMs, isPaid: false, worker: 'any', reservation: 'same', budgetLeft: Infinity } as const
  if (task.cancelledBy !== undefined) return { kind: 'give-up', because: 'cancelled' }
  if (task.definition.idempotent === false && last?.lost !== 'refused')
    return { kind: 'give-up', because: 'not-idempotent' }
  if (last?.outcome === undefined) {
    const died = task.deaths
    if (last?.lost === 'worker' && died >= options.poisonAfter) return { kind: 'give-up', because: 'poisoned' }
    if (losses.length >= options.maxLosses) return { kind: 'give-up', because: 'lost-too-often' }
    return last?.lost === 'refused'
      ? { kind: 'retry', leastMs: 1, mostMs: 5_000, because: 'refused', ...free }
      : { kind: 'retry', leastMs: 0, mostMs: 0, because: 'lost', ...free }
  }
  const uncharged = ended.filter((outcome) => notItsFault.has(categoryOf(outcome))).length
  const isFree = notItsFault.has(category) && !isFormer
  const failures = isFree ? uncharged : ended.length - (isFormer ? 0 : uncharged)
  if (!isFree && failures >= rule.maxAttempts) return { kind: 'give-up', because: 'exhausted' }
  const because = isFree && rule.when !== 'never' ? 'not-its-fault' : reasonOf(rule, last.outcome)
  if (because === undefined) return { kind: 'give-up', because: 'not-retryable' }
  if (isFree && failures >= options.poisonAfter) return { kind: 'give-up', because: 'lost-too-often' }
  const { budget } = options.retry
  const allowed = budget ? Math.max(budget.floor, Math.floor(budget.share * model.tasks.length + 1e-9)) : Infinity
  if (model.paidRetries >= allowed) return { kind: 'give-up', because: 'budget-spent' }
  const looking = Math.floor((budget?.flakinessShare ?? Infinity) * allowed + 1e-9)
  if (because === 'detect-flakiness' && model.flakinessRetries >= looking)
    return { kind: 'give-up', because: 'budget-spent' }
  const askedMs = isFormer ? 0 : Math.ceil(Math.min(last.outcome.failure?.retryAfterMs ?? 0, rule.maxRetryAfterMs))
  const { leastMs, mostMs } = boundsOf(rule, failures)
  return {
    ...{ kind: 'retry', leastMs: askedMs + leastMs, mostMs: askedMs + mostMs, latestMs, because },
    ...{ isPaid: !isFormer, worker: isFormer ? 'any' : rule.worker, reservation: rule.reservation },
    budgetLeft: allowed - model.paidRetries - 1,
  }
}

/** Categories that are not charged to the task. */
const notItsFault: ReadonlySet<FailureCategory> = new Set(['infrastructure', 'hardware-device'] as const)

function categoryOf({ failure, result }: Outcome): FailureCategory {
  return failure?.category ?? (result === 'cancelled' ? 'cancelled' : result === 'timed-out' ? 'timeout' : 'unknown')
}

function reasonOf({ when, detectFlakiness }: RetryRule, { failure, result }: Outcome): RetryReason | undefined {
  if (when === 'never') return undefined
  if (when === 'always' || (failure?.transient ?? result !== 'cancelled')) return 'may-pass'
  return when === 'detect-flakiness' && detectFlakiness ? 'detect-flakiness' : undefined
}

function boundsOf(rule: RetryRule, failures: number): { readonly leastMs: number; readonly mostMs: number } {
  const { backoff, baseDelayMs, factor, maxDelayMs, jitter } = rule
  if (backoff === 'decorrelated') {
    return { leastMs: Math.min(maxDelayMs, baseDelayMs), mostMs: Math.min(maxDelayMs, baseDelayMs * 3 ** failures) }
  }
  const growth = backoff === 'constant' ? 1 : backoff === 'linear' ? failures : factor ** (failures - 1)
  const wholeMs = Math.min(maxDelayMs, baseDelayMs * growth)
  return { leastMs: Math.floor(wholeMs * (1 - jitter)), mostMs: Math.ceil(wholeMs) }
}
