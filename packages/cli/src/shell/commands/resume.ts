// `muster resume`: goes on with a run that was interrupted or whose owner died.
import { historyFacts } from '@muster/analysis'
import { createOrchestrator, MusterError, type RunRecord } from '@muster/core'
import { toldCounts } from '@muster/core/model'
import { runSettings } from '../../arguments/run-settings.ts'
import { RunProgress } from '../../progress/run-progress.ts'
import { namedStrategies } from '../../strategy/strategy-names.ts'
import { countText } from '../../terminal/count-text.ts'
import { oneLine } from '../../terminal/plain-text.ts'
import { findRun } from '../find-run.ts'
import { findRunners } from '../find-runners.ts'
import { finishPartly, finishRun } from '../finish-run.ts'
import { keptRuns } from '../kept-runs.ts'
import { type Project, withProject } from '../open-project.ts'
import { orchestratorOptions, strategyFor } from '../prepare.ts'
import { isDriven } from '../../runs/standing.ts'
import type { Command, CommandContext } from '../command.ts'
import { findNote } from '../run-notes.ts'
import { keptFor, reporterFor, showRun } from '../show-run.ts'
import { reportsOfRun } from '../write-reports.ts'

export const resume: Command = (context) => withProject(context, async (project) => goOn(project, context))

async function goOn(project: Project, context: CommandContext): Promise<number> {
  const { invocation, output } = context
  const settings = runSettings(invocation, project.config)
  const reports = await reportsOfRun(project, settings)
  const record = await findRun(project.store, invocation.words[0], {
    fits: ({ status }) => status !== 'finished',
    words: 'a run that is open or was interrupted',
  })
  if (isDriven(record) && !invocation.on.has('take-over')) throw isGoingOn(record)
  const before = await keptRuns(project).report(record.run)
  const facts = await historyFacts(project.store, before.tasks)
  const found = await findRunners(project)
  const note = await findNote(project.store, record.run)
  const asked =
    typeof settings.strategy === 'object' ? settings.strategy : namedStrategies.find((name) => name === note?.strategy)
  const { strategy, policy } = await strategyFor(asked ?? settings.strategy, { tasks: before.tasks, facts })
  const orchestrator = createOrchestrator({
    ...orchestratorOptions(project, settings, found, policy),
    slots: settings.slots,
    facts: async () => facts,
  })
  try {
    const reporter = reporterFor(settings.reporter, settings.detail, output)
    const progress = new RunProgress({ tasks: before.tasks, facts }, keptFor(reporter, settings.detail))
    for (const { id, verdict, attempts } of before.tasks) {
      if (verdict !== undefined) progress.recall(id, verdict.kind, toldCounts(attempts))
    }
    progress.recallBreakers(before.breakers)
    const isJson = reporter === 'json'
    const { judged, total } = progress.tasks
    const head = `${output.look.paint('bold', oneLine(project.name))}: going on with run ${record.run}, ${String(judged)} of ${countText(total, 'task')} done`
    if (!isJson && settings.detail !== 'quiet') output.lines([head])
    const shown = showRun(() => orchestrator.resume(record.run, { takeOver: invocation.on.has('take-over') }), {
      progress,
      reporter,
      detail: settings.detail,
      output,
      project: project.name,
      strategy: strategy.name,
    })
    const report = await shown.catch((error: unknown) => ({ error }))
    if ('error' in report) return await finishPartly(report.error, { context, project, reports, isJson })
    return await finishRun({ context, project, settings, reports, report, strategy: strategy.name, isJson })
  } finally {
    await orchestrator.close()
  }
}

function isGoingOn({ run, owner }: RunRecord): MusterError {
  const isStopped = owner?.isStopped === true
  return new MusterError('RUN_OWNED', {
    expected: `run ${run} to have no living owner`,
    got: `${owner?.name ?? 'one'}, which ${isStopped ? 'is stopped and goes on when it is let' : 'drives it'}`,
    remedy: isStopped
      ? `Let it go on with \`fg\` in its terminal, or end it; to take the run from it all the same, add \`--take-over\`.`
      : `Look into it with \`muster inspect ${run}\`, or wait for its end; where you are sure that its owner is dead, add \`--take-over\`.`,
  })
}
