// `crash --kill coordinator`: one run, 200 coordinators, each killed at a seeded moment and followed by one that resumes.
// What was lost, recorded twice or repeated is counted by the witness and compared with the store at the end.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createOrchestrator, type Store } from '@muster/core'
import { checkSqlite, sqlite } from '@muster/stores/sqlite'
import type { BenchContext, BenchResult } from '../bench.ts'
import { inBenchFolder } from './bench-folder.ts'
import { countInCommit, countLosses } from './count-losses.ts'
import { type CrashOrder, crashRun, type KillMoment, ownerMark, ownerVariable } from './crash-order.ts'
import { dice } from './dice.ts'
import { type KeptEnd, readKeptEnds } from './kept-ends.ts'
import { nextMoment } from './kill-moments.ts'
import { reportedEnds } from './reported-ends.ts'
import { readWitness, type Witnessed } from './witness.ts'

/** How much is killed. */
export interface KillPlan {
  readonly tasks: number
  readonly kills: number
  readonly slots: number
}

const never: KillMoment = { kind: 'never' }

/** How one coordinator went. */
interface Life {
  readonly wasKilled: boolean
  /** Milliseconds from the start of its process to the first launch and to the first new end, both durable. */
  readonly launchedMs: number | undefined
  readonly acceptedMs: number | undefined
  /** Exit code and last words, where it ended by itself. */
  readonly ending: string | undefined
}

/** Kills one coordinator after another and counts what that cost. */
export function killCoordinator(context: BenchContext, plan: KillPlan): Promise<BenchResult> {
  return inBenchFolder('crash', async (folder) => {
    const left: number[] = []
    try {
      return await count(folder, await liveOn(context, { ...plan, folder, left }))
    } finally {
      for (const pid of left) process.kill(pid, 'SIGKILL')
    }
  })
}

interface Lives extends KillPlan {
  readonly folder: string
  /** Processes that were left behind on purpose. */
  readonly left: number[]
}

/** One coordinator after another, until one ends by itself. */
async function liveOn({ seed, plant, progress }: BenchContext, plan: Lives): Promise<readonly Life[]> {
  const { folder, left } = plan
  const roll = dice(seed)
  const lives: Life[] = []
  for (;;) {
    const owner = lives.length
    const { acknowledged } = readNow(join(folder, 'witness.log'))
    const ends = plan.tasks - new Set(acknowledged.map(({ task }) => task)).size
    const kills = plan.kills - lives.filter(({ wasKilled }) => wasKilled).length
    const moment = kills <= 0 ? never : nextMoment(roll, { ends, kills, isFirst: owner === 0 })
    const order: CrashOrder = { folder, owner, tasks: plan.tasks, slots: plan.slots, seed, moment, plant }
    const life = await live(order)
    lives.push(life)
    if (owner % 20 === 19)
      progress(`${String(owner + 1)} coordinators, ${String(ends)} of ${String(plan.tasks)} tasks open`)
    // A fault may well stop a resume, but not the beginning.
    if (life.ending !== undefined && (plant === undefined || owner === 0))
      throw new Error(`Coordinator ${String(owner)} ended with ${life.ending}`)
    if (!life.wasKilled) return lives
    if (plant === 'leave-process') left.push(leaveProcess(order))
  }
}

/** One coordinator from the start of its process to its end. */
function live(order: CrashOrder): Promise<Life> {
  const script = join(import.meta.dirname, '..', 'workers', 'crash-coordinator.ts')
  const startedAt = performance.now()
  const sinceStart = (): number => performance.now() - startedAt
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'pipe'] })
    let launchedMs: number | undefined
    let acceptedMs: number | undefined
    let words = ''
    child.stdout.on('data', (bytes: Buffer) => {
      const text = bytes.toString()
      if (text.includes('launched')) launchedMs ??= sinceStart()
      if (text.includes('accepted')) acceptedMs ??= sinceStart()
    })
    child.stderr.on('data', (bytes: Buffer) => {
      words = `${words}${bytes.toString()}`.slice(-2000)
    })
    const { moment } = order
    const timer = moment.kind === 'from-outside' ? setTimeout(() => child.kill('SIGKILL'), moment.afterMs) : undefined
    child.once('error', reject)
    // Not `close`: the next coordinator comes at once, whoever still holds the dead one's pipes.
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      const wasKilled = signal === 'SIGKILL'
      const ending = wasKilled || code === 0 ? undefined : `${signal ?? `exit code ${String(code)}`}: ${words}`
      child.stdout.destroy()
      child.stderr.destroy()
      resolve({ wasKilled, launchedMs, acceptedMs, ending })
    })
  })
}

/** What the report of the run shows. A journal that was spoilt on purpose may not come to a report. */
async function readReportedEnds(store: Store): Promise<readonly KeptEnd[] | string> {
  const muster = createOrchestrator({ store, executors: [] })
  try {
    return reportedEnds(await muster.report(crashRun))
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function count(folder: string, lives: readonly Life[]): Promise<BenchResult> {
  const file = join(folder, 'runs.db')
  const { isSound, problems } = await checkSqlite(file)
  const store = sqlite(file)
  const { ends, rows } = await readKeptEnds(store, crashRun)
  const reported = await readReportedEnds(store)
  await store.close()
  const witnessed = readNow(join(folder, 'witness.log'))
  const { lost, doubled, repeated } = countLosses(witnessed, ends, typeof reported === 'string' ? [] : reported)
  const inCommit = countInCommit(witnessed, ends)
  const resumes = lives.slice(1)
  const accepted = resumes.flatMap(({ acceptedMs }) => acceptedMs ?? [])
  const launched = resumes.flatMap(({ launchedMs }) => launchedMs ?? [])
  const alive = witnessed.aliveAtLaunch
  return {
    figures: {
      kills: lives.filter(({ wasKilled }) => wasKilled).length,
      kills_in_commit: inCommit.kills,
      lost,
      doubled,
      repeated,
      ...(accepted.length === 0 ? {} : { accept_p95_ms: quantile(accepted, 0.95) }),
      ...(launched.length === 0 ? {} : { launch_p95_ms: quantile(launched, 0.95) }),
      ...(alive.length === 0 ? {} : { alive_at_launch: alive.reduce((sum, more) => sum + more, 0) }),
      finished: Number(witnessed.isFinished && isSound && typeof reported !== 'string'),
    },
    notes: [
      `killed by their own hand: ${JSON.stringify(witnessed.deaths)}; the others from outside or a while after an end`,
      `${String(rows)} rows in the journal; ${String(inCommit.heard)} kills in a commit came after somebody had heard of it`,
      `accept_p95_ms: from the start of the process to the first new end that is durable and told, over the ${String(accepted.length)} resumes that lived so long; median ${quantile(accepted, 0.5).toFixed(0)} ms`,
      ...problems,
      ...(typeof reported === 'string' ? [`no report: ${reported}`] : []),
      ...lives.flatMap(({ ending }) => (ending === undefined ? [] : [`a coordinator ended with ${ending}`])),
    ],
  }
}

function readNow(witness: string): Witnessed {
  return readWitness(existsSync(witness) ? readFileSync(witness, 'utf8') : '')
}

/** A process that nobody ends, marked as one of the dead coordinator. */
function leaveProcess(order: CrashOrder): number {
  const env = { PATH: process.env['PATH'], [ownerVariable]: ownerMark(order) }
  const child = spawn('sleep', ['600'], { env, stdio: 'ignore', detached: true })
  child.unref()
  return child.pid ?? 0
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
