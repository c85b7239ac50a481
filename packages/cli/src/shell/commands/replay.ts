// `muster replay`: checks a journal against today's decisions.
import { type Entry, exitCodes } from '@muster/core'
import { strategyNames } from '@muster/scheduler'
import { oneOf } from '../../arguments/read-flags.ts'
import type { StrategyName } from '../../config/config.ts'
import { countOf } from '../../terminal/format-time.ts'
import { findRun } from '../find-run.ts'
import { keptRuns } from '../kept-runs.ts'
import { type Project, withProject } from '../open-project.ts'
import { strategyFor } from '../prepare.ts'
import type { Command, CommandContext } from '../command.ts'
import { findNote } from '../run-notes.ts'

const names: readonly StrategyName[] = ['fifo', 'longest-first', 'critical-path-first', 'resource-fit']

export const replay: Command = (context) => withProject(context, async (project) => decideAgain(project, context))

async function decideAgain(project: Project, { invocation, output }: CommandContext): Promise<number> {
  const { run } = await findRun(project.store, invocation.words[0])
  const note = await findNote(project.store, run)
  const asked = oneOf(invocation.values, 'strategy', names) ?? names.find((name) => name === note?.strategy) ?? 'fifo'
  const { config } = project
  const own =
    typeof config.strategy === 'object' && config.strategy.name === note?.strategy ? config.strategy : undefined
  const { policy } = await strategyFor(own ?? asked, { tasks: [], facts: {} })
  const result = await keptRuns(project, policy).replay(run)
  if (invocation.on.has('json')) {
    output.out(`${JSON.stringify({ version: 1, run, strategy: policy.name, ...result })}\n`)
  } else {
    const size = `${countOf(result.rows, 'commit')}, ${countOf(result.entries, 'entry', 'entries')}`
    const { parting } = result
    if (parting === undefined) output.lines([`Run ${run}: identical. ${size}, decided again with ${policy.name}.`])
    else {
      output.lines([
        `Run ${run} parts from today's decisions at commit ${String(parting.seq)} (${size}, decided again with ${policy.name}).`,
        `  recorded  ${entryText(parting.recorded)}`,
        `  today     ${entryText(parting.decided)}`,
        ...(note === undefined
          ? [`By which strategy it was decided is not known; try --strategy with one of ${strategyNames.join(', ')}.`]
          : []),
      ])
    }
  }
  return result.parting === undefined ? exitCodes.passed : exitCodes.failed
}

function entryText(entry: Entry | undefined): string {
  return entry === undefined ? 'nothing' : JSON.stringify(entry)
}
