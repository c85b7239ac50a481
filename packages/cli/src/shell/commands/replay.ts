// `muster replay`: checks a journal against today's decisions.
import { type Entry, exitCodes } from '@muster/core'
import { oneOf } from '../../arguments/read-flags.ts'
import { namedStrategies } from '../../strategy/strategy-names.ts'
import { countText } from '../../terminal/count-text.ts'
import { findRun } from '../find-run.ts'
import { keptRuns } from '../kept-runs.ts'
import { type KeptProject, withKept } from '../open-project.ts'
import { policyOfRun } from '../policy-of-run.ts'
import type { Command, CommandContext } from '../command.ts'
import { findNote } from '../run-notes.ts'

export const replay: Command = (context) => withKept(context, async (kept) => decideAgain(kept, context))

async function decideAgain(kept: KeptProject, { invocation, output }: CommandContext): Promise<number> {
  const { run } = await findRun(kept.store, invocation.words[0])
  const note = await findNote(kept.store, run)
  const policy = await policyOfRun(kept, oneOf(invocation.values, 'strategy', namedStrategies), note?.strategy)
  const result = await keptRuns(kept, policy).replay(run)
  if (invocation.on.has('json')) {
    output.out(`${JSON.stringify({ version: 1, run, strategy: policy.name, ...result })}\n`)
  } else {
    const size = `${countText(result.rows, 'commit')}, ${countText(result.entries, 'entry', 'entries')}`
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

function entryText(entry: Entry | undefined): string {
  return entry === undefined ? 'nothing' : JSON.stringify(entry)
}
