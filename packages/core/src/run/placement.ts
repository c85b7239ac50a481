// Which ready task goes to which worker next. Reads the run's state and asks the policy; changes neither. What it keeps for
// itself (queues, who sleeps and what would wake it) can always be rebuilt from the state, so none of it is journaled.
//
// Nothing here looks at all tasks or at all workers: tasks wait in one queue a class, and a class that found no place sleeps
// (`sleepers.ts` says on what) until a worker or ledger it was refused by gives something back.
import type { Policy, Rejection } from '../ports/policy.ts'
import { heldByCategory } from './breaker-keys.ts'
import { ClassHeap } from './class-heap.ts'
import { DueTimes } from './due-times.ts'
import type { GraphFacts } from './graph-facts.ts'
import { type Opinion, PolicyQuestions } from './policy-questions.ts'
import { ReadyQueue } from './ready-queue.ts'
import type { RunState } from './run-state.ts'
import { RefusedTasks, SleepingClasses, type WakeKind } from './sleepers.ts'
import type { TaskClass } from './task-classes.ts'
import { taskStatus } from './task-status.ts'

/** What the placement comes to next. */
export type Choice =
  | { readonly kind: 'launch'; readonly task: number; readonly worker: number }
  /** A worker in quarantine is the only one that could run what waits. */
  | { readonly kind: 'lift'; readonly worker: number }
  | { readonly kind: 'unplaceable'; readonly task: number; readonly missing: readonly string[] }

/** Why a class has nothing placed now. */
export type ClassObstacle =
  | { readonly kind: 'none' }
  | { readonly kind: 'capacity' }
  /** Workers with room are there, and breakers hold them up. */
  | { readonly kind: 'held' }
  | { readonly kind: 'ledger'; readonly ledger: string }
  | { readonly kind: 'no-worker'; readonly missing: readonly string[] }

/** Two tasks that workers have died under never share one: the next death tells which of them it was. */
const apart: Rejection = {
  by: 'the rule of suspects',
  because: 'a worker died under it, and on each worker with room runs another such task',
  wakesOn: 'capacity',
}

/** What a policy says that has no opinion. */
const anyWorker: Opinion = { kind: 'admitted', score: 0 }

/** Places ready tasks, one choice at a time. */
export class Placement {
  readonly #state: RunState
  readonly #policy: PolicyQuestions
  readonly #queues: ReadyQueue[] = []
  /** Classes that may have something to place; all others sleep, or have no task that is ready. */
  readonly #awake = new ClassHeap(this.#queues)
  /** Workers that suit a class and are not known to be full, by class. */
  readonly #open: number[][] = []
  /** Workers without room that may still take one ahead, by class. */
  readonly #ahead: Set<number>[] = []
  readonly #onWorkers = new SleepingClasses()
  readonly #onLedgers = new SleepingClasses()
  readonly #onBreakers = new SleepingClasses()
  /** Tasks that are not tried again before a breaker lets them, by breaker. */
  readonly #held = new Map<number, number[]>()
  /** Since when a class sleeps that no worker suits. */
  readonly #lonelySinceMs = new Map<number, number>()
  readonly #refused = new RefusedTasks()
  readonly due: DueTimes = new DueTimes()
  #workersKnown = 0

  constructor(state: RunState, policy: Policy) {
    this.#state = state
    this.#policy = new PolicyQuestions(state, policy)
  }

  /** What was worked out from the graph, for the policy. */
  get graph(): GraphFacts {
    return this.#policy.graph
  }

  set graph(graph: GraphFacts) {
    this.#policy.graph = graph
  }

  /** Takes in what changed since the last round. */
  refresh(): void {
    const { workers, ledgers, breakers, newlyReady } = this.#state
    this.#admitClasses()
    for (const worker of workers.changed.splice(0)) this.#workerChanged(worker)
    for (const worker of workers.released) this.#workerReleased(worker)
    workers.released.length = 0
    for (const ledger of ledgers.released) this.#wakeAll(this.#onLedgers.wake(ledger))
    ledgers.released.length = 0
    if (breakers.released.length > 0) this.#wakeHeld()
    for (const task of newlyReady) this.#enqueue(task)
    newlyReady.length = 0
  }

  /** The next thing to decide, or nothing until something changes. */
  next(nowMs: number): Choice | undefined {
    for (let handle = this.#awake.peek(); handle !== undefined; handle = this.#awake.peek()) {
      const choice = this.#tryFirstOf(handle, nowMs)
      if (choice !== undefined) return choice
    }
    return undefined
  }

  /** A class has waited long enough for a worker that suits it. */
  wakeLonely(taskClass: number): void {
    this.#wake(taskClass)
  }

  /** Tasks that the policy refused are asked about again. */
  wakeRejected(kind: WakeKind): void {
    for (const task of this.#refused.wake(kind)) this.#enqueue(task)
  }

  /** Why the policy refuses a ready task, where it does: as it said in the last round, or now, in a run that is only read. */
  rejection(task: number): Rejection | undefined {
    return this.#refused.lastOf(task) ?? this.#refusalNow(task)
  }

  /** What stands in the way of a class, for explanations. */
  obstacle(taskClass: TaskClass): ClassObstacle {
    const { workers, ledgers } = this.#state
    const full = this.#fullLedger(taskClass)
    if (full !== undefined) return { kind: 'ledger', ledger: ledgers.names[full] ?? '' }
    const missing = workers.missingEverywhere(taskClass)
    if (missing !== undefined) return { kind: 'no-worker', missing }
    for (let worker = 0; worker < workers.size; worker++) {
      if (workers.missing(worker, taskClass).length === 0 && workers.hasRoom(worker, taskClass.needs))
        return { kind: 'none' }
    }
    return { kind: workers.isAnyHeld(taskClass) ? 'held' : 'capacity' }
  }

  /** Decides about the first task of a class, or finds that it has to sleep or that another class goes first now. */
  #tryFirstOf(handle: number, nowMs: number): Choice | undefined {
    const queue = this.#queue(handle)
    const hasDropped = this.#dropStale(queue)
    const task = queue.peek()
    const taskClass = this.#state.classes.get(handle)
    if (task === undefined || taskClass === undefined || hasDropped) {
      this.#putInOrder(handle)
      return undefined
    }
    const full = this.#fullLedger(taskClass)
    if (full !== undefined) {
      this.#onLedgers.put(handle, full)
      this.#awake.remove(handle)
      return undefined
    }
    if (this.#state.breakers.shut.size > 0 && this.#isHeld(taskClass, task)) return undefined
    const worker = this.#pickWorker(taskClass, task) ?? this.#pickAhead(taskClass, task)
    const missing = worker === undefined ? this.#missingTooLong(taskClass, nowMs) : undefined
    if (worker === undefined && missing === undefined) {
      this.#awake.remove(handle)
      return undefined
    }
    const quarantined = missing === undefined ? undefined : this.#state.workers.quarantinedFor(taskClass)
    if (quarantined !== undefined) return { kind: 'lift', worker: quarantined }
    queue.pop()
    this.#putInOrder(handle)
    if (missing !== undefined) return { kind: 'unplaceable', task, missing }
    return worker === undefined || worker === 'refused' ? undefined : { kind: 'launch', task, worker }
  }

  /** Whether a breaker keeps the task from starting; then its class sleeps on that, or the task alone does. */
  #isHeld(taskClass: TaskClass, task: number): boolean {
    const { breakers } = this.#state
    const { handle, uses } = taskClass
    for (const key of uses) {
      const breaker = breakers.find(key)
      if (breaker === undefined || breakers.admits(breaker) > 0) continue
      this.#onBreakers.put(handle, breaker)
      this.#awake.remove(handle)
      return true
    }
    const breaker = heldByCategory(this.#state, task)
    if (breaker === undefined) return false
    this.#queue(handle).pop()
    this.#putInOrder(handle)
    const held = this.#held.get(breaker)
    if (held === undefined) this.#held.set(breaker, [task])
    else held.push(task)
    return true
  }

  /** Breakers let more through: whoever sleeps on them asks again, once. */
  #wakeHeld(): void {
    const { released } = this.#state.breakers
    for (const breaker of released) {
      this.#wakeAll(this.#onBreakers.wake(breaker))
      const held = this.#held.get(breaker)
      this.#held.delete(breaker)
      for (const task of held ?? []) this.#enqueue(task)
    }
    released.length = 0
  }

  #queue(taskClass: number): ReadyQueue {
    return (this.#queues[taskClass] ??= new ReadyQueue())
  }

  /** Another task is the first of the class now, or none is. */
  #putInOrder(taskClass: number): void {
    if (this.#queue(taskClass).size > 0) this.#awake.place(taskClass)
    else this.#awake.remove(taskClass)
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
  #workerChanged(worker: number): void {
    const { classes, workers } = this.#state
    this.#workersKnown = Math.max(this.#workersKnown, worker + 1)
    this.#wakeAll(this.#onWorkers.wake(worker))
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
    this.wakeRejected('worker')
    this.wakeRejected('capacity')
  }

  #workerReleased(worker: number): void {
    for (const taskClass of this.#onWorkers.wake(worker)) {
      this.#open[taskClass]?.push(worker)
      this.#wake(taskClass)
    }
    this.wakeRejected('capacity')
  }

  #wakeAll(classes: readonly number[]): void {
    for (const taskClass of classes) this.#wake(taskClass)
  }

  #wake(taskClass: number): void {
    if (this.#queue(taskClass).size > 0) this.#awake.place(taskClass)
  }

  /** A task waits for its turn, unless it moved on since it became ready or was refused. */
  #enqueue(task: number): void {
    const { tasks } = this.#state
    if (tasks.status(task) !== taskStatus.ready) return
    const taskClass = tasks.taskClass(task)
    this.#queue(taskClass).push(task, this.#policy.key(task))
    this.#awake.place(taskClass)
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

  #fullLedger(taskClass: TaskClass): number | undefined {
    return taskClass.ledgers.find((ledger) => !this.#state.ledgers.hasRoom(ledger))
  }

  /** A worker with room that the policy admits; workers without room are left out until they have some. */
  #pickWorker(taskClass: TaskClass, task: number): number | 'refused' | undefined {
    const open = (this.#open[taskClass.handle] ??= [])
    const { workers } = this.#state
    const isSuspect = this.#state.suspicion.size > 0 && this.#state.suspicion.has(task)
    const wish = this.#state.wishes.size > 0 ? this.#state.wishes.get(task) : undefined
    let best: number | undefined
    let isBestWished = false
    let bestScore = -Infinity
    let last: Rejection | undefined
    let wakesOn: Set<WakeKind> | undefined
    for (let i = 0; i < open.length;) {
      const worker = open[i] ?? 0
      if (!workers.hasRoom(worker, taskClass.needs)) {
        const moved = open.pop()
        if (moved !== undefined && i < open.length) open[i] = moved
        if (workers.state(worker) === 'joined') this.#sleepOn(worker, taskClass.handle)
        continue
      }
      if (isSuspect && this.#hasSuspect(worker)) {
        last = apart
        wakesOn = (wakesOn ?? new Set()).add(apart.wakesOn)
        i++
        continue
      }
      if (!this.#policy.isChoosy && wish === undefined) return worker
      const opinion = this.#policy.isChoosy ? this.#policy.opinion(task, worker) : anyWorker
      if (opinion.kind === 'refused') {
        last = opinion.rejection
        wakesOn = (wakesOn ?? new Set()).add(last.wakesOn)
      } else {
        const isWished = wish === undefined || this.#hasRun(task, worker) === (wish === 'same')
        const isBetter =
          opinion.score > bestScore || (opinion.score === bestScore && best !== undefined && worker < best)
        if (isWished === isBestWished ? isBetter : isWished || best === undefined) {
          best = worker
          isBestWished = isWished
          bestScore = opinion.score
        }
      }
      i++
    }
    if (best !== undefined || last === undefined || wakesOn === undefined) return best
    // Nobody was asked about workers that were full: room on one of them is a reason to ask, whatever the others said.
    if (this.#onWorkers.countOf(taskClass.handle) > 0) wakesOn.add('capacity')
    this.#refused.put(task, last, wakesOn)
    return 'refused'
  }

  /** A class waits for room on a worker, which may take one ahead until then. */
  #sleepOn(worker: number, taskClass: number): void {
    this.#onWorkers.put(taskClass, worker)
    if (this.#state.workers.definition(worker).prefetch !== undefined)
      (this.#ahead[taskClass] ??= new Set()).add(worker)
  }

  /**
   * A worker that takes the task to begin it later, where none has room. A task that is particular about its worker waits
   * until it can begin there.
   */
  #pickAhead(taskClass: TaskClass, task: number): number | undefined {
    const ahead = this.#ahead[taskClass.handle]
    const { workers, suspicion, wishes, settings } = this.#state
    if (ahead === undefined || suspicion.has(task) || wishes.has(task)) return undefined
    // What waits begins before a failure is known here, and such a run is to begin nothing after it.
    if (settings.maxFailures !== null) return undefined
    let best: number | undefined
    let bestScore = -Infinity
    for (const worker of ahead) {
      if (!workers.takesAhead(worker, taskClass.needs)) {
        ahead.delete(worker)
        continue
      }
      if (!this.#policy.isChoosy) return worker
      const opinion = this.#policy.opinion(task, worker)
      if (opinion.kind === 'refused' || opinion.score <= bestScore) continue
      best = worker
      bestScore = opinion.score
    }
    return best
  }

  /** Whether a task runs there that workers have died under. */
  #hasSuspect(worker: number): boolean {
    for (const other of this.#state.openSuspects.values()) if (other === worker) return true
    return false
  }

  /** Whether an attempt of the task has been on the worker. */
  #hasRun(task: number, worker: number): boolean {
    const { tasks, attempts } = this.#state
    for (let row = tasks.lastAttempt(task); row >= 0; row = attempts.before(row)) {
      if (attempts.worker(row) === worker) return true
    }
    return false
  }

  /** What the policy says now, where no worker with room would be given the task. */
  #refusalNow(task: number): Rejection | undefined {
    const { tasks, classes, workers } = this.#state
    const taskClass = classes.get(tasks.taskClass(task))
    if (!this.#policy.refuses || taskClass === undefined) return undefined
    let last: Rejection | undefined
    for (let worker = 0; worker < workers.size; worker++) {
      if (workers.missing(worker, taskClass).length > 0 || !workers.hasRoom(worker, taskClass.needs)) continue
      const opinion = this.#policy.opinion(task, worker)
      if (opinion.kind === 'admitted') return undefined
      last = opinion.rejection
    }
    return last
  }

  /** What the nearest worker lacks for a class, once one that suits it was waited for long enough. */
  #missingTooLong(taskClass: TaskClass, nowMs: number): readonly string[] | undefined {
    const { workers, settings } = this.#state
    const { handle } = taskClass
    const missing = workers.missingEverywhere(taskClass)
    if (missing === undefined) return undefined
    const { waitForWorkerMs } = settings
    const sinceMs = this.#lonelySinceMs.get(handle) ?? nowMs
    if (nowMs - sinceMs >= waitForWorkerMs) return missing
    if (!this.#lonelySinceMs.has(handle)) {
      this.#lonelySinceMs.set(handle, sinceMs)
      this.due.push({ atMs: sinceMs + waitForWorkerMs, kind: 'unplaceable', about: handle })
    }
    return undefined
  }
}
