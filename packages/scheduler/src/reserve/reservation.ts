// A reservation: a worker, a host or an amount of a resource that is kept for somebody for a time. Said beforehand, checked
// when it is said; what cannot be kept is told then, or as soon as the workers are known.
import { MusterError, type WorkerDefinition } from '@muster/core'

/** For whom something is kept; who meets all that is said. */
export interface ReservedFor {
  /** Id of a task. @defaultValue any */
  readonly task?: string | undefined
  /** Owner of tasks, those below it included: `web` is also for `web/checkout`. @defaultValue any */
  readonly owner?: string | undefined
  /** A tag, or a label that the task wants of its worker. @defaultValue any */
  readonly label?: string | undefined
}

/** Something that is kept for somebody. */
export interface Reservation {
  readonly id: string
  readonly for: ReservedFor
  /** Where: a worker by its id, or all workers of a host. @defaultValue all workers together */
  readonly worker?: string | undefined
  readonly host?: string | undefined
  /** Amounts by resource name, of the place as a whole. @defaultValue all that is there */
  readonly resources?: Readonly<Record<string, number>> | undefined
  /** Run time in milliseconds from which it is kept. @defaultValue `0` */
  readonly fromMs?: number | undefined
  /** Run time in milliseconds at which it is over. */
  readonly untilMs: number
}

/** A reservation that is fine in itself, or `OPTIONS_INVALID`. */
export function checkReservation(reservation: Reservation): Reservation {
  const { id, for: whom, fromMs = 0, untilMs, worker, host, resources = {} } = reservation
  if (typeof id !== 'string' || id === '') throw invalid('every reservation to have an id', 'none')
  const name = `reservation ${JSON.stringify(id)}`
  if (whom.task === undefined && whom.owner === undefined && whom.label === undefined)
    throw invalid(`${name} to be for a task, an owner or a label`, 'nobody', 'Name at least one of them under `for`.')
  if (worker !== undefined && host !== undefined) throw invalid(`${name} to name a worker or a host`, 'both')
  if (!(Number.isFinite(fromMs) && fromMs >= 0))
    throw invalid(`${name} to begin at a run time from 0 up`, String(fromMs))
  if (!(untilMs > fromMs) || untilMs === Infinity)
    throw invalid(`${name} to end at a run time after ${fromMs} ms`, String(untilMs), 'What never expires is a quota.')
  if (worker === undefined && host === undefined && reservation.resources === undefined)
    throw invalid(`${name} to keep a worker, a host or an amount`, 'all that there is')
  for (const [resource, amount] of Object.entries(resources)) {
    if (!(Number.isFinite(amount) && amount > 0))
      throw invalid(`${name} to keep a positive amount of ${resource}`, String(amount))
  }
  return reservation
}

/**
 * What of reservations cannot be kept on these workers, in words: places that are not there, and amounts that together are
 * more than there is at some time.
 *
 * @example
 * ```ts
 * const problems = findOverbooked([{ id: 'gpu', for: { owner: 'ml' }, resources: { gpu: 4 }, untilMs: 60_000 }], [])
 * ```
 */
export function findOverbooked(
  reservations: readonly Reservation[],
  workers: readonly WorkerDefinition[],
): readonly string[] {
  const problems: string[] = []
  for (const reservation of reservations) {
    if (workers.some((worker) => isPlaceOf(reservation, worker))) continue
    const place = reservation.worker === undefined ? `host ${String(reservation.host)}` : `worker ${reservation.worker}`
    problems.push(`${reservation.id} keeps ${place}, which is not there`)
  }
  // More can be wanted only from the moment on at which one of them begins.
  for (const reservation of reservations) {
    const atMs = reservation.fromMs ?? 0
    const active = reservations.filter(({ fromMs = 0, untilMs }) => fromMs <= atMs && atMs < untilMs)
    if (active.length < 2 && reservation.resources === undefined) continue
    for (const scope of active) {
      const pool = workers.filter((worker) => isPlaceOf(scope, worker))
      // All that is kept inside of this place, however it was named.
      const inside = active.filter((one) => {
        const places = workers.filter((worker) => isPlaceOf(one, worker))
        return places.length > 0 && places.every((worker) => pool.includes(worker))
      })
      for (const resource of new Set(
        pool.flatMap(({ capacity }) => Object.keys(capacity)).concat(Object.keys(scope.resources ?? {})),
      )) {
        const has = capacityOf(pool, resource)
        const wanted = inside.reduce((sum, one) => sum + amountOf(one, workers, resource), 0)
        if (wanted <= has) continue
        const problem = `${inside.map(({ id }) => id).join(', ')} keep ${wanted} ${resource} at ${atMs} ms where ${has} are`
        if (!problems.includes(problem)) problems.push(problem)
      }
    }
  }
  return problems
}

/** Whether a worker is a part of what is kept. */
export function isPlaceOf({ worker, host }: Reservation, { id, host: own = id }: WorkerDefinition): boolean {
  return worker === undefined ? host === undefined || host === own : worker === id
}

/** How much of a resource is kept. */
export function amountOf(reservation: Reservation, workers: readonly WorkerDefinition[], resource: string): number {
  if (reservation.resources !== undefined) return reservation.resources[resource] ?? 0
  return capacityOf(
    workers.filter((worker) => isPlaceOf(reservation, worker)),
    resource,
  )
}

/** How much of a resource some workers have together. */
export function capacityOf(workers: readonly WorkerDefinition[], resource: string): number {
  return workers.reduce((sum, { capacity }) => sum + (capacity[resource] ?? 0), 0)
}

function invalid(expected: string, got: string, remedy?: string): MusterError {
  return new MusterError('OPTIONS_INVALID', { expected, got, ...(remedy === undefined ? {} : { remedy }) })
}
