// `muster report`: the report of a past run, on the screen or in files.
import { exitCodes } from '@muster/core'
import { findRun } from '../find-run.ts'
import { summaryLines } from '../finish-run.ts'
import { keptRuns } from '../kept-runs.ts'
import { type Project, withProject } from '../open-project.ts'
import type { Command, CommandContext } from '../command.ts'
import { mergeReports, writeReports } from '../write-reports.ts'

export const report: Command = (context) => withProject(context, async (project) => show(project, context))

async function show(project: Project, { invocation, output }: CommandContext): Promise<number> {
  const { run } = await findRun(project.store, invocation.words[0])
  const found = await keptRuns(project).report(run)
  const { junit, json, ctrf, tap, markdown } = invocation.values
  const wanted = { junit, json, ctrf, tap, summary: markdown }
  if (Object.values(wanted).every((file) => file === undefined)) output.lines(summaryLines(found, output))
  else {
    const written = await writeReports(found, mergeReports(wanted, {}, '.'), output)
    if (written.length > 0) output.say(`Written: ${written.join(', ')}.`)
  }
  return exitCodes.passed
}
