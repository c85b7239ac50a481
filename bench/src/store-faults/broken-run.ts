// One run whose store breaks once. What it told anybody is written down as it is told; afterwards the file is read by a store that
// was never broken, the run goes on where it can, and what is there is held against what was told.
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foldRun, readSummaries } from '@muster/analysis'
import {
  createOrchestrator,
  defineExecutor,
  isMusterError,
  type RunReport,
  type Store,
  type TaskDefinition,
} from '@muster/core'
import { faultyStore } from '@muster/core/testing'
import { checkSqlite, sqlite } from '@muster/stores/sqlite'

/** In memory where there is such a place: what breaks here is not the disk, and hundreds of files are synced. */
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const tasks = 16
/** Nothing here takes longer than a moment: who waits so long hangs. */
const longestMs = 20_000
const run = 'r1'

/** What a broken run came to. */
export interface BrokenRun {
  /** What broke a promise, in words; empty where nothing did. */
  readonly violations: readonly string[]
  /** Whether the first part stopped by itself or came through. */
  readonly ending: 'came-through' | 'stopped' | 'hung'
}

/** Which part breaks: the run, a resume of one that had stopped half way, or the deletion of one that is over. */
export type Part = 'run' | 'resume' | 'delete'

/** What breaks, and where. */
export interface Break {
  readonly part: Part
  /** Wraps the store of that part. */
  readonly breaks: (store: Store, file: string) => Store
  /** Where the file is. @defaultValue a folder of its own */
  readonly dir?: string | undefined
}

/** Runs, breaks, reads, goes on and compares. */
export async function brokenRun({ part, breaks, dir }: Break): Promise<BrokenRun> {
  const folder = dir ?? mkdtempSync(join(place, 'store-faults-'))
  const notes = mkdtempSync(join(place, 'store-faults-notes-'))
  const [file, told, done] = [join(folder, 'muster.db'), join(notes, 'told'), join(notes, 'done')]
  writeFileSync(told, '')
  writeFileSync(done, '')
  try {
    const files = { file, told, done }
    if (part !== 'run') await before(part, files)
    const ending = await brokenPart(part, breaks, files)
    if (part === 'delete') return { ending, violations: await deletionProblems(file, told) }
    return {
      ending,
      violations: [...(ending === 'hung' ? ['the run hung'] : []), ...(await compared(files))],
    }
  } finally {
    rmSync(notes, { recursive: true })
    if (dir === undefined) rmSync(folder, { recursive: true })
  }
}

interface Files {
  readonly file: string
  /** A line for each verdict that was told. */
  readonly told: string
  /** A line for each body that ran to its end. */
  readonly done: string
}

/** What was there before: a run that stopped half way, or one that is over. */
async function before(part: Part, { file, told, done }: Files): Promise<void> {
  const store = faultyStore(sqlite(file), ({ method, seq = 0 }) =>
    part === 'resume' && method === 'append' && seq >= 6 ? 'fail' : undefined,
  )
  const { orchestrator, list } = madeOf(store, done)
  const going = orchestrator.run({ run, tasks: list })
  going.on('task-judged', tells(told))
  await going.report.catch(() => undefined)
  await store.close()
}

function tells(told: string): (event: { readonly task: string; readonly verdict: { readonly kind: string } }) => void {
  return ({ task, verdict }) => {
    appendFileSync(told, `${task} ${verdict.kind}\n`)
  }
}

async function brokenPart(
  part: Part,
  breaks: Break['breaks'],
  { file, told, done }: Files,
): Promise<BrokenRun['ending']> {
  let store: Store | undefined
  try {
    store = breaks(sqlite(file), file)
    if (part === 'delete') {
      appendFileSync(told, `deleted ${String(await store.deleteRuns([run]))}\n`)
      return 'came-through'
    }
    const { orchestrator, list } = madeOf(store, done)
    const going = part === 'run' ? orchestrator.run({ run, tasks: list }) : orchestrator.resume(run, { takeOver: true })
    going.on('task-judged', tells(told))
    const report = await within(going.report)
    if (report === 'hung') return 'hung'
    appendFileSync(told, 'report whole\n')
    const folded = await within(foldRun(store, report))
    if (folded === 'hung') return 'hung'
    appendFileSync(told, 'fold whole\n')
    return 'came-through'
  } catch (error) {
    // A refusal by name is what is asked for; anything else is a mistake of ours.
    if (!isMusterError(error)) appendFileSync(told, `odd ${String(error).replaceAll('\n', ' ')}\n`)
    return 'stopped'
  } finally {
    await within(store?.close() ?? Promise.resolve()).catch(() => undefined)
  }
}

function madeOf(
  store: Store,
  done: string,
): { readonly orchestrator: ReturnType<typeof createOrchestrator>; readonly list: readonly TaskDefinition[] } {
  const unit = defineExecutor<undefined, undefined>('unit', (task, context) => {
    if (task.id === 't3' && context.n === 1) throw new Error('once')
    appendFileSync(done, `${task.id}\n`)
    return undefined
  })
  const orchestrator = createOrchestrator({
    executors: [unit],
    store,
    retry: { maxAttempts: 2, baseDelayMs: 0 },
    slots: 2,
  })
  return {
    orchestrator,
    list: Array.from({ length: tasks }, (_, i) =>
      unit.task({ id: `t${i}`, ...(i === 0 ? {} : { dependsOn: [`t${i - 1}`] }) }),
    ),
  }
}

async function compared({ file, told, done }: Files): Promise<readonly string[]> {
  const lines = readFileSync(told, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  // Nothing was written where the very first write failed.
  const sound = existsSync(file) ? await checkSqlite(file) : { isSound: true, problems: [] }
  const violations = sound.isSound ? [] : [`the file is damaged: ${sound.problems.join(', ')}`]
  violations.push(
    ...lines.filter((line) => line.startsWith('odd ')).map((line) => `not refused by name: ${line.slice(4)}`),
  )
  const verdicts = lines.filter((line) => /^t\d/.test(line)).map((line) => line.split(' '))
  const isToldWhole = lines.includes('report whole')
  const store = sqlite(file)
  try {
    const record = await store.findRun(run)
    if (record === undefined) {
      if (verdicts.length > 0 || isToldWhole) violations.push('verdicts were told of a run that is not kept')
      return violations
    }
    const { orchestrator } = madeOf(store, done)
    const kept = await orchestrator.report(run)
    for (const [task, kind] of verdicts)
      if (kept.tasks.find(({ id }) => id === task)?.verdict?.kind !== kind)
        violations.push(`${task ?? ''} was told as ${kind ?? ''} and is not kept so`)
    if (isToldWhole && kept.ending !== 'finished')
      violations.push('a report was given of a run that is not kept as finished')
    const settled = new Set(kept.tasks.filter(({ verdict }) => verdict !== undefined).map(({ id }) => id))
    const ranBefore = bodiesOf(done)
    const whole = record.status === 'finished' ? kept : await goneOn(orchestrator)
    violations.push(...wholeProblems(whole), ...repeated(settled, ranBefore, bodiesOf(done)))
    violations.push(...(await foldProblems(store, whole, lines.includes('fold whole'))))
    return violations
  } catch (error) {
    // Its tasks never came to be recorded: it says so, and nothing was told or done.
    const isUnbegun = isMusterError(error) && error.code === 'RUN_UNKNOWN' && bodiesOf(done).length === 0
    if (isUnbegun && verdicts.length === 0 && !isToldWhole) return violations
    return [
      ...violations,
      `what is left cannot be gone on with: ${error instanceof Error ? error.message : String(error)}`,
    ]
  } finally {
    await store.close()
  }
}

/** A run that was deleted is gone, and one that was not is whole. */
async function deletionProblems(file: string, told: string): Promise<readonly string[]> {
  const wasTold = readFileSync(told, 'utf8').includes('deleted 1')
  const store = sqlite(file)
  try {
    const record = await store.findRun(run)
    if (record === undefined) return []
    const { tasks: kept } = await madeOf(store, join(tmpdir(), 'nothing-runs')).orchestrator.report(run)
    return [
      ...(wasTold ? ['a run was told as deleted and is there'] : []),
      ...(kept.length === tasks ? [] : [`${kept.length} of ${tasks} tasks are left of a run that was not deleted`]),
    ]
  } finally {
    await store.close()
  }
}

async function goneOn(orchestrator: ReturnType<typeof createOrchestrator>): Promise<RunReport> {
  const report = await within(orchestrator.resume(run, { takeOver: true }).report)
  if (report === 'hung') throw new Error('it hung')
  return report
}

/** A run that was killed before its tasks were added has none, and says so. */
function wholeProblems({ ending, tasks: all }: RunReport): readonly string[] {
  const missing =
    all.length === 0
      ? []
      : Array.from({ length: tasks }, (_, i) => `t${i}`).filter((id) => !all.some((task) => task.id === id))
  const open = all.filter(({ verdict }) => verdict?.kind !== 'passed' && verdict?.kind !== 'flaky').map(({ id }) => id)
  return [
    ...(ending === 'finished' ? [] : ['the run did not end']),
    ...[...missing, ...open].map((id) => `${id} has no passing verdict in the end`),
  ]
}

/** What was kept as over must not run again. */
function repeated(
  settled: ReadonlySet<string>,
  before: readonly string[],
  after: readonly string[],
): readonly string[] {
  const times = (ran: readonly string[], id: string): number => ran.filter((each) => each === id).length
  return [...settled]
    .filter((id) => times(after, id) > times(before, id))
    .map((id) => `${id} ran again after its verdict was kept`)
}

/** Each task counts once in the history, whatever became of the first fold. */
async function foldProblems(store: Store, report: RunReport, wasTold: boolean): Promise<readonly string[]> {
  const again = await foldRun(store, report)
  const counted = (await readSummaries(store)).map(
    ({ id, verdicts }) => [id, (verdicts.passed ?? 0) + (verdicts.flaky ?? 0)] as const,
  )
  return [
    ...(wasTold && again.kind !== 'already-folded' ? ['a fold was told that is not kept'] : []),
    ...counted.filter(([, runs]) => runs !== 1).map(([id, runs]) => `${id} counts ${runs} times in the history`),
    ...(counted.length === report.tasks.length
      ? []
      : [`${counted.length} of ${report.tasks.length} tasks are in the history`]),
  ]
}

function bodiesOf(done: string): readonly string[] {
  return readFileSync(done, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}

async function within<Value>(promise: Promise<Value>): Promise<Value | 'hung'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'hung'>((resolve) => {
    timer = setTimeout(() => resolve('hung'), longestMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
