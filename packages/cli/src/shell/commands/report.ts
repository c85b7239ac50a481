// `muster report`: the report of a past run, on the screen or in files.
import { exitCodes } from '@muster/core'
import { findRun } from '../find-run.ts'
import { summaryLines } from '../finish-run.ts'
import { keptRuns } from '../kept-runs.ts'
import { openProject } from '../open-project.ts'
import type { Command } from '../run-cli.ts'
import { writeReports } from '../write-reports.ts'

export const report: Command = async (context) => {
  const { invocation, output } = context
  const project = await openProject(context)
  const { run } = await findRun(project.store, invocation.words[0])
  const orchestrator = keptRuns(project)
  try {
    const found = await orchestrator.report(run)
    const { junit, json, ctrf, tap, markdown } = invocation.values
    const wanted = { junit, json, ctrf, tap, markdown }
    if (Object.values(wanted).every((file) => file === undefined)) {
      output.lines(summaryLines(found, output))
    } else {
      const written = await writeReports(found, wanted, '.', output)
      if (written.length > 0) output.say(`Written: ${written.join(', ')}.`)
    }
    return exitCodes.passed
  } finally {
    await orchestrator.close()
  }
}
