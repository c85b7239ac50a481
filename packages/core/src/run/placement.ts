// Which ready task goes to which worker next. Reads the run's state and asks the policy; changes neither. What it keeps for
// itself (queues, who sleeps and what would wake it) can always be rebuilt from the state, so none of it is journaled.
//
// Nothing here looks at all tasks or at all workers: tasks wait in one queue a class, a class that found no place sleeps
// until a worker or ledger it was refused by gives something back.
import { MusterError } from '../errors/muster-error.ts'
import type { Policy, Rejection, TaskView, WorkerView } from '../ports/policy.ts'
import { ClassHeap } from './class-heap.ts'
import { DueTimes } from './due-times.ts'
import type { GraphFacts } from './graph-facts.ts'
import { type Key, ReadyQueue } from './ready-queue.ts'
import type { RunState } from './run-state.ts'
import type { TaskClass } from './task-classes.ts'
import { TaskOfRun } from './task-of-run.ts'
import { taskStatus } from './task-status.ts'

/** What the placement comes to next. */
export type Choice =
  | { readonly kind: 'launch'; readonly task: number; readonly worker: number }
  | { readonly kind: 'unplaceable'; readonly task: number; readonly missing: readonly string[] }

/** Why a class has nothing placed now. */
export type ClassObstacle =
  | { readonly kind: 'none' }
  | { readonly kind: 'capacity' }
  | { readonly kind: 'ledger'; readonly ledger: string }
  | { readonly kind: 'no-worker'; readonly missing: readonly string[] }

/** Places ready tasks, one choice at a time. */
export class Placement {
  readonly #state: RunState
  readonly #policy: Policy
  readonly #queues: ReadyQueue[] = []
  readonly #awake = new ClassHeap(this.#queues)
  /** Workers that may have room, by class. */
  readonly #open: number[][] = []
  /** Classes that found a worker without room, by worker; they are told when it has some again. */
  readonly #parkedOnWorker: number[][] = []
  /** On how many workers each class is parked. */
  readonly #parkings: number[] = []
  readonly #parkedOnLedger: (number[] | undefined)[] = []
  /** When a class without any fitting worker began to wait for one. */
  readonly #lonelySinceMs = new Map<number, number>()
  /** Tasks that the policy refused on every worker with room, and the kinds of change after which they are asked about again. */
  readonly #rejected = new Map<
    number,
    { readonly last: Rejection; readonly wakesOn: ReadonlySet<Rejection['wakesOn']> }
  >()
  readonly due: DueTimes = new DueTimes()
  graph: GraphFacts = {}
  #workersKnown = 0

  constructor(state: RunState, policy: Policy) {
    this.#state = state
    this.#policy = policy
  }

  /** Takes in what changed since the last round. */
  refresh(): void {
    const { workers, ledgers, newlyReady } = this.#state
    this.#admitClasses()
    for (const worker of workers.changed.splice(0)) this.#reconsider(worker)
    for (const worker of workers.released) this.#wakeParked(worker)
    workers.released.length = 0
    for (const ledger of ledgers.released) {
      for (const taskClass of this.#parkedOnLedger[ledger] ?? []) this.#wake(taskClass)
      this.#parkedOnLedger[ledger] = undefined
    }
    ledgers.released.length = 0
    for (const task of newlyReady) if (this.#state.tasks.status(task) === taskStatus.ready) this.#enqueue(task)
    newlyReady.length = 0
  }

  /** The next thing to decide, or nothing until something changes. */
  next(nowMs: number): Choice | undefined {
    for (let handle = this.#awake.peek(); handle !== undefined; handle = this.#awake.peek()) {
      const queue = this.#queue(handle)
      if (this.#dropStale(queue)) {
        // Another task is the first of its class now, and another class may go before it.
        if (queue.size > 0) this.#awake.place(handle)
        else this.#awake.remove(handle)
        continue
      }
      const task = queue.peek()
      const taskClass = this.#state.classes.get(handle)
      if (task === undefined || taskClass === undefined) {
        this.#awake.remove(handle)
        continue
      }
      const full = taskClass.ledgers.find((ledger) => !this.#state.ledgers.hasRoom(ledger))
      if (full !== undefined) {
        this.#awake.remove(handle)
        ;(this.#parkedOnLedger[full] ??= []).push(handle)
        continue
      }
      const worker = this.#pickWorker(taskClass, task)
      if (worker === 'rejected') {
        queue.pop()
        this.#awake.place(handle)
        continue
      }
      if (worker === undefined) {
        const choice = this.#withoutWorker(taskClass, task, nowMs)
        if (choice === undefined) this.#awake.remove(handle)
        else {
          queue.pop()
          this.#awake.place(handle)
          return choice
        }
        continue
      }
      queue.pop()
      if (queue.size === 0) this.#awake.remove(handle)
      else this.#awake.place(handle)
      return { kind: 'launch', task, worker }
    }
    return undefined
  }

  /** A class has waited long enough for a worker that fits. */
  wakeLonely(taskClass: number): void {
    this.#wake(taskClass)
  }

  /** Tasks that the policy refused are asked about again. */
  wakeRejected(on: Rejection['wakesOn']): void {
    for (const [task, { wakesOn }] of [...this.#rejected]) {
      if (!wakesOn.has(on)) continue
      this.#rejected.delete(task)
      if (this.#state.tasks.status(task) === taskStatus.ready) this.#enqueue(task)
    }
  }

  /** Why the policy refuses a ready task, where it does: as it said in the last round, or now, in a run that is only read. */
  rejection(task: number): Rejection | undefined {
    return this.#rejected.get(task)?.last ?? this.#refusalNow(task)
  }

  /** What stands in the way of a class, for explanations. */
  obstacle(taskClass: TaskClass): ClassObstacle {
    const full = taskClass.ledgers.find((ledger) => !this.#state.ledgers.hasRoom(ledger))
    if (full !== undefined) return { kind: 'ledger', ledger: this.#state.ledgers.names[full] ?? '' }
    const missing = this.#missing(taskClass)
    if (missing !== undefined) return { kind: 'no-worker', missing }
    const { workers } = this.#state
    for (let worker = 0; worker < workers.size; worker++) {
      if (workers.missing(worker, taskClass).length === 0 && workers.hasRoom(worker, taskClass.needs))
        return { kind: 'none' }
    }
    return { kind: 'capacity' }
  }

  #queue(taskClass: number): ReadyQueue {
    return (this.#queues[taskClass] ??= new ReadyQueue())
  }

  /** Classes that came up since the last round learn which workers they could use. */
  #admitClasses(): void {
    const { classes, workers } = this.#state
    for (const taskClass of classes.all.slice(this.#open.length)) {
      this.#queue(taskClass.handle)
      const open: number[] = []
      for (let worker = 0; worker < this.#workersKnown; worker++) {
        if (workers.missing(worker, taskClass).length === 0) open.push(worker)
      }
      this.#open.push(open)
    }
  }

  /** A worker joined, came back with something else to offer, or takes nothing more: whoever it concerns asks again. */
  #reconsider(worker: number): void {
    const { classes, workers } = this.#state
    this.#workersKnown = Math.max(this.#workersKnown, worker + 1)
    for (const taskClass of this.#takeParked(worker)) this.#wake(taskClass)
    for (const taskClass of classes.all) {
      const open = (this.#open[taskClass.handle] ??= [])
      const at = open.indexOf(worker)
      if (workers.missing(worker, taskClass).length > 0) {
        if (at >= 0) open.splice(at, 1)
        continue
      }
      if (at < 0) open.push(worker)
      this.#lonelySinceMs.delete(taskClass.handle)
      this.#wake(taskClass.handle)
    }
    if (this.#rejected.size === 0) return
    this.wakeRejected('worker')
    this.wakeRejected('capacity')
  }

  #park(taskClass: number, worker: number): void {
    ;(this.#parkedOnWorker[worker] ??= []).push(taskClass)
    this.#parkings[taskClass] = (this.#parkings[taskClass] ?? 0) + 1
  }

  #takeParked(worker: number): readonly number[] {
    const parked = this.#parkedOnWorker[worker]
    if (parked === undefined || parked.length === 0) return []
    this.#parkedOnWorker[worker] = []
    for (const taskClass of parked) this.#parkings[taskClass] = (this.#parkings[taskClass] ?? 0) - 1
    return parked
  }

  #wakeParked(worker: number): void {
    for (const taskClass of this.#takeParked(worker)) {
      this.#open[taskClass]?.push(worker)
      this.#wake(taskClass)
    }
    if (this.#rejected.size > 0) this.wakeRejected('capacity')
  }

  #wake(taskClass: number): void {
    if (this.#queue(taskClass).size > 0) this.#awake.place(taskClass)
  }

  #enqueue(task: number): void {
    const { tasks } = this.#state
    const taskClass = tasks.taskClass(task)
    const queue = this.#queue(taskClass)
    queue.push(task, this.#key(task))
    this.#awake.place(taskClass)
  }

  #key(task: number): Key {
    const key = this.#askKey(task)
    if (typeof key === 'number' ? Number.isNaN(key) : key.length === 0 || key.some((number) => Number.isNaN(number))) {
      throw new MusterError('POLICY_FAILED', {
        expected: `a key of numbers from policy ${this.#policy.name} for ${this.#state.tasks.id(task)}`,
        got: JSON.stringify(key, (_, value: unknown) => (Number.isNaN(value) ? 'NaN' : value)),
      })
    }
    return key
  }

  #askKey(task: number): Key {
    try {
      return this.#policy.key(this.#view(task))
    } catch (cause) {
      throw policyThrew(this.#policy, 'key', this.#state.tasks.id(task), cause)
    }
  }

  /** Takes tasks that are not ready any more off the front; says whether there were any. */
  #dropStale(queue: ReadyQueue): boolean {
    let hasDropped = false
    for (let task = queue.peek(); task !== undefined; task = queue.peek()) {
      if (this.#state.tasks.status(task) === taskStatus.ready) break
      queue.pop()
      hasDropped = true
    }
    return hasDropped
  }

  /** A worker with room that the policy admits; workers without room are left out until they have some. */
  #pickWorker(taskClass: TaskClass, task: number): number | 'rejected' | undefined {
    const open = (this.#open[taskClass.handle] ??= [])
    const { workers } = this.#state
    const asks = this.#policy.admit !== undefined || this.#policy.score !== undefined
    let best: number | undefined
    let bestScore = -Infinity
    let rejections: Rejection[] | undefined
    for (let i = 0; i < open.length;) {
      const worker = open[i] ?? 0
      if (!workers.hasRoom(worker, taskClass.needs)) {
        const last = open.pop()
        if (last !== undefined && i < open.length) open[i] = last
        if (workers.state(worker) === 'joined') this.#park(taskClass.handle, worker)
        continue
      }
      if (!asks) return worker
      const answer = this.#ask(task, worker)
      if (answer.rejection !== undefined) (rejections ??= []).push(answer.rejection)
      else if (answer.score > bestScore || (answer.score === bestScore && best !== undefined && worker < best)) {
        best = worker
        bestScore = answer.score
      }
      i++
    }
    const last = rejections?.at(-1)
    if (best !== undefined || rejections === undefined || last === undefined) return best
    const wakesOn = new Set(rejections.map((rejection) => rejection.wakesOn))
    // Nobody was asked about workers that were full: room on one of them is a reason to ask, whatever the others said.
    if ((this.#parkings[taskClass.handle] ?? 0) > 0) wakesOn.add('capacity')
    this.#rejected.set(task, { last, wakesOn })
    return 'rejected'
  }

  /** What the policy says now, where no worker with room would be given the task. */
  #refusalNow(task: number): Rejection | undefined {
    const { tasks, classes, workers } = this.#state
    const taskClass = classes.get(tasks.taskClass(task))
    if (this.#policy.admit === undefined || taskClass === undefined) return undefined
    let last: Rejection | undefined
    for (let worker = 0; worker < workers.size; worker++) {
      if (workers.missing(worker, taskClass).length > 0 || !workers.hasRoom(worker, taskClass.needs)) continue
      const { rejection } = this.#ask(task, worker)
      if (rejection === undefined) return undefined
      last = rejection
    }
    return last
  }

  #ask(task: number, worker: number): { readonly score: number; readonly rejection: Rejection | undefined } {
    const taskView = this.#view(task)
    const workerView = this.#workerView(worker)
    try {
      const rejection = this.#policy.admit?.(taskView, workerView)
      return { rejection, score: rejection === undefined ? (this.#policy.score?.(taskView, workerView) ?? 0) : 0 }
    } catch (cause) {
      throw policyThrew(this.#policy, 'admit or score', taskView.definition.id, cause)
    }
  }

  #view(task: number): TaskView {
    return new TaskOfRun(task, this.#state, this.graph)
  }

  #workerView(worker: number): WorkerView {
    const { workers } = this.#state
    return { definition: workers.definition(worker), free: (resource) => workers.freeByName(worker, resource) }
  }

  #withoutWorker(taskClass: TaskClass, task: number, nowMs: number): Choice | undefined {
    const missing = this.#missing(taskClass)
    if (missing === undefined) return undefined
    const { waitForWorkerMs } = this.#state.settings
    const since = this.#lonelySinceMs.get(taskClass.handle) ?? nowMs
    if (nowMs - since >= waitForWorkerMs) return { kind: 'unplaceable', task, missing }
    if (!this.#lonelySinceMs.has(taskClass.handle)) {
      this.#lonelySinceMs.set(taskClass.handle, since)
      this.due.push({ atMs: since + waitForWorkerMs, kind: 'unplaceable', about: taskClass.handle })
    }
    return undefined
  }

  /** What the nearest worker lacks for the class, or nothing where one could run it. */
  #missing(taskClass: TaskClass): readonly string[] | undefined {
    const { workers } = this.#state
    let nearest: readonly string[] = ['any worker']
    for (let worker = 0; worker < workers.size; worker++) {
      if (workers.state(worker) === 'left') continue
      const missing = workers.missing(worker, taskClass)
      if (missing.length === 0) return undefined
      if (nearest[0] === 'any worker' || missing.length < nearest.length) nearest = missing
    }
    return nearest
  }
}

function policyThrew(policy: Policy, method: string, task: string, cause: unknown): MusterError {
  return new MusterError('POLICY_FAILED', {
    expected: `policy ${policy.name} to answer ${method} for ${task}`,
    got: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause),
    cause,
  })
}
