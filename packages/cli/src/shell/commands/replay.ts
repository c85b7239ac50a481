// `muster replay`: checks a journal against today's decisions.
import { type Entry, exitCodes, type Policy } from '@muster/core'
import { oneOf } from '../../arguments/read-flags.ts'
import { namedStrategies, type StrategyName } from '../../strategy/strategy-names.ts'
import { countOf } from '../../terminal/format-time.ts'
import { findRun } from '../find-run.ts'
import { keptRuns } from '../kept-runs.ts'
import { type KeptProject, withKept } from '../open-project.ts'
import { strategyFor } from '../prepare.ts'
import type { Command, CommandContext } from '../command.ts'
import { findNote } from '../run-notes.ts'

export const replay: Command = (context) => withKept(context, async (kept) => decideAgain(kept, context))

async function decideAgain(kept: KeptProject, { invocation, output }: CommandContext): Promise<number> {
  const { run } = await findRun(kept.store, invocation.words[0])
  const note = await findNote(kept.store, run)
  const policy = await policyOf(kept, oneOf(invocation.values, 'strategy', namedStrategies), note?.strategy)
  const result = await keptRuns(kept, policy).replay(run)
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
          ? [`By which strategy it was decided is not known; try --strategy with one of ${namedStrategies.join(', ')}.`]
          : []),
      ])
    }
  }
  return result.parting === undefined ? exitCodes.passed : exitCodes.failed
}

/** The strategy asked for, or the one that the run was decided by: one that comes with Muster, or the configuration's own. */
async function policyOf(
  kept: KeptProject,
  asked: StrategyName | undefined,
  noted: string | undefined,
): Promise<Policy> {
  const named = asked ?? namedStrategies.find((name) => name === noted)
  const own = named === undefined && noted !== undefined ? (await kept.whole()).config.strategy : undefined
  const strategy = typeof own === 'object' && own.name === noted ? own : (named ?? 'fifo')
  return (await strategyFor(strategy, { tasks: [], facts: {} })).policy
}

function entryText(entry: Entry | undefined): string {
  return entry === undefined ? 'nothing' : JSON.stringify(entry)
}
