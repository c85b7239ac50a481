// Follows a run from its first event to its report, and shows it the way that was asked for.
import { type Clock, isMusterError, type Run, type RunReport, systemClock } from '@muster/core'
import { FatalNotes } from '../progress/fatal-notes.ts'
import { type KeptOfAttempt, keptBriefly } from '../progress/live-attempts.ts'
import type { RunProgress } from '../progress/run-progress.ts'
import type { ReporterName } from '../arguments/run-settings.ts'
import type { LogDetail } from '../board/log-detail.ts'
import { guardSignals } from './guard-signals.ts'
import type { Output } from './output.ts'
import { jsonReporter } from './reporters/json-reporter.ts'
import { plainReporter } from './reporters/plain-reporter.ts'
import { quietReporter } from './reporters/quiet-reporter.ts'
import type { Reporter } from './reporters/reporter.ts'

/** How a run is shown. */
export interface ShowOptions {
  readonly progress: RunProgress
  readonly reporter: ReporterName
  readonly detail: LogDetail
  readonly output: Output
  readonly project: string
  readonly strategy: string
}

/** How much has to be kept of attempts so that a reporter can show them. */
export function keptFor(reporter: ReporterName, detail: LogDetail): KeptOfAttempt {
  const everyCase = detail === 'verbose' && reporter !== 'json'
  return reporter === 'plain' ? { failedCases: Infinity, output: 64_000, everyCase } : { ...keptBriefly, everyCase }
}

/** The reporter that suits the output where none was asked for. */
export function reporterFor(asked: ReporterName | 'auto', detail: LogDetail, output: Output): ReporterName {
  if (asked === 'auto' && detail === 'quiet') return 'plain'
  if (asked === 'auto') return output.isLive ? 'board' : 'plain'
  // A board needs a terminal to draw on; elsewhere it would be a heap of escape sequences.
  return asked === 'board' && !output.stream.isTTY ? 'plain' : asked
}

/** Starts the run and shows it until it is over; rejects as its report does. */
export async function showRun(start: () => Run, options: ShowOptions): Promise<RunReport> {
  const { progress } = options
  const clock = systemClock()
  let lastAtMs = 0
  let lastNow: number | undefined
  // Run time goes on between events; it stands still before the first one.
  const now = (): number => (lastNow === undefined ? 0 : lastAtMs + clock.now() - lastNow)
  const makeReporter = await loadReporter(options, clock, now)
  const fatal = new FatalNotes()
  let code: string | undefined
  // Nothing may be awaited between the start and the listener: events of the first step would be missed.
  const run = start()
  const reporter = makeReporter(run.id)
  const stopListening = run.on('*', (event) => {
    lastAtMs = event.atMs
    lastNow = clock.now()
    progress.take(event)
    // Programs get every event in its place.
    if (options.reporter === 'json' || !fatal.holds(event)) reporter.event(event)
    if (event.kind === 'task-judged') progress.forget(event.task)
  })
  const stopGuarding = guardSignals(run, {
    tell: (line) => {
      reporter.tell([line])
    },
    leave: () => {
      reporter.end()
    },
  })
  try {
    return await run.report
  } catch (error) {
    code = isMusterError(error) ? error.code : undefined
    throw error
  } finally {
    for (const note of fatal.rest(code)) reporter.event(note)
    stopGuarding()
    stopListening()
    reporter.end()
  }
}

async function loadReporter(
  { reporter, detail, output, progress, project, strategy }: ShowOptions,
  clock: Clock,
  now: () => number,
): Promise<(run: string) => Reporter> {
  switch (reporter) {
    case 'json':
      return () => jsonReporter(output)
    case 'plain':
      return detail === 'quiet'
        ? () => quietReporter(output, progress)
        : () => plainReporter({ output, progress, clock, now, isVerbose: detail === 'verbose' })
    case 'board': {
      const { boardReporter } = await import('./reporters/board-reporter.ts')
      return (run) => boardReporter({ output, progress, project, strategy, run, now, detail })
    }
  }
}
