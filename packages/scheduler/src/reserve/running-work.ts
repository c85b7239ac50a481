// What runs where, and until when it is expected to: a fold over what happened. Who outlives his bound is not taken for
// gone: his bound is doubled until it lies ahead again, so that a promise moves instead of being believed against the facts.
import type { Happening, TaskView, WorkerDefinition, WorkerView } from '@muster/core'
import { effectiveNeeds } from '../strategies/resource-fit.ts'
import { durationBound } from './duration-bound.ts'

/** An attempt that runs. */
export interface RunningAttempt {
  readonly task: TaskView
  readonly needs: Readonly<Record<string, number>>
  readonly startedMs: number
  readonly boundMs: number
}

/** What holds a part of a worker for a time. */
export interface Hold {
  readonly needs: Readonly<Record<string, number>>
  readonly fromMs: number
  readonly toMs: number
}

interface Place {
  readonly view: WorkerView
  readonly running: Map<number, RunningAttempt>
}

/** Workers of a run with what runs on them. */
export class RunningWork {
  readonly #assumedMs: number
  readonly #places = new Map<string, Place>()

  constructor(assumedMs: number) {
    this.#assumedMs = assumedMs
  }

  /** Workers that are there. */
  get workers(): readonly WorkerView[] {
    return Array.from(this.#places.values(), ({ view }) => view)
  }

  /** Takes in what happened. */
  observe(happening: Happening): void {
    const { kind } = happening
    if (kind === 'worker-joined') this.#placeOf(happening.worker)
    else if (kind === 'worker-left') this.#places.delete(happening.worker.definition.id)
    else if (kind === 'launched') {
      const { task, worker, atMs } = happening
      const needs = effectiveNeeds(task.definition)
      this.#placeOf(worker).running.set(task.handle, { task, needs, startedMs: atMs, boundMs: this.boundMs(task) })
    } else if (kind === 'ended' || kind === 'lost')
      this.#places.get(happening.worker.definition.id)?.running.delete(happening.task.handle)
  }

  /** How long an attempt of the task is expected to take at most. */
  boundMs({ definition, facts }: Pick<TaskView, 'definition' | 'facts'>): number {
    return durationBound(definition, facts, this.#assumedMs).ms
  }

  /** Attempts that run on a worker. */
  running(worker: string): Iterable<RunningAttempt> {
    return this.#places.get(worker)?.running.values() ?? []
  }

  /** What will be free of a resource at a time to come, as far as what runs now goes. */
  freeAt(view: WorkerView, resource: string, atMs: number, nowMs: number): number {
    let free = view.free(resource)
    if (atMs <= nowMs) return free
    for (const attempt of this.running(view.definition.id)) {
      if (endOf(attempt, nowMs) <= atMs) free += attempt.needs[resource] ?? 0
    }
    return free
  }

  /** The earliest time from which a worker has room for so long beside what runs and is held; never: `Infinity`. */
  earliestRoomMs(
    view: WorkerView,
    { needs, forMs, nowMs, holds }: Pick<Hold, 'needs'> & { forMs: number; nowMs: number; holds: readonly Hold[] },
  ): number {
    if (!suits(view.definition, needs)) return Infinity
    const times = [nowMs]
    for (const attempt of this.running(view.definition.id)) times.push(endOf(attempt, nowMs))
    for (const { toMs } of holds) times.push(toMs)
    times.sort((a, b) => a - b)
    for (const atMs of times) {
      if (atMs < nowMs) continue
      if (this.hasRoom(view, { needs, fromMs: atMs, toMs: atMs + forMs }, { nowMs, holds })) return atMs
    }
    return Infinity
  }

  /** Whether something can be held on a worker beside what runs there and other things that are held. */
  hasRoom(
    view: WorkerView,
    { needs, fromMs, toMs }: Hold,
    { nowMs, holds }: { nowMs: number; holds: readonly Hold[] },
  ): boolean {
    // What runs only becomes less; room can only vanish where another hold begins.
    const moments = [fromMs]
    for (const hold of holds) if (hold.fromMs > fromMs && hold.fromMs < toMs) moments.push(hold.fromMs)
    return moments.every((atMs) =>
      Object.entries(needs).every(([resource, amount]) => {
        let free = this.freeAt(view, resource, atMs, nowMs)
        for (const hold of holds) if (hold.fromMs <= atMs && atMs < hold.toMs) free -= hold.needs[resource] ?? 0
        return amount <= free + 1e-9
      }),
    )
  }

  #placeOf(view: WorkerView): Place {
    const { id } = view.definition
    const known = this.#places.get(id)
    if (known !== undefined && known.view.definition === view.definition) return known
    const place = { view, running: known?.running ?? new Map<number, RunningAttempt>() }
    this.#places.set(id, place)
    return place
  }
}

/** Whether a worker could ever have room for such needs. */
export function suits({ capacity }: WorkerDefinition, needs: Readonly<Record<string, number>>): boolean {
  return Object.entries(needs).every(([resource, amount]) => amount <= (capacity[resource] ?? 0))
}

/** When an attempt is expected to be over: by its bound, or by twice that, and so on, where it has outlived it. */
export function endOf({ startedMs, boundMs, task }: RunningAttempt, nowMs: number): number {
  if (startedMs + boundMs >= nowMs) return startedMs + boundMs
  const limitMs = startedMs + (task.definition.timeoutMs ?? Infinity)
  if (limitMs < nowMs) return nowMs + 1
  let ms = Math.max(1, boundMs)
  while (startedMs + ms < nowMs) ms *= 2
  return Math.min(startedMs + ms, limitMs)
}
