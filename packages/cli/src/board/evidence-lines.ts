// What a failed attempt left behind, for whoever asks why: its failed cases, and the end of what it printed.
import type { AttemptDetails, AttemptReport, CapturedText, TaskReport } from '@muster/core'
import { leaksText } from '@muster/core/model'
import type { Look } from '../terminal/look.ts'
import { failedCaseLines } from './case-lines.ts'
import { oneLine } from '../terminal/plain-text.ts'
import { judgementLines } from './judgement.ts'
import { outputLines } from './output-lines.ts'

/** What attempts left running, then the failed cases and the output of the last one that failed; nothing where none did. */
export function evidenceLines({ attempts }: TaskReport, look: Look, isWhole = false): readonly string[] {
  const attempt = attempts.findLast(
    ({ ending }) =>
      ending.kind === 'ended' && (ending.outcome.result === 'failed' || ending.outcome.result === 'timed-out'),
  )
  const details: AttemptDetails = attempt?.details ?? { cases: [] }
  const failed = details.cases.filter(({ result }) => result === 'failed' || result === 'timed-out')
  const lines = [
    ...failedCaseLines(failed, look),
    ...outputLines({ output: textOf(details.stdout) + textOf(details.stderr) }, look),
  ]
  return [
    ...attempts.flatMap(({ n, ending }) =>
      ending.kind === 'ended' && ending.outcome.leaks !== undefined
        ? [`  Attempt ${String(n)} left ${oneLine(leaksText(ending.outcome.leaks))}.`]
        : [],
    ),
    ...judged(attempt, isWhole),
    ...(attempt === undefined || lines.length === 0 ? [] : [`  Attempt ${String(attempt.n)} left behind:`, ...lines]),
  ]
}

/** How the failure of the attempt was judged, and what that rests on. */
function judged(attempt: AttemptReport | undefined, isWhole: boolean): readonly string[] {
  if (attempt?.ending.kind !== 'ended') return []
  const { failure } = attempt.ending.outcome
  if (failure === undefined) return []
  return [
    `  Attempt ${String(attempt.n)} was judged:`,
    ...judgementLines(failure, isWhole).map((line) => `    ${line}`),
  ]
}

/** Captured text as one, with a line between its parts; ends with its line. */
function textOf(captured: CapturedText | undefined): string {
  if (captured === undefined) return ''
  const { head, tail, omittedBytes } = captured
  const text = omittedBytes > 0 ? `${head}\n… ${String(omittedBytes)} bytes left out\n${tail}` : head + tail
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}
