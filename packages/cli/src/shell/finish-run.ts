// What follows a run: the history learns from it, reports are written, and a person is told how it ended and how to go on.
// None of it may change how it ended.
import { foldRun } from '@muster/analysis'
import { exitCodes, type RunReport } from '@muster/core'
import { writeSummary } from '@muster/reports'
import { relative } from 'node:path'
import type { RunSettings } from '../arguments/run-settings.ts'
import { countOf } from '../terminal/format-time.ts'
import { oneLine } from '../terminal/plain-text.ts'
import type { Project } from './open-project.ts'
import type { Output } from './output.ts'
import { keepNote } from './run-notes.ts'
import { writeReports } from './write-reports.ts'

/** A run that is over. */
export interface FinishedRun {
  readonly project: Project
  readonly settings: RunSettings
  readonly output: Output
  readonly report: RunReport
  readonly strategy: string
  /** Whether events went to standard output as JSON, so that nothing else may. */
  readonly isJson: boolean
}

/** Does what follows, and gives the exit code. */
export async function finishRun(finished: FinishedRun): Promise<number> {
  const { project, settings, output, report, isJson } = finished
  const notes = await remember(finished)
  const fails = settings.failOnFlaky && report.totals.flaky > 0 && report.exit === 'passed'
  if (!isJson) {
    const { paint } = output.look
    output.lines([
      '',
      ...summaryLines(report, output),
      ...(fails
        ? [
            paint(
              'red',
              `Failed, because ${countOf(report.totals.flaky, 'task')} ${report.totals.flaky === 1 ? 'was' : 'were'} flaky.`,
            ),
          ]
        : []),
    ])
  }
  const tell = isJson ? output.say : (line: string): void => output.lines([line])
  for (const note of notes) tell(`${output.look.paint('yellow', 'note')}: ${oneLine(note)}`)
  const fromFlags = await writeReports(report, settings.files, '.', output)
  const configured = await writeReports(report, settings.configuredFiles, project.root, output)
  if (!isJson) output.lines(whereLines(report, project, [...fromFlags, ...configured], output))
  return fails ? exitCodes.failed : report.exitCode
}

async function remember({ project, report, strategy }: FinishedRun): Promise<readonly string[]> {
  try {
    const { problems } = await foldRun(project.store, report)
    await keepNote(project.store, report.run, strategy, report)
    return problems.map(({ text }) => text)
  } catch (error) {
    return [`the history could not learn from this run: ${error instanceof Error ? error.message : String(error)}`]
  }
}

export function summaryLines(report: RunReport, output: Output): readonly string[] {
  const [sentence = '', ...rest] = writeSummary(report).trimEnd().split('\n')
  return [output.look.paint(report.exit === 'passed' ? 'green' : 'red', sentence), ...rest]
}

function whereLines(
  report: RunReport,
  { storePath }: Project,
  files: readonly string[],
  { look }: Output,
): readonly string[] {
  const store = nearPath(storePath)
  const lines = [look.paint('dim', `Run ${report.run} is kept in ${store}; muster report shows it again.`)]
  if (files.length > 0) lines.push(look.paint('dim', `Written: ${files.map(nearPath).join(', ')}.`))
  return lines
}

/** The shorter of the absolute path and the one from here. */
function nearPath(path: string): string {
  const near = relative(process.cwd(), path)
  return near !== '' && near.length < path.length ? near : path
}
