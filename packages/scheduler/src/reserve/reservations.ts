// Keeps what is reserved: whoever it is not for may start only where, for as long as he is expected to run, enough is left
// for those it is for. Nothing is taken from anybody who runs, so what lies ahead is looked at before a task starts.
import { MusterError, type TaskDefinition, type WorkerDefinition } from '@muster/core'
import { definePlugin, type Plugin, type PluginQuestion, refuse, type Refusal } from '../pipeline/plugin.ts'
import { amountOf, capacityOf, checkReservation, findOverbooked, isPlaceOf, type Reservation } from './reservation.ts'
import { endOf, RunningWork } from './running-work.ts'

/** How reservations are kept. */
export interface ReservationsOptions {
  /** Workers that will be there: what cannot be kept on them throws. @defaultValue not known yet */
  readonly workers?: readonly WorkerDefinition[] | undefined
  /** Milliseconds that a task is taken to last of which neither history, author nor a time limit says anything. @defaultValue `60_000` */
  readonly assumedMs?: number | undefined
  /** Hears, each once, what cannot be kept on the workers that have joined. @defaultValue nobody is told */
  readonly onOverbooked?: ((problem: string) => void) | undefined
}

/**
 * A plugin that keeps workers, hosts or amounts of resources for tasks, owners or labels, now or in time to come.
 *
 * Throws `OPTIONS_INVALID` for a reservation that is none, for two of one id, and for what cannot be kept on `workers`.
 *
 * @example
 * ```ts
 * reservations([{ id: 'release', for: { owner: 'release' }, worker: 'big', fromMs: 60_000, untilMs: 120_000 }])
 * ```
 */
export function reservations(list: readonly Reservation[], options: ReservationsOptions = {}): Plugin {
  const ids = new Set<string>()
  for (const reservation of list) {
    const { id } = checkReservation(reservation)
    if (ids.has(id))
      throw new MusterError('OPTIONS_INVALID', {
        expected: 'reservations of different ids',
        got: `two called ${JSON.stringify(id)}`,
      })
    ids.add(id)
  }
  const problems = options.workers === undefined ? [] : findOverbooked(list, options.workers)
  if (problems.length > 0) {
    throw new MusterError('OPTIONS_INVALID', {
      expected: 'reservations that can be kept together',
      got: problems.join('; '),
      remedy: 'Reserve less, at other times, or elsewhere.',
    })
  }
  return pluginOf(list, options)
}

function pluginOf(list: readonly Reservation[], options: ReservationsOptions): Plugin {
  const work = new RunningWork(options.assumedMs ?? 60_000)
  const told = new Set<string>()
  return definePlugin({
    name: 'reservations',
    reads: ['task', 'worker', 'time'],
    admit: (question) => admit(list, work, question),
    observe: (happening) => {
      work.observe(happening)
      if (happening.kind !== 'worker-joined' || options.onOverbooked === undefined) return undefined
      const workers = work.workers.map(({ definition }) => definition)
      for (const problem of findOverbooked(list, workers)) {
        if (problem.endsWith('which is not there') || told.has(problem)) continue
        told.add(problem)
        options.onOverbooked(problem)
      }
      return undefined
    },
    forRun: () => pluginOf(list, options),
  })
}

function admit(
  list: readonly Reservation[],
  work: RunningWork,
  { task, worker, nowMs }: PluginQuestion,
): Refusal | undefined {
  const endMs = nowMs + work.boundMs(task)
  const concerned = list.filter(
    (one) =>
      (one.fromMs ?? 0) < endMs &&
      nowMs < one.untilMs &&
      isPlaceOf(one, worker.definition) &&
      !isFor(one, task.definition),
  )
  if (concerned.length === 0) return undefined
  const workers = work.workers.map(({ definition }) => definition)
  for (const reservation of concerned) {
    const atMs = Math.max(nowMs, reservation.fromMs ?? 0)
    const pool = workers.filter((one) => isPlaceOf(reservation, one))
    for (const [resource, amount] of Object.entries(task.needs)) {
      const has = capacityOf(pool, resource)
      const kept = keptFor(list, { pool, workers, resource, atMs, task: task.definition })
      if (kept === 0) continue
      const used = usedByOthers(list, work, { pool, workers, resource, atMs, nowMs })
      if (used + amount <= has - kept) continue
      const begins =
        reservation.fromMs === undefined || reservation.fromMs <= nowMs ? '' : `from ${seconds(reservation.fromMs)} `
      const because = `${reservation.id} keeps ${resource} on ${worker.id} ${begins}until ${seconds(reservation.untilMs)}`
      // The next that ends may be one of another worker: whoever is asked last says when to ask again.
      const nextMs = Math.min(...list.map(({ untilMs }) => (untilMs > nowMs ? untilMs : Infinity)))
      return refuse(because, amount <= has - kept ? 'capacity' : 'time', nextMs)
    }
  }
  return undefined
}

interface Moment {
  readonly pool: readonly WorkerDefinition[]
  readonly workers: readonly WorkerDefinition[]
  readonly resource: string
  readonly atMs: number
}

/** What is kept of a resource, inside of a place and at a time, for others than a task. */
function keptFor(
  list: readonly Reservation[],
  { pool, workers, resource, atMs, task }: Moment & { task: TaskDefinition },
): number {
  let kept = 0
  for (const one of list) {
    if ((one.fromMs ?? 0) > atMs || atMs >= one.untilMs || isFor(one, task)) continue
    const isInside = workers.every((worker) => !isPlaceOf(one, worker) || pool.includes(worker))
    if (isInside) kept += amountOf(one, workers, resource)
  }
  return Math.min(kept, capacityOf(pool, resource))
}

/** What will be used there by then beyond what is kept for whoever uses it. */
function usedByOthers(
  list: readonly Reservation[],
  work: RunningWork,
  { pool, workers, resource, atMs, nowMs }: Moment & { nowMs: number },
): number {
  let used = 0
  const left = new Map<Reservation, number>()
  for (const { id } of pool) {
    for (const attempt of work.running(id)) {
      if (atMs > nowMs && endOf(attempt, nowMs) <= atMs) continue
      let amount = attempt.needs[resource] ?? 0
      for (const one of list) {
        if ((one.fromMs ?? 0) > atMs || atMs >= one.untilMs || !isFor(one, attempt.task.definition)) continue
        const own = left.get(one) ?? amountOf(one, workers, resource)
        left.set(one, Math.max(0, own - amount))
        amount = Math.max(0, amount - own)
      }
      used += amount
    }
  }
  return used
}

function isFor(
  { for: { task, owner, label } }: Reservation,
  { id, owner: own = '', tags = [], needs }: TaskDefinition,
): boolean {
  if (task !== undefined && task !== id) return false
  if (owner !== undefined && own !== owner && !own.startsWith(`${owner}/`)) return false
  return label === undefined || tags.includes(label) || needs?.labels?.includes(label) === true
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
