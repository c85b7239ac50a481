// The timeline as columns, with what attempts printed where somebody will want to read it: around what did not pass.
import type { CapturedText, RunReport } from '@muster/core'
import { capturedText } from '../text/captured-text.ts'
import { leakSentence } from '../summary/leaks-section.ts'
import { plainText } from '../text/plain-text.ts'
import { queueText } from '../timeline/queue-text.ts'
import type { AttemptState, Timeline } from '../timeline/timeline.ts'
import type { Budget } from './budget.ts'
import type { AttemptColumns, PageOutput } from './report-data.ts'
import { runLengths } from './run-lengths.ts'
import type { TextTable } from './text-table.ts'

/** Longest output of one stream kept, in characters: all that is captured where nobody asks for more, 64 KiB of each end. */
const longestOutput = 135_000
/** Longest sentence about what an attempt left running. */
const longestLeak = 2000

const letters: Readonly<Record<AttemptState, string>> = {
  passed: 'p',
  failed: 'f',
  'timed-out': 't',
  cancelled: 'c',
  skipped: 's',
  lost: 'l',
  open: 'o',
}

/** What the columns share with the rest of the page. */
export interface AttemptTexts {
  readonly texts: TextTable
  readonly budget: Budget
  readonly artifacts: AttemptColumns['artifacts']
}

/** The attempts of a timeline as columns. */
export function attemptColumns(
  report: RunReport,
  { attempts }: Timeline,
  { texts, budget, artifacts }: AttemptTexts,
): AttemptColumns {
  const idOf = (task: number): number => texts.numberOf(report.tasks[task]?.id ?? '')
  const outputs: (readonly [number, PageOutput])[] = []
  const leaks: (readonly [number, string])[] = []
  attempts.forEach(({ task, n, state }, at) => {
    const ending = report.tasks[task]?.attempts.find((attempt) => attempt.n === n)?.ending
    if (ending?.kind === 'ended' && ending.outcome.leaks !== undefined) {
      const sentence = budget.take(leakSentence({ n, leaks: ending.outcome.leaks }), longestLeak)
      if (sentence !== '') leaks.push([at, sentence])
    }
    const kind = report.tasks[task]?.verdict?.kind
    if (state === 'passed' && (kind === 'passed' || kind === undefined)) return
    const details = report.tasks[task]?.attempts.find((attempt) => attempt.n === n)?.details
    const stdout = outputText(details?.stdout, budget)
    const stderr = outputText(details?.stderr, budget)
    if (stdout === '' && stderr === '') return
    outputs.push([at, { ...(stdout === '' ? {} : { stdout }), ...(stderr === '' ? {} : { stderr }) }])
  })
  return {
    artifacts,
    retryFrom: attempts.flatMap(({ retryFromMs }, at) =>
      retryFromMs === undefined ? [] : [[at, tenths(retryFromMs)] as const],
    ),
    queuedFor: attempts.flatMap(({ queuedFor }, at) =>
      queuedFor === undefined || queuedFor.kind === 'slot'
        ? []
        : [[at, texts.numberOf(queueText(queuedFor, report))] as const],
    ),
    tasks: attempts.map(({ task }) => idOf(task)),
    ns: attempts.map(({ n }) => n),
    workers: runLengths(attempts.map(({ worker }) => worker)),
    lanes: attempts.map(({ lane }) => lane),
    ready: attempts.map(({ readyAtMs }) => tenths(readyAtMs)),
    launched: attempts.map(({ launchedAtMs }) => tenths(launchedAtMs)),
    started: attempts.map(({ startedAtMs }) => tenths(startedAtMs)),
    closed: attempts.map(({ closedAtMs }) => tenths(closedAtMs)),
    states: attempts.map(({ state }) => letters[state]).join(''),
    after: attempts.flatMap(({ after }, at) => (after === undefined ? [] : [[at, idOf(after)] as const])),
    outputs,
    leaks,
  }
}

function outputText(text: CapturedText | undefined, budget: Budget): string {
  return budget.takeEnds(plainText(capturedText(text)).trimEnd(), longestOutput)
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10
}
