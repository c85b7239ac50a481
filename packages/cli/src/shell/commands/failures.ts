// `muster failures`: the failures of a run by cause.
import { exitCodes } from '@muster/core'
import { renderGroups } from '../../failures/render-groups.ts'
import { findRun } from '../find-run.ts'
import { keptRuns } from '../kept-runs.ts'
import { withKept } from '../open-project.ts'
import type { Command } from '../command.ts'
import { withGroups } from '../with-groups.ts'

export const failures: Command = (context) =>
  withKept(context, async (kept) => {
    const { invocation, output } = context
    const { run } = await findRun(kept.store, invocation.words[0])
    const { report, problem } = await withGroups(kept.store, await keptRuns(kept).report(run))
    if (problem !== undefined) output.say(`note: ${problem}`)
    const detail = { tasks: report.tasks, isWhole: invocation.on.has('verbose') }
    if (invocation.on.has('json')) output.out(`${JSON.stringify({ run, ...report.failureGroups }, undefined, 2)}\n`)
    else output.lines([`Run ${run}`, ...renderGroups(report.failureGroups, output.look, detail)])
    return exitCodes.passed
  })
