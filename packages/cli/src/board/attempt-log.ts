// What is left of an attempt in a log: its cases where every one was asked for, and what it printed. It stands below the line
// of its task, in a group that a CI service folds away.
import type { RunEvent } from '@muster/core'
import type { LastEnding } from '../progress/live-attempts.ts'
import type { RunProgress } from '../progress/run-progress.ts'
import { countText } from '../terminal/count-text.ts'
import type { Look } from '../terminal/look.ts'
import { oneLine } from '../terminal/plain-text.ts'
import { caseLines, failedCaseLines } from './case-lines.ts'
import { whole } from './log-detail.ts'
import { cutLines, readableLines } from './output-lines.ts'

/** Lines with the title of their group. */
export interface AttemptLog {
  readonly title: string
  readonly lines: readonly string[]
}

/** What is worth a group. */
export interface AttemptLogOptions {
  /** Every case, and what attempts printed that passed. */
  readonly isVerbose: boolean
  /** Whether the place folds groups: what only helps stays out where it would stand in the way. */
  readonly folds: boolean
}

/** The log of the attempt that an event ends; nothing where there is none, or nothing worth a group. */
export function attemptLog(
  event: RunEvent,
  progress: RunProgress,
  { isVerbose, folds }: AttemptLogOptions,
  look: Look,
): AttemptLog | undefined {
  if (event.kind !== 'task-judged' && event.kind !== 'task-retrying') return undefined
  const ending = progress.lastEnding(event.task)
  if (ending === undefined) return undefined
  const isBad = ending.outcome.result === 'failed' || ending.outcome.result === 'timed-out'
  if (!isVerbose && !(isBad && folds)) return undefined
  // The cases of a task that failed for good stand above the group already.
  const failedIn = event.kind === 'task-retrying' ? event.n - 1 : undefined
  const failed = failedIn === undefined ? [] : failedCaseLines(ending.failedCases, look, whole)
  const cases = isVerbose ? caseLines(ending.cases ?? [], look, whole) : []
  // A task that failed for good and has no failed case shows what it printed above, where nothing is folded.
  const isShown = event.kind === 'task-judged' && isBad && !folds && ending.failedCases.length === 0
  const printed = isShown ? [] : printedLines(ending, folds)
  if (failed.length + cases.length + printed.length === 0) return undefined
  const what = [
    ...(cases.length > 0 ? [countText(cases.length, 'case')] : []),
    ...(failed.length > 0 ? [`what failed in attempt ${String(failedIn)}`] : []),
    ...(printed.length > 0 ? ['what it printed'] : []),
  ]
  return { title: `${oneLine(event.task)}: ${what.join(', ')}`, lines: [...failed, ...cases, ...printed] }
}

function printedLines({ output, omitted = 0 }: LastEnding, folds: boolean): readonly string[] {
  const lines = readableLines(output)
  if (lines.length === 0) return []
  const before = omitted > 0 ? [`… ${countText(omitted, 'character')} before this are left out`] : []
  // What a group holds is folded away; elsewhere it would bury the run.
  if (folds) return [...before, ...lines]
  return ['    printed:', ...cutLines(lines, whole.outputLines, omitted).map((line) => `      ${line}`)]
}
