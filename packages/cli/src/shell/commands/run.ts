// `muster run`: find, plan, run, show, remember.
import { describeCgroups, exitCodes } from '@muster/core'
import { runSettings } from '../../arguments/run-settings.ts'
import { RunProgress } from '../../progress/run-progress.ts'
import { countText } from '../../terminal/count-text.ts'
import { oneLine } from '../../terminal/plain-text.ts'
import { wrapWords } from '../../terminal/wrap-words.ts'
import { finishPartly, finishRun } from '../finish-run.ts'
import { chainOf } from '../make-plan.ts'
import { type Project, withProject } from '../open-project.ts'
import { prepare } from '../prepare.ts'
import type { Command, CommandContext } from '../command.ts'
import { keepNote } from '../run-notes.ts'
import { keptFor, reporterFor, showRun } from '../show-run.ts'
import { withRecovery } from '../with-recovery.ts'
import { reportsOfRun } from '../write-reports.ts'

export const run: Command = (context) => withProject(context, async (project) => runTests(project, context))

async function runTests(project: Project, context: CommandContext): Promise<number> {
  const { invocation, output } = context
  const { settings, retry, notes, learned } = await withRecovery(
    project.store,
    runSettings(invocation, project.config),
    project.config.recovery,
  )
  const reports = await reportsOfRun(project, settings)
  const prepared = await prepare(project, { settings, words: invocation.words, say: output.say, isRun: true })
  const { orchestrator, plan, facts, strategy, slots, found, warnings } = prepared
  try {
    const reporter = reporterFor(settings.reporter, settings.detail, output)
    const isJson = reporter === 'json'
    const isQuiet = settings.detail === 'quiet'
    const tell = isJson || isQuiet ? output.say : (line: string): void => output.lines([line])
    if (!isJson && !isQuiet) {
      const { dot } = output.look.symbols
      const head = [`${countText(plan.tasks.length, 'task')} found by ${found.description}`, countText(slots, 'slot')]
      const name = oneLine(project.name)
      const words = `${name}: ${[...head, `${strategy.name} (${strategy.because})`].join(` ${dot} `)}`
      const [first = '', ...rest] = wrapWords(words, output.columns())
      const isWhole = first.startsWith(name)
      output.lines([isWhole ? output.look.paint('bold', name) + first.slice(name.length) : first, ...rest])
    }
    if (invocation.on.has('verbose') && !isJson) tell(describeCgroups(project.config.cgroups))
    const isVerbose = settings.detail === 'verbose'
    for (const warning of [...warnings, ...notes, ...(isVerbose ? learned : [])])
      tell(`${output.look.paint('yellow', 'note')}: ${oneLine(warning)}`)
    if (plan.tasks.length === 0) {
      const what =
        invocation.words.length === 0 ? 'no task was found' : `no task is selected by ${invocation.words.join(' ')}`
      output.say(`Nothing ran: ${what}. See \`muster plan\` for the tasks there are.`)
      return exitCodes['nothing-ran']
    }
    const criticalPathMs = plan.graph.edgeCount > 0 ? chainOf(plan.graph, facts).ms : undefined
    const kept = keptFor(reporter, settings.detail)
    const progress = new RunProgress({ tasks: plan.tasks, facts, criticalPathMs }, kept)
    let noting = Promise.resolve()
    const shown = showRun(
      () => {
        const started = orchestrator.run({ plan, seed: settings.seed, run: prepared.run })
        // Only helps; a store that cannot take it is told by the run itself.
        noting = keepNote(project.store, started.id, strategy.name).catch(() => undefined)
        return started
      },
      { progress, reporter, detail: settings.detail, output, project: project.name, strategy: strategy.name },
    )
    const report = await shown.catch((error: unknown) => ({ error }))
    if ('error' in report) return await finishPartly(report.error, { context, project, reports, isJson })
    await noting
    return await finishRun({ context, project, settings, reports, report, strategy: strategy.name, retry, isJson })
  } finally {
    await orchestrator.close()
  }
}
