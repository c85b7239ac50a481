// What was learned becomes the retry options of the next run: for each category, and for each runner of which something is known,
// the ladder that failures climb. Options are what a run keeps in its journal, so a run decides by what it was begun with, and a
// replay needs no memory. What the user said goes before what was learned; where nothing is known the first rung changes nothing.
import type { FailureCategory } from '../model/failure.ts'
import { defaultRetry } from '../retry/default-retry.ts'
import { resolveRetry } from '../retry/resolve-retry.ts'
import type { CategoryRetryOptions, RetryOptions, RunRetryOptions } from '../retry/retry-options.ts'
import { ruleFor } from '../retry/rule-for.ts'
import { failureCategories } from '../schemas/word-schemas.ts'
import { builtInStrategies } from './built-in-strategies.ts'
import type { RecoveryReason } from './recovery-words.ts'
import { makeLadder } from './make-ladder.ts'
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
  readonly because: RecoveryReason
  /** Names of the strategies from one attempt to the next, that one included. */
  readonly ladder: readonly string[]
}

/** The options of the run, and what in them was learned. */
export interface RecoveryPlan {
  readonly retry: RunRetryOptions
  /** Of which something was known; failures of all other kinds climb a ladder that begins as they are met by default. */
  readonly planned: readonly PlannedRecovery[]
}

/** Plans the recoveries of a run. */
export function planRecovery(question: RecoveryPlanQuestion): RecoveryPlan {
  const { retry, records } = question
  const planned: PlannedRecovery[] = []
  const runners: Record<string, RetryOptions> = {}
  for (const { runner, category, workerClass } of situationsOf(records)) {
    if (isSaid(retry, runner, category)) continue
    const ladder = makeLadder({ ...withStrategies(question), category, workerClass, runner })
    const [first] = ladder
    if (first === undefined) continue
    planned.push({
      ...{ runner, category, strategy: first.strategy, because: first.because },
      ladder: ladder.map(({ strategy }) => strategy),
    })
    const own = runners[runner] ?? layerOf(retry.runners?.[runner])
    runners[runner] = { ...own, categories: { ...own.categories, [category]: { ladder } } }
  }
  return {
    retry: {
      ...retry,
      ...(planned.length === 0 ? {} : { runners: { ...retry.runners, ...runners } }),
      categories: { ...defaultLadders(question), ...retry.categories },
    },
    planned,
  }
}

/** Ladders of the categories of which the user says nothing, for runners of which nothing is known. */
function defaultLadders(question: RecoveryPlanQuestion): NonNullable<RunRetryOptions['categories']> {
  const { retry } = question
  const policy = resolveRetry(retry)
  const ladders: Partial<Record<FailureCategory, CategoryRetryOptions>> = {}
  for (const category of failureCategories) {
    if (!isRecovered(category) || isSaid(retry, '', category)) continue
    const rule = ruleFor(policy, { kind: '' }, category)
    const ladder = makeLadder({ ...withStrategies(question), category, workerClass: '', runner: '', rule })
    ladders[category] = { ladder }
  }
  return ladders
}

function withStrategies({ records, strategies = builtInStrategies, nowWallMs, roll }: RecoveryPlanQuestion): Required<
  Omit<RecoveryPlanQuestion, 'retry'>
> & {
  readonly strategies: readonly RecoveryStrategy[]
} {
  return { records, strategies, nowWallMs, roll }
}

/** What says something of the code is tried again to learn whether it is flaky, not to make it pass. */
function isRecovered(category: FailureCategory): boolean {
  const { when } = defaultRetry[category].rule
  return when !== 'never' && when !== 'detect-flakiness'
}

/** Runners and categories of which something is known, by the worker class that is known best. */
function situationsOf(
  records: ReadonlyMap<string, RecoveryRecord>,
): readonly Pick<RecoveryRecord, 'runner' | 'category' | 'workerClass'>[] {
  const best = new Map<string, RecoveryRecord>()
  for (const record of records.values()) {
    if (!isRecovered(record.category)) continue
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
