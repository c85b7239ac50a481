// Which ready task goes to which worker next. Reads the run's state and asks the policy; changes neither. What it keeps for
// itself (lines, who sleeps and what would wake it) can always be rebuilt from the state, so none of it is journaled.
//
// Nothing here looks at all tasks or at all workers: tasks wait in lines by class and lane, and a class that found no place
// sleeps (`sleepers.ts` says on what) until a worker or ledger it was refused by gives something back.
import type { Claim, Rejection } from '../ports/policy.ts'
import { heldByCategory } from './breaker-keys.ts'
import { ClaimSleepers } from './claim-sleepers.ts'
import { type Due, DueTimes } from './due-times.ts'
import type { GraphFacts } from './graph-facts.ts'
import { ledgerOfClaim } from './ledger-table.ts'
import type { PolicyQuestions } from './policy-questions.ts'
import type { ReadyQueue } from './ready-queue.ts'
import { ReadyLines } from './ready-lines.ts'
import type { RunState } from './run-state.ts'
import { RefusedTasks, SleepingClasses, type WakeKind } from './sleepers.ts'
import type { TaskClass } from './task-classes.ts'
import { taskStatus } from './task-status.ts'
import { type Place, WorkerLists } from './worker-lists.ts'

/** What the placement comes to next. */
export type Choice =
  | {
      readonly kind: 'launch'
      readonly task: number
      readonly worker: number
      readonly claims?: readonly Claim[] | undefined
    }
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

/** Places ready tasks, one choice at a time. */
export class Placement {
  readonly #state: RunState
  readonly #policy: PolicyQuestions
  readonly #lines = new ReadyLines()
  readonly #workers: WorkerLists
  readonly #onLedgers = new SleepingClasses()
  readonly #onBreakers = new SleepingClasses()
  readonly #onClaims = new ClaimSleepers()
  /** Tasks that are not tried again before a breaker lets them, by breaker. */
  readonly #held = new Map<number, number[]>()
  /** Since when a class sleeps that no worker suits. */
  readonly #lonelySinceMs = new Map<number, number>()
  readonly #refused = new RefusedTasks()
  /** The next run time at which a refused task is asked about again, by task. */
  readonly #askedAgainMs = new Map<number, number>()
  /** Lanes of the tasks that wait, where the policy has lanes; how many wait in each; and why a lane is shut. */
  readonly #laneOf = new Map<number, number>()
  readonly #waiting: number[] = []
  readonly #shut = new Map<number, Rejection>()
  readonly due: DueTimes = new DueTimes()
  /** Classes that may have a place on a worker which gave something back and are not awake for it, by worker. */
  readonly #pending = new Map<number, number[]>()
  /** Workers for which a class was woken that has not been decided about yet, by class. */
  readonly #offered = new Map<number, number[]>()
  #decided: number | undefined
  #isReordered = false
  #isRekeyDue = false

  constructor(state: RunState, policy: PolicyQuestions) {
    this.#state = state
    this.#policy = policy
    this.#workers = new WorkerLists(state, policy)
    if (!policy.hasLanes) this.#lines.setLaneKey(this.#lines.openLane(''), 0)
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
    for (const worker of workers.changed.splice(0)) this.#workerChanged(worker)
    this.#workers.admitClasses()
    if (workers.released.length > 0 && this.#shut.size > 0) this.#askShutLanes()
    for (const worker of workers.released) this.#workerReleased(worker)
    workers.released.length = 0
    if (ledgers.released.length > 0) this.#ledgersReleased()
    if (breakers.released.length > 0) this.#wakeHeld()
    for (const task of newlyReady) this.#enqueue(task)
    newlyReady.length = 0
  }

  /** The next thing to decide, or nothing until something changes. */
  next(nowMs: number): Choice | undefined {
    const { vacated } = this.#state
    while (vacated.length > 0) {
      const choice = this.#takePlace(vacated.shift() ?? -1)
      if (choice !== undefined) return choice
    }
    this.#offerAgain()
    for (let line = this.#lines.first(); line !== undefined; line = this.#lines.first()) {
      const taskClass = this.#lines.taskClass(line)
      const choice = this.#tryFirstOf(line, nowMs)
      if (this.#offered.size > 0 && this.#offered.has(taskClass)) this.#decided = taskClass
      // What was launched takes its room before others are offered what is left.
      if (choice !== undefined) return choice
      this.#offerAgain()
    }
    return undefined
  }

  /** Whether the task waits in a line, for a worker alone: nothing else stands in its way. */
  isWaiting(task: number): boolean {
    const { tasks, classes, breakers } = this.#state
    const taskClass = classes.get(tasks.taskClass(task))
    if (taskClass === undefined || tasks.status(task) !== taskStatus.ready) return false
    if (this.#policy.hasLanes && this.#shut.has(this.#laneOf.get(task) ?? -1)) return false
    if (this.#refused.lastOf(task) !== undefined || this.#onClaims.rejectionOf(task) !== undefined) return false
    if (this.#fullLedger(taskClass) !== undefined) return false
    return (
      breakers.shut.size === 0 ||
      (heldByBreaker(breakers, taskClass) ?? heldByCategory(this.#state, task)) === undefined
    )
  }

  /** Whether the policy admits the task to the worker, and what it claims there is free. */
  isAdmitted(task: number, worker: number): boolean {
    return !this.#policy.isChoosy || this.#policy.opinion(task, worker).kind === 'admitted'
  }

  /** The place that was kept for a task is free: it goes before all others, if it still waits and finds room. */
  #takePlace(task: number): Choice | undefined {
    const taskClass = this.#state.classes.get(this.#state.tasks.taskClass(task))
    if (taskClass === undefined || !this.isWaiting(task)) return undefined
    const place = this.#workers.pick(taskClass, task)
    if (place.kind !== 'found' || !this.#lines.remove(task, taskClass.handle)) return undefined
    this.#isReordered ||= this.#pending.size > 0
    this.#leave(task)
    const { worker, claims } = place
    return claims === undefined ? { kind: 'launch', task, worker } : { kind: 'launch', task, worker, claims }
  }

  /** Something that this placement waited for is due. */
  comeDue({ kind, about }: Due): void {
    if (kind === 'unplaceable') this.#lines.wake(about)
    else if (kind === 'rejection') this.#askAgain(about)
    else if (kind === 'lane') this.askLanes([this.#lines.laneName(about)])
    else if (kind === 'rekey') this.#rekey()
  }

  /** Tasks that the policy refused are asked about again. */
  wakeRejected(kind: WakeKind): void {
    for (const task of this.#refused.wake(kind)) this.#enqueue(task)
  }

  /** The policy is asked for the keys of these lanes; those in which no task ever waited do not count. */
  askLanes(names: readonly string[] | undefined): void {
    if (names === undefined) return
    for (const name of names) {
      const lane = this.#lines.findLane(name)
      if (lane !== undefined) this.#askLane(lane)
    }
  }

  /** Why the policy refuses a ready task, where it does: as it said in the last round, or now, in a run that is only read. */
  rejection(task: number): Rejection | undefined {
    const shut = this.#shut.size === 0 ? undefined : this.#shut.get(this.#laneOf.get(task) ?? -1)
    const said = shut ?? this.#refused.lastOf(task) ?? this.#onClaims.rejectionOf(task)
    if (said !== undefined) return said
    const taskClass = this.#state.classes.get(this.#state.tasks.taskClass(task))
    return taskClass === undefined ? undefined : this.#workers.refusal(taskClass, task)
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

  /** Decides about the first task of a line, or finds that it has to sleep or that another line goes first now. */
  #tryFirstOf(line: number, nowMs: number): Choice | undefined {
    const queue = this.#lines.queue(line)
    const taskClass = this.#state.classes.get(this.#lines.taskClass(line))
    const hasDropped = queue !== undefined && this.#dropStale(queue)
    const task = queue?.peek()
    if (queue === undefined || task === undefined || taskClass === undefined || hasDropped) {
      this.#lines.putInOrder(line)
      return undefined
    }
    const full = this.#fullLedger(taskClass)
    if (full !== undefined) {
      this.#onLedgers.put(taskClass.handle, full)
      this.#lines.sleep(taskClass.handle)
      this.#offerNext(task)
      return undefined
    }
    if (this.#state.breakers.shut.size > 0 && this.#isHeld(taskClass, task, line)) return undefined
    const place = this.#findPlace(taskClass, task)
    const missing = place.kind === 'full' ? this.#missingTooLong(taskClass, nowMs) : undefined
    if (place.kind === 'full' && missing === undefined) {
      this.#lines.sleep(taskClass.handle)
      this.#offerNext(task)
      this.#policy.passedOver(task)
      return undefined
    }
    const quarantined = missing === undefined ? undefined : this.#state.workers.quarantinedFor(taskClass)
    if (quarantined !== undefined) return { kind: 'lift', worker: quarantined }
    const key = place.kind === 'claimed' ? queue.peekKey() : undefined
    queue.pop()
    this.#lines.putInOrder(line)
    if (missing !== undefined) {
      this.#leave(task)
      return { kind: 'unplaceable', task, missing }
    }
    switch (place.kind) {
      case 'found': {
        const { worker, claims } = place
        this.#leave(task)
        return claims === undefined ? { kind: 'launch', task, worker } : { kind: 'launch', task, worker, claims }
      }
      case 'refused':
        this.#refuse(task, place)
        this.#offerNext(task)
        return undefined
      case 'claimed': {
        const { rejection, claim } = place
        const { amount = 1, limit } = claim
        const ledger = ledgerOfClaim(claim)
        // Before it sleeps: for the ledger that it had been woken for somebody else may have room.
        this.#offerNext(task)
        const alike = { taskClass: taskClass.handle, lane: this.#lines.lane(line), amount, limit }
        this.#onClaims.put(task, { ledger, ...alike, key: key ?? 0, rejection })
        return undefined
      }
      case 'full':
        return undefined
    }
  }

  #findPlace(taskClass: TaskClass, task: number): Place {
    const place = this.#workers.pick(taskClass, task)
    return place.kind === 'full' ? this.#workers.pickAhead(taskClass, task) : place
  }

  #refuse(task: number, { rejection, wakesOn, askAgainMs }: Extract<Place, { readonly kind: 'refused' }>): void {
    // Whatever it waits for: another worker may take it, and the last one that suited it may be gone.
    const reasons = new Set<WakeKind>([...wakesOn, 'worker'])
    if (askAgainMs !== undefined) {
      reasons.add('time')
      // One that comes earlier asks early, and is followed by another: a task refused a thousand times needs no thousand.
      const dueMs = this.#askedAgainMs.get(task)
      if (dueMs === undefined || askAgainMs < dueMs) {
        this.#askedAgainMs.set(task, askAgainMs)
        this.due.push({ atMs: askAgainMs, kind: 'rejection', about: task })
      }
    }
    this.#refused.put(task, rejection, reasons)
  }

  /** Asks again about a task whose time has come, if it still waits for that. */
  #askAgain(task: number): void {
    this.#askedAgainMs.delete(task)
    for (const woken of this.#refused.wakeOne(task)) this.#enqueue(woken)
  }

  /** Whether a breaker keeps the task from starting; then its class sleeps on that, or the task alone does. */
  #isHeld(taskClass: TaskClass, task: number, line: number): boolean {
    const { breakers } = this.#state
    const { handle } = taskClass
    const shut = heldByBreaker(breakers, taskClass)
    if (shut !== undefined) {
      this.#onBreakers.put(handle, shut)
      this.#lines.sleep(handle)
      this.#offerNext(task)
      return true
    }
    const breaker = heldByCategory(this.#state, task)
    if (breaker === undefined) return false
    this.#lines.queue(line)?.pop()
    this.#lines.putInOrder(line)
    this.#offerNext(task)
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

  /** Something was given back: locks and limits wake classes, claims the first that sleeps on them. */
  #ledgersReleased(): void {
    const { ledgers } = this.#state
    for (const ledger of ledgers.released) {
      this.#wakeAll(this.#onLedgers.wake(ledger))
      const name = ledgers.names[ledger] ?? ''
      if (!this.#onClaims.has(name)) continue
      const woken = this.#onClaims.wake(name, (amount, limit) => ledgers.hasRoomFor(ledger, amount, limit))
      for (const task of woken) this.#enqueueOrNext(task)
    }
    ledgers.released.length = 0
    this.wakeRejected('ledger')
  }

  /** A task that had been woken for a ledger has its place, or waits for something else: the next one may have its turn. */
  #offerNext(task: number): void {
    if (this.#onClaims.isIdle) return
    const { ledgers } = this.#state
    const next = this.#onClaims.next(task, (ledger, amount, limit) => {
      const handle = ledgers.find(ledger)
      return handle === undefined || ledgers.hasRoomFor(handle, amount, limit)
    })
    if (next !== undefined) this.#enqueueOrNext(next)
  }

  #enqueueOrNext(task: number): void {
    if (this.#state.tasks.status(task) === taskStatus.ready) this.#enqueue(task)
    else this.#offerNext(task)
  }

  /** A worker joined, came back with something else to offer, or takes nothing more: whoever it concerns asks again. */
  #workerChanged(worker: number): void {
    this.#pending.delete(worker)
    const { woken, suited } = this.#workers.changed(worker)
    this.#wakeAll(woken)
    for (const taskClass of suited) {
      this.#lonelySinceMs.delete(taskClass)
      this.#lines.wake(taskClass)
    }
    this.wakeRejected('worker')
    this.wakeRejected('capacity')
    for (const task of this.#onClaims.wakeAll()) this.#enqueue(task)
  }

  #workerReleased(worker: number): void {
    const woken = this.#workers.released(worker)
    if (woken.length > 0) {
      const pending = this.#pending.get(worker)
      if (pending === undefined) this.#pending.set(worker, woken)
      else for (const taskClass of woken) pending.push(taskClass)
      this.#offer(worker)
    }
    this.wakeRejected('capacity')
  }

  /** The class was decided about for which workers had been offered: they are offered to those that come next. */
  #offerAgain(): void {
    if (this.#isReordered) {
      // Lanes go otherwise than when workers were offered: who goes first now of those that wait for one is woken as well.
      this.#isReordered = false
      for (const worker of [...this.#pending.keys()]) this.#offer(worker)
    }
    const taskClass = this.#decided
    if (taskClass === undefined) return
    this.#decided = undefined
    const workers = this.#offered.get(taskClass) ?? []
    this.#offered.delete(taskClass)
    for (const worker of workers) this.#offer(worker)
  }

  /**
   * Wakes the one class, of those that may have a place on the worker, whose first task goes first. Hundreds may wait for
   * it, and after one or two of them it is full again: they would all be asked in vain.
   */
  #offer(worker: number): void {
    const pending = this.#pending.get(worker)
    if (pending === undefined) return
    const { workers, classes } = this.#state
    let kept = 0
    let best: number | undefined
    let bestLine: number | undefined
    for (const taskClass of pending) {
      const needs = classes.get(taskClass)?.needs ?? []
      if (!workers.hasRoom(worker, needs) && !workers.takesAhead(worker, needs)) {
        this.#workers.putBack(taskClass, worker)
        continue
      }
      // Where nothing of it waits, or it is awake, it has the worker on its list and finds it by itself.
      const line = this.#lines.firstAsleep(taskClass)
      if (line === undefined || !this.#workers.isOpen(taskClass, worker)) continue
      pending[kept++] = taskClass
      if (bestLine !== undefined && this.#lines.compare(bestLine, line) < 0) continue
      best = taskClass
      bestLine = line
    }
    pending.length = kept
    if (best === undefined) {
      this.#pending.delete(worker)
      return
    }
    pending.splice(pending.indexOf(best), 1)
    const offered = this.#offered.get(best)
    if (offered === undefined) this.#offered.set(best, [worker])
    else offered.push(worker)
    this.#lines.wake(best)
  }

  #wakeAll(classes: readonly number[]): void {
    for (const taskClass of classes) this.#lines.wake(taskClass)
  }

  /** A task waits for its turn, unless it moved on since it became ready or was refused. */
  #enqueue(task: number): void {
    const { tasks } = this.#state
    if (tasks.status(task) !== taskStatus.ready) {
      this.#leave(task)
      return
    }
    const taskClass = tasks.taskClass(task)
    const lane = this.#policy.hasLanes ? this.#enterLane(task) : 0
    this.#lines.push(task, { taskClass, lane, key: this.#policy.key(task) })
    const { rekeyEveryMs } = this.#policy
    if (rekeyEveryMs === undefined || this.#isRekeyDue) return
    this.#isRekeyDue = true
    this.due.push({ atMs: this.#state.atMs + rekeyEveryMs, kind: 'rekey', about: 0 })
  }

  /** All that wait get a key of now, and again later while any of them waits. */
  #rekey(): void {
    const { rekeyEveryMs } = this.#policy
    this.#isRekeyDue = false
    if (rekeyEveryMs === undefined) return
    const waiting = this.#lines.rekey((task) => this.#policy.key(task))
    if (waiting === 0) return
    this.#isRekeyDue = true
    this.due.push({ atMs: this.#state.atMs + rekeyEveryMs, kind: 'rekey', about: 0 })
  }

  /** The lane in which a task waits; the policy hears of the first that waits there. */
  #enterLane(task: number): number {
    const known = this.#laneOf.get(task)
    if (known !== undefined) return known
    const name = this.#policy.lane(task)
    const isNew = this.#lines.findLane(name) === undefined
    const lane = this.#lines.openLane(name)
    this.#laneOf.set(task, lane)
    const waiting = (this.#waiting[lane] ?? 0) + 1
    this.#waiting[lane] = waiting
    if (waiting === 1) this.askLanes(this.#policy.observe({ kind: 'lane-filled', atMs: this.#state.atMs, lane: name }))
    if (isNew) this.#askLane(lane)
    return lane
  }

  /** The task waits no more. */
  #leave(task: number): void {
    this.#offerNext(task)
    const lane = this.#policy.hasLanes ? this.#laneOf.get(task) : undefined
    if (lane === undefined) return
    this.#laneOf.delete(task)
    const waiting = (this.#waiting[lane] ?? 1) - 1
    this.#waiting[lane] = waiting
    if (waiting > 0) return
    const name = this.#lines.laneName(lane)
    this.askLanes(this.#policy.observe({ kind: 'lane-emptied', atMs: this.#state.atMs, lane: name }))
  }

  #askShutLanes(): void {
    for (const lane of [...this.#shut.keys()]) this.#askLane(lane)
  }

  #askLane(lane: number): void {
    const answer = this.#policy.laneKey(this.#lines.laneName(lane))
    if (answer.kind === 'open') {
      this.#shut.delete(lane)
      this.#lines.setLaneKey(lane, answer.key)
      this.#isReordered ||= this.#pending.size > 0
      return
    }
    const { rejection } = answer
    this.#shut.set(lane, rejection)
    this.#lines.setLaneKey(lane, undefined)
    this.#isReordered ||= this.#pending.size > 0
    if (rejection.atMs !== undefined && rejection.atMs > this.#state.atMs)
      this.due.push({ atMs: rejection.atMs, kind: 'lane', about: lane })
  }

  /** Takes tasks that are not ready any more off the front; says whether there were any. */
  #dropStale(queue: ReadyQueue): boolean {
    let hasDropped = false
    for (let task = queue.peek(); task !== undefined; task = queue.peek()) {
      if (this.#state.tasks.status(task) === taskStatus.ready) break
      queue.pop()
      this.#leave(task)
      hasDropped = true
    }
    return hasDropped
  }

  #fullLedger(taskClass: TaskClass): number | undefined {
    return taskClass.ledgers.find((ledger) => !this.#state.ledgers.hasRoom(ledger))
  }

  /** What the nearest worker lacks for a class, once one that suits it was waited for long enough. */
  #missingTooLong(taskClass: TaskClass, nowMs: number): readonly string[] | undefined {
    const { workers, settings } = this.#state
    const { handle } = taskClass
    const missing = this.#workers.isAnyFull(taskClass) ? undefined : workers.missingEverywhere(taskClass)
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

/** A breaker that lets none of the class start, if there is one. */
function heldByBreaker(breakers: RunState['breakers'], { uses }: TaskClass): number | undefined {
  for (const key of uses) {
    const breaker = breakers.find(key)
    if (breaker !== undefined && breakers.admits(breaker) <= 0) return breaker
  }
  return undefined
}
