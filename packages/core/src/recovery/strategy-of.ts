// The strategy that a retry rule carries out, so that what a run did can be told from the rules that it had.
import type { CategoryRetryOptions } from '../retry/retry-options.ts'
import type { RetryRule } from '../retry/retry-policy.ts'
import { builtInStrategies } from './built-in-strategies.ts'
import type { RecoveryEffect, RecoveryStrategy } from './recovery-strategy.ts'

/** The strategy that a rule carries out on its own, without its ladder. */
export function strategyOf(
  rule: Pick<RetryRule, 'baseDelayMs' | 'worker' | 'reservation'>,
  strategies: readonly RecoveryStrategy[] = builtInStrategies,
): string {
  const exact = strategies.find(({ effect }) => {
    if (effect.kind === 'skip' || asksForMore(effect)) return false
    const asked = fieldsOf(effect)
    return (
      asked.baseDelayMs === rule.baseDelayMs && asked.worker === rule.worker && asked.reservation === rule.reservation
    )
  })
  if (exact !== undefined) return exact.name
  if (rule.reservation === 'whole-worker') return 'exclusive-worker'
  if (rule.reservation === 'larger') return 'larger-reservation'
  if (rule.worker === 'other') return 'other-worker'
  return rule.baseDelayMs >= 1000 ? 'delay' : 'retry'
}

/** What the fields of a rule cannot say. */
function asksForMore({ process, concurrency, quarantine }: Extract<RecoveryEffect, { kind: 'retry' }>): boolean {
  return (process ?? 'any') !== 'any' || concurrency === 'reduced' || quarantine === true
}

function fieldsOf({ delayMs, worker, reservation }: Extract<RecoveryEffect, { kind: 'retry' }>): CategoryRetryOptions {
  return { baseDelayMs: delayMs ?? 100, worker: worker ?? 'any', reservation: reservation ?? 'same' }
}
