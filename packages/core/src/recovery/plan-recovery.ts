// What was learned becomes the retry options of the next run: for each runner and category of which something is known, the
// strategy to begin with. Options are what a run keeps in its journal, so a run decides by what it was begun with, and a replay
// needs no memory. What the user said goes before what was learned; where nothing is known, nothing changes.
import type { FailureCategory } from '../model/failure.ts'
import { defaultRetry } from '../retry/default-retry.ts'
import type { CategoryRetryOptions, RetryOptions, RunRetryOptions } from '../retry/retry-options.ts'
import type { RetryRule } from '../retry/retry-policy.ts'
import { builtInStrategies } from './built-in-strategies.ts'
import { chooseRecovery, type RecoveryReason } from './choose-recovery.ts'
import type { RecoveryRecord } from './recovery-record.ts'
import type { RecoveryStrategy } from './recovery-strategy.ts'
import type { Roll } from './sample-beta.ts'

/** What a plan rests on. */
export interface RecoveryPlanQuestion {
  /** What the user said. */
  readonly retry: RunRetryOptions
  /** Everything that is known, by `situationKey`. */
  readonly records: ReadonlyMap<string, RecoveryRecord>
  /** @defaultValue {@link builtInStrategies} */
  readonly strategies?: readonly RecoveryStrategy[] | undefined
  readonly nowWallMs: number
  readonly roll: Roll
}

/** What was chosen for one category of a runner. */
export interface PlannedRecovery {
  readonly runner: string
  readonly category: FailureCategory
  /** Name of the strategy; `skip` where nothing ever helped. */
  readonly strategy: string
  readonly because: RecoveryReason | 'all-retired'
}

/** The options of the run, and what in them was learned. */
export interface RecoveryPlan {
  readonly retry: RunRetryOptions
  readonly planned: readonly PlannedRecovery[]
}

/** Plans the recoveries of a run. */
export function planRecovery(question: RecoveryPlanQuestion): RecoveryPlan {
  const { retry, records, strategies = builtInStrategies, nowWallMs, roll } = question
  const planned: PlannedRecovery[] = []
  const runners: Record<string, RetryOptions> = {}
  for (const { runner, category, workerClass } of situationsOf(records)) {
    if (isSaid(retry, runner, category)) continue
    const choice = chooseRecovery({ category, workerClass, runner, tried: [], strategies, records, nowWallMs, roll })
    if (choice.kind === 'give-up' && choice.because === 'nothing-fits') continue
    const rule: CategoryRetryOptions =
      choice.kind === 'give-up' ? { when: 'never' } : ruleOf(choice.strategy, retry.maxDelayMs)
    const strategy = choice.kind === 'give-up' ? 'skip' : choice.strategy.name
    planned.push({
      runner,
      category,
      strategy,
      because: choice.because === 'nothing-fits' ? 'all-retired' : choice.because,
    })
    const own = runners[runner] ?? layerOf(retry.runners?.[runner])
    runners[runner] = { ...own, categories: { ...own.categories, [category]: rule } }
  }
  return planned.length === 0
    ? { retry, planned }
    : { retry: { ...retry, runners: { ...retry.runners, ...runners } }, planned }
}

/** The strategy that a rule carries out, so that what a run did can be told from the rules it had. */
export function strategyOf(
  rule: Pick<RetryRule, 'baseDelayMs' | 'worker' | 'reservation'>,
  strategies: readonly RecoveryStrategy[] = builtInStrategies,
): string {
  const exact = strategies.find((strategy) => {
    if (strategy.effect.kind === 'skip') return false
    const asked = ruleOf(strategy)
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

/** Runners and categories of which something is known, by the worker class that is known best. */
function situationsOf(
  records: ReadonlyMap<string, RecoveryRecord>,
): readonly Pick<RecoveryRecord, 'runner' | 'category' | 'workerClass'>[] {
  const best = new Map<string, RecoveryRecord>()
  for (const record of records.values()) {
    const { when } = defaultRetry[record.category].rule
    // What says something of the code is tried again to learn whether it is flaky, not to make it pass.
    if (when === 'never' || when === 'detect-flakiness') continue
    const key = `${record.runner}\0${record.category}`
    const known = best.get(key)
    if (
      known === undefined ||
      known.uses < record.uses ||
      (known.uses === record.uses && record.workerClass < known.workerClass)
    )
      best.set(key, record)
  }
  return [...best].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record)
}

/** Whether the user said something of how such failures are tried again: then nothing else is. */
function isSaid(retry: RunRetryOptions, runner: string, category: FailureCategory): boolean {
  const own = layerOf(retry.runners?.[runner])
  return [retry, own].some(
    (layer) =>
      layer.categories?.[category] !== undefined ||
      layer.worker !== undefined ||
      layer.reservation !== undefined ||
      layer.backoff !== undefined ||
      layer.baseDelayMs !== undefined,
  )
}

function layerOf(given: number | RetryOptions | undefined): RetryOptions {
  return given === undefined ? {} : typeof given === 'number' ? { maxAttempts: given } : given
}

function ruleOf({ effect }: RecoveryStrategy, longestMs = 30_000): CategoryRetryOptions {
  switch (effect.kind) {
    case 'skip':
      return { when: 'never' }
    case 'retry':
      return {
        baseDelayMs: Math.min(effect.delayMs ?? 100, longestMs),
        worker: effect.worker ?? 'any',
        reservation: effect.reservation ?? 'same',
      }
  }
}
