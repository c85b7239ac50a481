// `muster what-if`: what would have become of a past run under another strategy, or with more slots.
import { exitCodes, type WhatIf } from '@muster/core'
import { oneOf, wholeNumber } from '../../arguments/read-flags.ts'
import { namedStrategies } from '../../strategy/strategy-names.ts'
import { countText } from '../../terminal/count-text.ts'
import { formatDuration } from '../../terminal/format-time.ts'
import type { Command, CommandContext } from '../command.ts'
import { findRun } from '../find-run.ts'
import { keptRuns } from '../kept-runs.ts'
import { type KeptProject, withKept } from '../open-project.ts'
import { policyOfRun } from '../policy-of-run.ts'
import { findNote } from '../run-notes.ts'

export const whatIf: Command = (context) => withKept(context, async (kept) => tryAnew(kept, context))

async function tryAnew(kept: KeptProject, { invocation, output }: CommandContext): Promise<number> {
  const { run } = await findRun(kept.store, invocation.words[0])
  const note = await findNote(kept.store, run)
  const policy = await policyOfRun(kept, oneOf(invocation.values, 'strategy', namedStrategies), note?.strategy)
  const slots = wholeNumber(invocation.values, 'slots', 1)
  const found = await keptRuns(kept, policy).whatIf(run, { slots })
  if (invocation.on.has('json')) output.out(`${JSON.stringify({ version: 1, ...found })}\n`)
  else output.lines(linesOf(found))
  return exitCodes.passed
}

function linesOf({ run, policy, then, now, imputed, parting }: WhatIf): readonly string[] {
  const saved = then.makespanMs - now.makespanMs
  const change =
    Math.round(saved) === 0 ? 'as long' : `${formatDuration(Math.abs(saved))} ${saved > 0 ? 'less' : 'more'}`
  return [
    `Run ${run} took ${formatDuration(then.makespanMs)}; decided anew with ${policy} it takes ${formatDuration(now.makespanMs)}, ${change}.`,
    ...now.workers.map(({ worker, slots, busyMs, attempts }) => {
      const share = now.makespanMs === 0 ? 0 : busyMs / (slots * now.makespanMs)
      return `  ${worker}: ${countText(slots, 'slot')}, ${String(Math.round(100 * share))}% busy, ${countText(attempts, 'attempt')}`
    }),
    parting === undefined
      ? '  Everything starts in the same order.'
      : `  The order parts at start ${String(parting.at)}: ${parting.then?.task ?? 'nothing'} then, ${parting.now?.task ?? 'nothing'} now.`,
    imputed.attempts === 0
      ? '  Every outcome and time is recorded.'
      : `  ${String(imputed.attempts)} of ${countText(now.attempts, 'attempt')} (${String(Math.ceil(100 * imputed.share))}%) are not recorded but assumed.`,
  ]
}
