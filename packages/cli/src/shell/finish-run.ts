// What follows a run: the history learns from it, reports are written, and a person is told how it ended and how to go on.
// None of it may change how it ended, nor keep anybody from being told.
import { foldRun } from '@muster/analysis'
import { exitVerdict } from '@muster/ci'
import { exitCodes, isMusterError, type MusterError, type RunReport } from '@muster/core'
import type { RunRetryOptions } from '@muster/core/retry'
import { writeSummary } from '@muster/reports'
import { relative } from 'node:path'
import { groupSummary } from '../failures/render-groups.ts'
import type { RunSettings } from '../arguments/run-settings.ts'
import { beforeSummary } from '../terminal/log-groups.ts'
import { oneLine } from '../terminal/plain-text.ts'
import type { CommandContext } from './command.ts'
import type { Project } from './open-project.ts'
import type { Output } from './output.ts'
import { keepNote } from './run-notes.ts'
import { sayError } from './say-error.ts'
import { withGroups } from './with-groups.ts'
import { type WantedReports, writeReports } from './write-reports.ts'

/** A run that is over. */
export interface FinishedRun {
  readonly context: CommandContext
  readonly project: Project
  readonly settings: RunSettings
  readonly reports: WantedReports
  readonly report: RunReport
  readonly strategy: string
  /** The retry options that all of it was decided by, to learn from; absent where a part was decided by others. */
  readonly retry?: RunRetryOptions | undefined
  /** Whether events went to standard output as JSON, so that nothing else may. */
  readonly isJson: boolean
}

/**
 * Does what follows, and gives the exit code: that of the run, unless it passed and a report could not be written, which
 * whoever waits for that file must hear, or the run is not kept.
 */
export async function finishRun(finished: FinishedRun): Promise<number> {
  const { context, project, settings, reports, isJson } = finished
  const { output } = context
  const { report, problem } = await withGroups(project.store, finished.report)
  const learned = await remember({ ...finished, report })
  const notes = [...(problem === undefined ? [] : [problem]), ...learned.notes]
  const { exit, exitCode, sentence } = exitVerdict(report, { failOnFlaky: settings.failOnFlaky })
  const isQuiet = settings.detail === 'quiet'
  if (!isJson) {
    output.out(
      beforeSummary(output.logService)
        .map((line) => `${line}\n`)
        .join(''),
    )
    output.lines(['', ...summaryLines(report, output)])
    if (exit !== report.exit) output.lines([output.look.paint('red', `Failed: ${sentence}`)])
  }
  const tell =
    isJson || isQuiet
      ? output.say
      : (line: string): void => {
          output.lines([line])
        }
  for (const note of notes) tell(`${output.look.paint('yellow', 'note')}: ${oneLine(note)}`)
  const lostCode = learned.lost === undefined ? exitCodes.passed : sayError(learned.lost, context)
  if (!isJson && !isQuiet && learned.lost === undefined) output.lines([keptLine(report, project, output)])
  try {
    const files = await writeReports(report, reports, { output, root: project.root })
    if (!isJson && !isQuiet && files.length > 0) output.lines([writtenLine(files, output)])
  } catch (error) {
    const errorCode = sayError(error, context)
    return exitCode === exitCodes.passed ? errorCode : exitCode
  }
  return exitCode === exitCodes.passed ? lostCode : exitCode
}

/**
 * What follows a run that its store could not keep to its end: what was found out until then is told and written, said to be
 * partial, before the error is. Any other error is thrown on.
 */
export async function finishPartly(
  error: unknown,
  { context, project, reports, isJson }: Pick<FinishedRun, 'context' | 'project' | 'reports' | 'isJson'>,
): Promise<number> {
  if (!isMusterError(error) || error.report === undefined) throw error
  const { output } = context
  const { report } = error
  const head = 'Partial: the store failed before the run was over. Resumed, it runs again what is not recorded.'
  if (!isJson) output.lines(['', output.look.paint('yellow', head), ...summaryLines(report, output)])
  try {
    const files = await writeReports(report, reports, { output, root: project.root })
    if (!isJson && files.length > 0) output.lines([writtenLine(files, output)])
  } catch (why) {
    sayError(why, context)
  }
  return sayError(error, context)
}

/** What is to be said after a run was folded into the history; `lost` where nothing of it is kept at all. */
interface Learned {
  readonly notes: readonly string[]
  readonly lost?: MusterError | undefined
}

async function remember({ project, report, strategy, retry }: FinishedRun): Promise<Learned> {
  try {
    const { problems } = await foldRun(project.store, report, { retry })
    await keepNote(project.store, report.run, strategy, report)
    return { notes: problems.map(({ text }) => text) }
  } catch (error) {
    if (isMusterError(error) && error.code === 'STORE_LOST') return { notes: [], lost: error }
    const why = error instanceof Error ? error.message : String(error)
    return { notes: [`the history could not learn from this run: ${why}`] }
  }
}

/** The summary, its first sentence in the colour of the verdict. */
export function summaryLines(report: RunReport, output: Output): readonly string[] {
  const [sentence = '', ...rest] = writeSummary(report).trimEnd().split('\n')
  const causes = report.failureGroups === undefined ? [] : groupSummary(report.failureGroups, output.look, report)
  return [
    output.look.paint(report.exit === 'passed' ? 'green' : 'red', sentence),
    ...rest,
    ...(causes.length === 0 ? [] : ['', ...causes]),
  ]
}

function keptLine({ run }: RunReport, { storePath }: Project, { look }: Output): string {
  return look.paint('dim', `Run ${run} is kept in ${nearPath(storePath)}; muster report shows it again.`)
}

/** Says which files were written. */
export function writtenLine(files: readonly string[], { look }: Output): string {
  return look.paint('dim', `Written: ${files.map(nearPath).join(', ')}.`)
}

/** The shorter of the absolute path and the one from here. */
function nearPath(path: string): string {
  const near = relative(process.cwd(), path)
  return near !== '' && near.length < path.length ? near : path
}
