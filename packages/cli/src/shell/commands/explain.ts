// `muster explain TASK`: why a task is where it is, from the newest run, or from the plan where there is none.
import { exitCodes, type Explanation, isMusterError, MusterError } from '@muster/core'
import { runSettings } from '../../arguments/run-settings.ts'
import { evidenceLines } from '../../board/evidence-lines.ts'
import { explainPlanned } from '../../plan/explain-planned.ts'
import type { Look } from '../../terminal/look.ts'
import { oneLine } from '../../terminal/plain-text.ts'
import { findRun } from '../find-run.ts'
import { keptRuns } from '../kept-runs.ts'
import { makePlan } from '../make-plan.ts'
import { type Project, withProject } from '../open-project.ts'
import { prepare } from '../prepare.ts'
import type { Command, CommandContext } from '../command.ts'

export const explain: Command = (context) => withProject(context, async (project) => explainTask(project, context))

async function explainTask(project: Project, context: CommandContext): Promise<number> {
  const { invocation, output } = context
  const task = invocation.words[0] ?? ''
  const { where, explanation } = await find(project, task, context)
  if (invocation.on.has('json')) output.out(`${JSON.stringify({ version: 1, ...where, ...explanation })}\n`)
  else {
    const { paint } = output.look
    const place = where.run === undefined ? '' : `, in run ${where.run}`
    output.lines([
      `${paint('bold', oneLine(explanation.task))} ${paint('dim', `(${explanation.status}${place})`)}`,
      ...explanation.sentences.map((sentence) => `  ${oneLine(sentence)}`),
      ...(where.run === undefined ? [] : await evidence(project, where.run, task, output.look)),
    ])
  }
  return exitCodes.passed
}

/** What the last failed attempt of the task left behind. */
async function evidence(project: Project, run: string, id: string, look: Look): Promise<readonly string[]> {
  const { tasks } = await keptRuns(project).report(run)
  const task = tasks.find((candidate) => candidate.id === id)
  return task === undefined ? [] : evidenceLines(task, look)
}

interface Found {
  readonly where: { readonly run?: string | undefined }
  readonly explanation: Omit<Explanation, 'status'> & { readonly status: string }
}

async function find(project: Project, task: string, context: CommandContext): Promise<Found> {
  const { values } = context.invocation
  const runs = await project.store.listRuns(1)
  if (values['run'] === undefined && runs.length === 0) return inPlan(project, task, context)
  const { run } = await findRun(project.store, values['run'])
  try {
    return { where: { run }, explanation: await keptRuns(project).explain(run, task) }
  } catch (error) {
    // A task that came after the newest run is only in the plan.
    if (values['run'] !== undefined || !isMusterError(error) || error.code !== 'TASK_UNKNOWN') throw error
    // The plan's own complaint names the nearest task there is.
    return inPlan(project, task, context)
  }
}

async function inPlan(project: Project, task: string, { invocation }: CommandContext): Promise<Found> {
  const prepared = await prepare(project, runSettings(invocation, project.config), [])
  const view = makePlan(project, prepared)
  // Throws with the nearest name where there is no such task.
  if (prepared.plan.graph.kind(task) === 'group') {
    throw new MusterError('TASK_UNKNOWN', { expected: 'the id of a task', got: `${task}, which is a group` })
  }
  return { where: {}, explanation: explainPlanned(view, task) }
}
