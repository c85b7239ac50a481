// Workers and what of them is in use. This is the owner's book: the worker's own slot table has the last word.
import { invariant } from '../errors/invariant.ts'
import type { WorkerDefinition } from '../model/worker.ts'
import type { Amount, ResourceNames, TaskClass } from './task-classes.ts'

/** A worker as the kernel keeps it. */
interface WorkerRow {
  definition: WorkerDefinition
  state: 'joined' | 'draining' | 'left'
  /** Which of its lives it is, where its engine says so. */
  incarnation: number | undefined
  /** Whether this life of it will take nothing more, whoever owns the run. */
  isLeaving: boolean
  readonly capacity: number[]
  readonly used: number[]
  open: number
  /** How many more attempts the breakers let it start now: any number, mostly. */
  starts: number
  /** Why it is given nothing more in this run, where it is not. */
  quarantine: string | undefined
}

/** Workers of a run by handle. */
export class WorkerTable {
  readonly #rows: WorkerRow[] = []
  readonly #handles = new Map<string, number>()
  readonly #resources: ResourceNames
  /** Open attempts on all workers, and how many there may be before nothing more is started. */
  #open = 0
  #most = Infinity
  /** Workers that got free capacity since the placement last looked. */
  readonly released: number[] = []
  /** Workers that joined, came back or take nothing more since the placement last looked. */
  readonly changed: number[] = []

  constructor(resources: ResourceNames) {
    this.#resources = resources
  }

  get size(): number {
    return this.#rows.length
  }

  handle(id: string): number | undefined {
    return this.#handles.get(id)
  }

  definition(worker: number): WorkerDefinition {
    return this.#row(worker).definition
  }

  state(worker: number): WorkerRow['state'] {
    return this.#row(worker).state
  }

  incarnation(worker: number): number | undefined {
    return this.#row(worker).incarnation
  }

  /** Whether it was told that this life of the worker drains or has left. A new owner knows it as well. */
  isLeaving(worker: number): boolean {
    return this.#row(worker).isLeaving
  }

  /** Open attempts on the worker. */
  open(worker: number): number {
    return this.#row(worker).open
  }

  /** A worker joins or comes back; what its open attempts hold stays in the book. */
  join(worker: number, definition: WorkerDefinition, incarnation: number | undefined): void {
    const capacity: number[] = []
    for (const name of Object.keys(definition.capacity)) {
      capacity[this.#resources.index(name)] = definition.capacity[name] ?? 0
    }
    for (let i = 0; i < capacity.length; i++) capacity[i] ??= 0
    const row = this.#rows[worker]
    if (row === undefined) {
      invariant(worker === this.#rows.length, 'worker handles count up without a gap')
      const life = { definition, state: 'joined', incarnation, isLeaving: false } as const
      this.#rows.push({ ...life, capacity, used: [], open: 0, starts: Infinity, quarantine: undefined })
      this.#handles.set(definition.id, worker)
    } else {
      row.definition = definition
      row.state = 'joined'
      row.incarnation = incarnation ?? row.incarnation
      row.isLeaving = false
      row.capacity.splice(0, row.capacity.length, ...capacity)
    }
    this.changed.push(worker)
  }

  leave(worker: number, state: 'draining' | 'left', incarnation: number | undefined): void {
    const row = this.#row(worker)
    row.state = state
    row.incarnation = incarnation ?? row.incarnation
    row.isLeaving = true
    this.changed.push(worker)
  }

  /** The sentence that put the worker out, or nothing where it takes part. */
  quarantine(worker: number): string | undefined {
    return this.#row(worker).quarantine
  }

  /** Puts the worker out of the run, or lets it take part again. */
  setQuarantine(worker: number, because: string | undefined): void {
    this.#row(worker).quarantine = because
    this.changed.push(worker)
  }

  /** Whether the breakers hold up a worker that has room for the class. */
  isAnyHeld(taskClass: TaskClass): boolean {
    return this.#rows.some(({ starts }, worker) => {
      if (starts > 0 || this.missing(worker, taskClass).length > 0) return false
      return taskClass.needs.every(({ resource, amount }) => this.free(worker, resource) >= amount - 1e-9)
    })
  }

  /** How many more attempts the breakers let it start now. */
  starts(worker: number): number {
    return this.#row(worker).starts
  }

  /** Whether it is there and given tasks. */
  isTaking(worker: number): boolean {
    return this.#isIn(worker) && this.#row(worker).starts === Infinity
  }

  /** The breakers let it start so many more. */
  allow(worker: number, starts: number): void {
    const row = this.#row(worker)
    if (starts > row.starts) this.released.push(worker)
    row.starts = starts
  }

  /** Nothing is started while so many attempts are open in all; `Infinity` where that holds nothing up. */
  limit(open: number): void {
    if (open > this.#most) this.#releaseAll()
    this.#most = open
  }

  /** Whether so many attempts are open that nothing more is started anywhere. */
  get isLimited(): boolean {
    return this.#open >= this.#most
  }

  /** A new owner has heard of no worker yet; what is known of their lives stays. */
  forgetAll(): void {
    for (const [worker, row] of this.#rows.entries()) {
      row.state = 'left'
      this.changed.push(worker)
    }
  }

  take(worker: number, needs: readonly Amount[]): void {
    const row = this.#row(worker)
    row.open++
    this.#open++
    for (const { resource, amount } of needs) row.used[resource] = (row.used[resource] ?? 0) + amount
  }

  /** Keeps something for a task that comes later, or gives it back; nothing runs on it meanwhile. */
  hold(worker: number, amounts: readonly Amount[], sign: 1 | -1): void {
    const { used } = this.#row(worker)
    for (const { resource, amount } of amounts) used[resource] = sign * amount + (used[resource] ?? 0)
  }

  give(worker: number, needs: readonly Amount[]): void {
    const row = this.#row(worker)
    row.open--
    this.#open--
    // An idle worker's book is balanced to zero exactly, so that sums of fractions never drift.
    if (row.open === 0) row.used.fill(0)
    else for (const { resource, amount } of needs) row.used[resource] = (row.used[resource] ?? 0) - amount
    if (this.#most === Infinity) this.released.push(worker)
    else this.#releaseAll()
  }

  /** Whoever waits for room on any worker asks again. */
  #releaseAll(): void {
    for (let worker = 0; worker < this.size; worker++) this.released.push(worker)
  }

  /** What is not in use; below zero where attempts wait for their slots. */
  free(worker: number, resource: number): number {
    const row = this.#row(worker)
    return (row.capacity[resource] ?? 0) - (row.used[resource] ?? 0)
  }

  /** Free amount by resource name, for policies. */
  freeByName(worker: number, name: string): number {
    return this.free(worker, this.#resources.index(name))
  }

  /** Whether the worker has room for the needs now. */
  hasRoom(worker: number, needs: readonly Amount[]): boolean {
    const row = this.#row(worker)
    if (row.state !== 'joined') return false
    if (row.starts <= 0) return false
    if (this.isLimited) return false
    for (const { resource, amount } of needs) {
      // A hair of tolerance: ten needs of 0.1 cpu fit on one cpu.
      if ((row.capacity[resource] ?? 0) - (row.used[resource] ?? 0) < amount - 1e-9) return false
    }
    return true
  }

  /** Whether the worker has no room for the needs and takes them all the same, to begin when something it runs has ended. */
  takesAhead(worker: number, needs: readonly Amount[]): boolean {
    const { starts, definition, capacity, used } = this.#row(worker)
    const { prefetch = 0 } = definition
    if (prefetch === 0 || starts <= 0 || this.isLimited || !this.#isIn(worker)) return false
    const slots = this.#resources.index('slots')
    return needs.every(({ resource, amount }) => {
      const limit = (capacity[resource] ?? 0) + (resource === slots ? prefetch : 0)
      return limit - (used[resource] ?? 0) >= amount - 1e-9
    })
  }

  /** Whether the worker is there and could run the class when it is idle. */
  suits(worker: number, taskClass: TaskClass): boolean {
    if (!this.#isIn(worker)) return false
    const { definition, capacity } = this.#row(worker)
    if (!definition.kinds.includes(taskClass.kind)) return false
    for (const label of taskClass.labels) if (definition.labels?.includes(label) !== true) return false
    for (const { resource, amount } of taskClass.needs) if ((capacity[resource] ?? 0) < amount - 1e-9) return false
    return true
  }

  /** What an idle worker of this kind lacks for the class; empty where it could run it. */
  missing(worker: number, taskClass: TaskClass): readonly string[] {
    const { definition, state, quarantine } = this.#row(worker)
    if (state !== 'joined') return [`worker ${definition.id} is ${state}`]
    if (quarantine !== undefined) return [`worker ${definition.id} is quarantined`]
    return this.#lacks(worker, taskClass)
  }

  /** A worker in quarantine that could run the class, if there is one. */
  quarantinedFor(taskClass: TaskClass): number | undefined {
    for (const [worker, { state, quarantine }] of this.#rows.entries()) {
      if (state === 'joined' && quarantine !== undefined && this.#lacks(worker, taskClass).length === 0) return worker
    }
    return undefined
  }

  /** Whether it is there, and not put out. */
  #isIn(worker: number): boolean {
    const { state, quarantine } = this.#row(worker)
    return state === 'joined' && quarantine === undefined
  }

  #lacks(worker: number, taskClass: TaskClass): readonly string[] {
    const { definition, capacity } = this.#row(worker)
    const missing: string[] = []
    if (!definition.kinds.includes(taskClass.kind)) missing.push(`kind ${taskClass.kind}`)
    for (const label of taskClass.labels) {
      if (definition.labels?.includes(label) !== true) missing.push(`label ${label}`)
    }
    for (const { resource, amount } of taskClass.needs) {
      const offered = capacity[resource] ?? 0
      if (offered < amount - 1e-9) {
        missing.push(`${this.#resources.names[resource] ?? ''} ${String(amount)} (has ${String(offered)})`)
      }
    }
    return missing
  }

  /** What the nearest worker lacks for the class, or nothing where one could run it. */
  missingEverywhere(taskClass: TaskClass): readonly string[] | undefined {
    let nearest: readonly string[] | undefined
    for (let worker = 0; worker < this.size; worker++) {
      if (this.suits(worker, taskClass)) return undefined
      if (this.state(worker) === 'left') continue
      const missing = this.missing(worker, taskClass)
      if (missing.length === 0) return undefined
      if (nearest === undefined || missing.length < nearest.length) nearest = missing
    }
    return nearest ?? ['any worker']
  }

  #row(worker: number): WorkerRow {
    const row = this.#rows[worker]
    invariant(row, 'a worker handle names a worker')
    return row
  }
}
