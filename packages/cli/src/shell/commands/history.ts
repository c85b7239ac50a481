// `muster history`: the runs there are, one task's record, and care for the database.
import { factsOfSummary, readSummaries, recoveryHistory } from '@muster/analysis'
import { exitCodes, MusterError, nearestName, pruneArtifacts, systemClock } from '@muster/core'
import { checkSqlite, decideRetention } from '@muster/stores/sqlite'
import { wholeNumber } from '../../arguments/read-flags.ts'
import { renderRecoveries } from '../../recovery/render-recoveries.ts'
import { listRuns, renderRuns } from '../../runs/render-runs.ts'
import { renderTaskHistory } from '../../runs/render-task-history.ts'
import { countText } from '../../terminal/count-text.ts'
import { sizeText } from '../../terminal/size-text.ts'
import { artifactsPath } from '../artifacts-path.ts'
import { type KeptProject, withKept } from '../open-project.ts'
import type { Output } from '../output.ts'
import type { Command, CommandContext } from '../command.ts'
import { repairHistory } from '../repair-history.ts'
import { readNotes } from '../run-notes.ts'

const runsListed = 20

export const history: Command = (context) => withKept(context, async (kept) => lookBack(kept, context))

async function lookBack(kept: KeptProject, context: CommandContext): Promise<number> {
  const { values, on } = context.invocation
  const [word] = context.invocation.words
  if (word === 'recovery') return showRecovery(kept, context)
  if (word !== undefined) {
    const remedy = 'Use `muster history recovery`, or `muster history`; see `muster history --help`.'
    throw new MusterError('OPTIONS_INVALID', { expected: '`recovery`, or no word', got: word, remedy })
  }
  if (on.has('check')) return check(kept, context)
  if (on.has('repair')) return repairHistory(kept, context.output)
  const keep = wholeNumber(values, 'keep', 0)
  // What deletes must be sure of its file: here a configuration with a mistake is one too many.
  if (keep !== undefined && values['store'] === undefined) await kept.whole()
  if (keep === 0 && !on.has('yes')) {
    throw new MusterError('OPTIONS_INVALID', {
      expected: '--yes beside --keep 0, which deletes every run that is over',
      got: 'none',
      remedy: 'Add --yes, or keep some: --keep 1.',
    })
  }
  if (keep !== undefined) return deleteOld(kept, keep, context.output)
  const task = values['task']
  if (task !== undefined) return showTask(kept, task, context)
  return showRuns(kept, wholeNumber(values, 'limit', 1) ?? runsListed, context)
}

async function showRuns(
  { store, storePath }: KeptProject,
  limit: number,
  { invocation, output }: CommandContext,
): Promise<number> {
  const runs = listRuns(await store.listRuns(limit), await readNotes(store))
  if (invocation.on.has('json')) output.out(`${JSON.stringify({ version: 1, runs }, undefined, 2)}\n`)
  else if (runs.length === 0) output.lines([`No runs are kept in ${storePath} yet.`])
  else {
    const [titles = '', ...rows] = renderRuns(runs, localTime, output.columns())
    output.lines([output.look.paint('bold', titles), ...rows])
  }
  return exitCodes.passed
}

async function showRecovery({ store }: KeptProject, { invocation, output }: CommandContext): Promise<number> {
  const records = [...(await recoveryHistory(store)).values()]
  if (invocation.on.has('json')) output.out(`${JSON.stringify({ version: 1, recoveries: records }, undefined, 2)}\n`)
  else output.lines(renderRecoveries(records, output.columns()))
  return exitCodes.passed
}

async function showTask({ store }: KeptProject, id: string, { invocation, output }: CommandContext): Promise<number> {
  const summaries = await readSummaries(store)
  const found = summaries.filter((summary) => summary.id === id)
  if (found.length === 0) {
    const near = nearestName(
      id,
      summaries.map((summary) => summary.id),
    )
    throw new MusterError('TASK_UNKNOWN', {
      expected: 'the id of a task that has run',
      got: id,
      remedy: near === undefined ? 'See `muster plan` for the tasks there are.' : `Did you mean ${near}?`,
    })
  }
  if (invocation.on.has('json')) {
    const tasks = found.map((summary) => ({ ...summary, facts: factsOfSummary(summary) }))
    output.out(`${JSON.stringify({ version: 1, tasks }, undefined, 2)}\n`)
  } else for (const summary of found) output.lines(renderTaskHistory(summary, factsOfSummary(summary)))
  return exitCodes.passed
}

async function check({ storePath }: KeptProject, { invocation, output }: CommandContext): Promise<number> {
  const found = await checkSqlite(storePath)
  if (invocation.on.has('json')) output.out(`${JSON.stringify({ version: 1, path: storePath, check: found })}\n`)
  else if (found.isSound) output.lines([`${storePath} is sound.`])
  else {
    output.lines([
      `${storePath} is damaged:`,
      ...found.problems.map((problem) => `  ${problem}`),
      'Save what can be read with `muster history --repair`.',
    ])
  }
  return found.isSound ? exitCodes.passed : exitCodes.failed
}

async function deleteOld({ store, storePath }: KeptProject, keepRuns: number, output: Output): Promise<number> {
  const old = decideRetention(await store.listRuns(), { keepRuns, nowWallMs: systemClock().wallNow() })
  const gone = await store.deleteRuns(old)
  const spared = old.length - gone
  const runs = async (): Promise<readonly string[]> => (await store.listRuns()).map(({ run }) => run)
  const { objects, bytes } = await pruneArtifacts({ dir: artifactsPath(storePath), runs })
  const alive =
    spared === 0 ? '' : `; ${countText(spared, 'run')} still going on ${spared === 1 ? 'was' : 'were'} spared`
  output.lines([`Deleted ${countText(gone, 'run')}${alive}. What was learned from them stays.`])
  if (objects > 0)
    output.lines([`${countText(objects, 'artifact')} that no run names any more went with them (${sizeText(bytes)}).`])
  return exitCodes.passed
}

/** A wall time in this machine's zone: `2026-11-21 13:45`. */
function localTime(wallMs: number): string {
  const date = new Date(wallMs)
  const two = (n: number): string => String(n).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}
