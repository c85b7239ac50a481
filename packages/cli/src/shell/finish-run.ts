// What follows a run: the history learns from it, reports are written, and a person is told how it ended and how to go on.
// None of it may change how it ended.
import { foldRun } from '@muster/analysis'
import { exitVerdict } from '@muster/ci'
import type { RunReport } from '@muster/core'
import { writeSummary } from '@muster/reports'
import { relative } from 'node:path'
import type { RunSettings } from '../arguments/run-settings.ts'
import { oneLine } from '../terminal/plain-text.ts'
import type { Project } from './open-project.ts'
import type { Output } from './output.ts'
import { keepNote } from './run-notes.ts'
import { mergeReports, writeReports } from './write-reports.ts'

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
  const { exit, exitCode, sentence } = exitVerdict(report, { failOnFlaky: settings.failOnFlaky })
  if (!isJson) {
    output.lines(['', ...summaryLines(report, output)])
    if (exit !== report.exit) output.lines([output.look.paint('red', `Failed: ${sentence}`)])
  }
  const tell = isJson
    ? output.say
    : (line: string): void => {
        output.lines([line])
      }
  for (const note of notes) tell(`${output.look.paint('yellow', 'note')}: ${oneLine(note)}`)
  const files = await writeReports(report, mergeReports(settings.files, settings.configuredFiles, project.root), output)
  if (!isJson) output.lines(whereLines(report, project, files, output))
  return exitCode
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
