// What must follow an attempt that did not pass, worked out from the task's whole history each time.
import type { GiveUpReason } from '../../../run/entry.ts'
import type { KernelOptions } from '../../../run/kernel-options.ts'
import type { ModelTask } from './model.ts'

/** Give up and why, or try again after a wait between two bounds, in milliseconds. */
export type ExpectedRetry =
  | { readonly kind: 'give-up'; readonly because: GiveUpReason }
  | { readonly kind: 'retry'; readonly leastMs: number; readonly mostMs: number }

/** What must follow now. */
export function expectRetry(task: ModelTask, options: KernelOptions): ExpectedRetry {
  const retry = { ...options.retry, ...task.definition.retry }
  const last = task.attempts.at(-1)
  const charged = task.attempts.filter(({ outcome }) => outcome !== undefined).length
  const losses = task.attempts.filter(({ lost }) => lost !== undefined)
  if (task.cancelledBy !== undefined) return { kind: 'give-up', because: 'cancelled' }
  if (last?.outcome !== undefined) {
    if (charged >= (retry.maxAttempts ?? 1)) return { kind: 'give-up', because: 'exhausted' }
    const wholeMs = Math.min(retry.maxDelayMs ?? 0, (retry.baseDelayMs ?? 0) * (retry.factor ?? 1) ** (charged - 1))
    return { kind: 'retry', leastMs: Math.floor(wholeMs * (1 - (retry.jitter ?? 0))), mostMs: Math.ceil(wholeMs) }
  }
  const died = losses.filter(({ lost }) => lost === 'worker').length
  if (last?.lost === 'worker' && died >= options.poisonAfter) return { kind: 'give-up', because: 'poisoned' }
  if (losses.length >= options.maxLosses) return { kind: 'give-up', because: 'lost-too-often' }
  return last?.lost === 'refused'
    ? { kind: 'retry', leastMs: 1, mostMs: 5_000 }
    : { kind: 'retry', leastMs: 0, mostMs: 0 }
}
