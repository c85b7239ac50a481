// `muster simulate`: the runs of the last weeks under each strategy. Nothing is run: each kept run is decided anew by the
// kernel itself, with the outcomes and times that were recorded.
import { exitCodes, MusterError, type RunRecord } from '@muster/core'
import { namesOf, wholeNumber } from '../../arguments/read-flags.ts'
import { type ComparedRun, compareRuns, linesOfComparison } from '../../simulate/compare-runs.ts'
import { namedStrategies, type StrategyName } from '../../strategy/strategy-names.ts'
import { countText } from '../../terminal/count-text.ts'
import type { Command, CommandContext } from '../command.ts'
import { keptRuns } from '../kept-runs.ts'
import { type KeptProject, withKept } from '../open-project.ts'
import { policyOfRun } from '../policy-of-run.ts'

const dayMs = 24 * 3_600_000

export const simulate: Command = (context) => withKept(context, async (kept) => compare(kept, context))

async function compare(kept: KeptProject, { invocation, output }: CommandContext): Promise<number> {
  const days = wholeNumber(invocation.values, 'days', 1) ?? 30
  const most = wholeNumber(invocation.values, 'limit', 1) ?? 200
  const slots = wholeNumber(invocation.values, 'slots', 1)
  const strategies = namesOf(invocation.values, 'strategy', namedStrategies) ?? namedStrategies
  const sinceMs = Date.now() - days * dayMs
  const records = (await kept.store.listRuns()).filter((run) => isOver(run) && run.createdAtWallMs >= sinceMs)
  const recent = records.slice(0, most)
  if (recent.length === 0) {
    throw new MusterError('RUN_UNKNOWN', {
      expected: `a finished run of the last ${countText(days, 'day')}`,
      got: 'none',
      remedy: 'Start one with `muster run`, or look further back with --days.',
    })
  }
  const runs: ComparedRun[] = []
  for (const { run } of recent) runs.push(await underEach(kept, run, { strategies, slots }))
  const comparison = compareRuns(runs, strategies)
  if (invocation.on.has('json')) output.out(`${JSON.stringify({ version: 1, days, ...comparison, runs })}\n`)
  else
    output.lines(
      linesOfComparison(comparison, {
        days,
        runs: runs.length,
        more: records.length - recent.length,
        slots,
      }),
    )
  return exitCodes.passed
}

async function underEach(
  kept: KeptProject,
  run: string,
  { strategies, slots }: { readonly strategies: readonly StrategyName[]; readonly slots: number | undefined },
): Promise<ComparedRun> {
  const makespansMs: Record<string, number> = {}
  let thenMs = 0
  let imputed = 0
  for (const strategy of strategies) {
    const policy = await policyOfRun(kept, strategy, undefined)
    const found = await keptRuns(kept, policy).whatIf(run, { slots })
    thenMs = found.then.makespanMs
    imputed = found.imputed.share
    makespansMs[strategy] = found.now.makespanMs
  }
  return { run, thenMs, makespansMs, imputed }
}

function isOver({ status }: RunRecord): boolean {
  return status === 'finished'
}
