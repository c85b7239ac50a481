// What earlier runs learned of recovery goes into the retry options of this one, where the user says nothing. A history that
// cannot be read changes nothing, and is told.
import { recoveryHistory } from '@muster/analysis'
import { type Store, systemClock } from '@muster/core'
import { planRecovery, strategiesOf } from '@muster/core/recovery'
import type { RunRetryOptions } from '@muster/core/retry'
import { retryOf } from '../config/apply-rules.ts'
import type { MusterConfig } from '../config/config.ts'
import type { RunSettings } from '../arguments/run-settings.ts'

/** The settings of a run, its retry options, and what a person should hear of them. */
export interface RunWithRecovery {
  readonly settings: RunSettings
  readonly retry: RunRetryOptions
  readonly notes: readonly string[]
  /** Which retry meets which failures, for whoever asks: it matters only once something fails. */
  readonly learned: readonly string[]
}

/** The settings with what was learned, by the strategies that the configuration allows. */
export async function withRecovery(
  store: Store,
  settings: RunSettings,
  recovery: MusterConfig['recovery'] = {},
): Promise<RunWithRecovery> {
  const retry = retryOf(settings.kernel.retry ?? {})
  if (recovery === false) return { settings, retry, notes: [], learned: [] }
  const strategies = strategiesOf(recovery)
  try {
    const records = await recoveryHistory(store)
    const nowWallMs = systemClock().wallNow()
    const plan = planRecovery({ retry, records, strategies, nowWallMs, roll: rollOf(settings.seed ?? nowWallMs) })
    const learned = plan.planned.map(({ runner, category, strategy, because }) =>
      sentenceOf(runner, category, strategy, because),
    )
    return {
      settings: { ...settings, kernel: { ...settings.kernel, retry: plan.retry } },
      retry: plan.retry,
      notes: [],
      learned,
    }
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error)
    return { settings, retry, notes: [`what was learned of retries could not be read: ${because}`], learned: [] }
  }
}

function sentenceOf(runner: string, category: string, strategy: string, because: string): string {
  const why = {
    'best-known': 'of which most is expected',
    explored: 'to see whether it helps',
    'least-disturbing': 'since nothing is known yet',
    'all-retired': 'since no other retry has helped so far',
  }[because]
  return `where something fails, ${category} failures of ${runner} are met with ${strategy}${why === undefined ? '' : `, ${why}`}`
}

/** Seeded dice (Mulberry32, T. Ettinger), so that a run with the same seed and past begins alike. */
function rollOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
