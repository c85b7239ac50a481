// `muster report`: the report of a past run, on the screen or in files.
import { exitCodes, MusterError } from '@muster/core'
import type { Invocation } from '../../arguments/parse-arguments.ts'
import { findRun } from '../find-run.ts'
import { summaryLines, writtenLine } from '../finish-run.ts'
import { keptRuns } from '../kept-runs.ts'
import { type KeptProject, withKept } from '../open-project.ts'
import { isDriven } from '../../runs/standing.ts'
import type { Command, CommandContext } from '../command.ts'
import { withGroups } from '../with-groups.ts'
import { checkReports, writeReports } from '../write-reports.ts'

export const report: Command = (context) => withKept(context, async (kept) => show(kept, context))

async function show(kept: KeptProject, { invocation, output }: CommandContext): Promise<number> {
  const { run, owner, status } = await findRun(kept.store, invocation.words[0])
  const isRunning = isDriven({ status, owner })
  const { junit, ctrf, tap, html, trace, markdown } = invocation.values
  const json = jsonFileOf(invocation)
  const wanted = { junit, json, ctrf, tap, html, trace, markdown }
  await checkReports(wanted, kept.storePath)
  const { report: found, problem } = await withGroups(kept.store, await keptRuns(kept).report(run))
  if (problem !== undefined) output.say(`note: ${problem}`)
  if (Object.values(wanted).every((file) => file === undefined)) {
    const going = `Run ${run} is going on, driven by ${owner?.name ?? 'somebody'}; \`muster inspect ${run}\` looks into it.`
    output.lines(isRunning ? [going] : summaryLines(found, output))
  } else {
    if (isRunning) output.say(`note: run ${run} is going on; what is written is how far it has come.`)
    const written = await writeReports(found, wanted, { output, root: kept.root })
    if (written.length > 0) output.say(writtenLine(written, output))
  }
  return exitCodes.passed
}

/** `--json` and `--report-json` name one file: the second is its name in `muster run`. */
function jsonFileOf({ values }: Invocation): string | undefined {
  const { json, 'report-json': other } = values
  if (json === undefined || other === undefined || json === other) return json ?? other
  throw new MusterError('OPTIONS_INVALID', {
    expected: 'one file for the JSON report',
    got: `--json ${json} and --report-json ${other}`,
    remedy: 'Leave out one of the two.',
  })
}
