// Why a run's exit code is what it is. Absence is never success: a run in which nothing passed and nothing failed ran
// nothing.
import type { ExitVerdict, RunEnding } from '../model/report.ts'
import type { VerdictKind } from '../model/verdict.ts'

/** The process exit code of each way to end. */
export const exitCodes: Readonly<Record<ExitVerdict | 'misuse' | 'internal', number>> = {
  passed: 0,
  failed: 1,
  misuse: 2,
  internal: 3,
  'nothing-ran': 4,
  interrupted: 130,
}

/** The exit verdict of a run from its verdicts by kind. */
export function exitVerdict(ending: RunEnding, verdicts: Readonly<Record<VerdictKind, number>>): ExitVerdict {
  if (ending === 'interrupted') return 'interrupted'
  const bad =
    verdicts.failed +
    verdicts['timed-out'] +
    verdicts.blocked +
    verdicts.poisoned +
    verdicts.unplaceable +
    verdicts.cancelled
  if (bad > 0) return 'failed'
  return verdicts.passed + verdicts.flaky > 0 ? 'passed' : 'nothing-ran'
}
