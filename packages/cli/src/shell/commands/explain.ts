// `muster explain TASK`: why a task is where it is, from the newest run, or from the plan where there is none.
import { exitCodes, type Explanation, isMusterError, MusterError, nearestName, type RunRecord } from '@muster/core'
import { runSettings } from '../../arguments/run-settings.ts'
import { evidenceLines } from '../../board/evidence-lines.ts'
import { explainPlanned } from '../../plan/explain-planned.ts'
import { isDriven } from '../../runs/standing.ts'
import type { Look } from '../../terminal/look.ts'
import { oneLine } from '../../terminal/plain-text.ts'
import { findRun } from '../find-run.ts'
import { keptRuns } from '../kept-runs.ts'
import { makePlan } from '../make-plan.ts'
import { type KeptProject, withKept } from '../open-project.ts'
import { prepare } from '../prepare.ts'
import type { Command, CommandContext } from '../command.ts'

export const explain: Command = (context) => withKept(context, async (kept) => explainTask(kept, context))

async function explainTask(kept: KeptProject, context: CommandContext): Promise<number> {
  const { invocation, output } = context
  const task = invocation.words[0] ?? ''
  const { where, explanation } = await find(kept, task, context)
  if (invocation.on.has('json')) output.out(`${JSON.stringify({ version: 1, ...where, ...explanation })}\n`)
  else {
    const { paint } = output.look
    const place = where.run === undefined ? '' : `, in run ${where.run}`
    output.lines([
      `${paint('bold', oneLine(explanation.task))} ${paint('dim', `(${explanation.status}${place})`)}`,
      ...explanation.sentences.map((sentence) => `  ${oneLine(sentence)}`),
      ...(where.run === undefined
        ? []
        : await evidence(kept, where.run, task, { look: output.look, isWhole: invocation.on.has('verbose') })),
    ])
  }
  return exitCodes.passed
}

/** What the last failed attempt of the task left behind. */
async function evidence(
  kept: KeptProject,
  run: string,
  id: string,
  { look, isWhole }: { readonly look: Look; readonly isWhole: boolean },
): Promise<readonly string[]> {
  const { tasks } = await keptRuns(kept).report(run)
  const task = tasks.find((candidate) => candidate.id === id)
  return task === undefined ? [] : evidenceLines(task, look, isWhole)
}

interface Found {
  readonly where: { readonly run?: string | undefined }
  readonly explanation: Omit<Explanation, 'status'> & { readonly status: string }
}

async function find(kept: KeptProject, task: string, context: CommandContext): Promise<Found> {
  const { values } = context.invocation
  const runs = await kept.store.listRuns(1)
  if (values['run'] === undefined && runs.length === 0) return inPlan(kept, task, context)
  const record = await findRun(kept.store, values['run'])
  const { run } = record
  try {
    return { where: { run }, explanation: asItStands(await keptRuns(kept).explain(run, task), record) }
  } catch (error) {
    if (values['run'] !== undefined || !isMusterError(error) || error.code !== 'TASK_UNKNOWN') throw error
    const older = await inOlderRun(kept, task, run)
    if (older !== undefined) return older
    // A task that came after all of them is only in the plan.
    // The plan's own complaint names the nearest task there is.
    return inPlan(kept, task, context)
  }
}

/** Runs before the newest that are looked into for a task: each is read whole. */
const mostOlder = 20

/** The task in the newest run that has it, where the newest of all has not: a run may have selected others. */
async function inOlderRun(kept: KeptProject, task: string, newest: string): Promise<Found | undefined> {
  const runs = await kept.store.listRuns(mostOlder + 1)
  for (const record of runs) {
    if (record.run === newest) continue
    try {
      const explanation = asItStands(await keptRuns(kept).explain(record.run, task), record)
      const sentence = `The newest run, ${newest}, does not have it; this one is the newest that does.`
      return {
        where: { run: record.run },
        explanation: { ...explanation, sentences: [sentence, ...explanation.sentences] },
      }
    } catch (error) {
      if (!isMusterError(error) || error.code !== 'TASK_UNKNOWN') throw error
    }
  }
  return undefined
}

/** What the journal of a dead run calls running was cut off with its owner. */
function asItStands(explanation: Explanation, record: RunRecord): Found['explanation'] {
  const { run, status, owner } = record
  if (explanation.status === 'judged' || status !== 'open' || isDriven(record)) return explanation
  const gone = `The owner of the run${owner === undefined ? '' : `, ${owner.name},`} is gone`
  const sentence =
    explanation.status === 'running' ? `${gone}, and the attempt was cut off with it` : `${gone}, and nobody goes on`
  return {
    ...explanation,
    status: 'interrupted',
    sentences: [...explanation.sentences, `${sentence}; \`muster resume ${run}\` goes on with it.`],
  }
}

/** Tasks named like it but for their folders and the ends of their names, which people leave out. */
function nearByName(task: string, ids: readonly string[]): readonly string[] {
  const nameOf = (id: string): string => (id.slice(id.lastIndexOf('/') + 1).split('.')[0] ?? '').toLowerCase()
  const wanted = nameOf(task)
  if (nearestName(task, ids) !== undefined || wanted === '') return []
  const names = new Set(ids.map(nameOf))
  const near = names.has(wanted) ? wanted : nearestName(wanted, names)
  return near === undefined ? [] : ids.filter((id) => nameOf(id) === near)
}

async function inPlan(kept: KeptProject, task: string, { invocation, output }: CommandContext): Promise<Found> {
  const project = await kept.whole()
  const settings = runSettings(invocation, project.config)
  const prepared = await prepare(project, { settings, words: [], say: output.say })
  const view = makePlan(project, prepared)
  const ids = prepared.plan.tasks.map(({ id }) => id)
  // Half of a long path is not near the whole in letters, but it is what people type.
  const holding = ids.includes(task) ? [] : ids.filter((id) => id.includes(task))
  const near = ids.includes(task) || holding.length > 0 ? [] : nearByName(task, ids)
  const meant = [...holding, ...near]
  if (meant.length > 0) {
    const remedy = `Did you mean ${meant.slice(0, 3).join(', ')}${meant.length > 3 ? ', …' : ''}?`
    throw new MusterError('TASK_UNKNOWN', { expected: 'the whole id of a task', got: JSON.stringify(task), remedy })
  }
  // Throws with the nearest name where there is no such task.
  if (prepared.plan.graph.kind(task) === 'group') {
    throw new MusterError('TASK_UNKNOWN', { expected: 'the id of a task', got: `${task}, which is a group` })
  }
  return { where: {}, explanation: explainPlanned(view, task) }
}
