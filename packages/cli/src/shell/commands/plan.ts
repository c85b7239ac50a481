// `muster plan`: what would run, in which order, without running it.
import { exitCodes, MusterError } from '@muster/core'
import type { Invocation } from '../../arguments/parse-arguments.ts'
import { oneOf, wholeNumber } from '../../arguments/read-flags.ts'
import { runSettings } from '../../arguments/run-settings.ts'
import { renderPlan } from '../../plan/render-plan.ts'
import { shardLines } from '../../plan/shard-lines.ts'
import { makePlan } from '../make-plan.ts'
import { type Project, withProject } from '../open-project.ts'
import { prepare } from '../prepare.ts'
import type { Command, CommandContext } from '../command.ts'

const splits = ['duration', 'hash', 'slice'] as const

export const plan: Command = (context) => withProject(context, async (project) => show(project, context))

async function show(project: Project, { invocation, output }: CommandContext): Promise<number> {
  const shards = wholeNumber(invocation.values, 'shards', 1)
  if (shards === undefined) refuseWithoutShards(invocation)
  const formats = [
    ...['json', 'mermaid', 'dot'].filter((name) => invocation.on.has(name)),
    ...(shards === undefined ? [] : ['shards']),
  ].map((name) => `--${name}`)
  if (formats.length > 1) {
    throw new MusterError('OPTIONS_INVALID', {
      expected: 'one form of the plan',
      got: formats.join(' and '),
      remedy: 'Ask for one of them at a time.',
    })
  }
  const settings = runSettings(invocation, project.config)
  const prepared = await prepare(project, { settings, words: invocation.words, say: output.say })
  if (shards !== undefined) {
    const { partitionTests } = await import('@muster/scheduler')
    const by = oneOf(invocation.values, 'split-by', splits)
    const split = partitionTests(prepared.plan.tasks, { shards, facts: prepared.facts, by })
    output.out(`${shardLines(split, wholeNumber(invocation.values, 'shard', 1)).join('\n')}\n`)
  } else if (invocation.on.has('mermaid') || invocation.on.has('dot')) {
    const { toDot, toMermaid } = await import('@muster/core/graph')
    const { graph } = prepared.plan
    output.out(`${(invocation.on.has('dot') ? toDot(graph) : toMermaid(graph)).trimEnd()}\n`)
  } else {
    const view = makePlan(project, prepared)
    if (invocation.on.has('json')) output.out(`${JSON.stringify(view, undefined, 2)}\n`)
    else output.lines(renderPlan(view, output.columns(), output.look))
  }
  if (prepared.plan.tasks.length > 0) return exitCodes.passed
  output.say('Nothing would run: no task was found or selected.')
  return exitCodes['nothing-ran']
}

function refuseWithoutShards({ values }: Invocation): void {
  const flag = ['shard', 'split-by'].find((name) => values[name] !== undefined)
  if (flag === undefined) return
  throw new MusterError('OPTIONS_INVALID', {
    expected: '--shards beside it: how many there are',
    got: `--${flag} alone`,
    remedy: `Add --shards N, or leave out --${flag}.`,
  })
}
