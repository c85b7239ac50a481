// Which workers a class of tasks could be given to now, and who of them is chosen. Nothing here looks at all workers: those
// that were found full are off the list until they give something back.
import type { Claim, Rejection } from '../ports/policy.ts'
import { type Opinion, type PolicyQuestions } from './policy-questions.ts'
import type { RunState } from './run-state.ts'
import { SleepingClasses, type WakeKind } from './sleepers.ts'
import type { TaskClass } from './task-classes.ts'

/** What came of looking for a worker. */
export type Place =
  | { readonly kind: 'found'; readonly worker: number; readonly claims?: readonly Claim[] | undefined }
  /** No worker that suits the class has room. */
  | { readonly kind: 'full' }
  /** The policy refuses the task wherever room is. */
  | {
      readonly kind: 'refused'
      readonly rejection: Rejection
      readonly wakesOn: ReadonlySet<WakeKind>
      /** The earliest run time in milliseconds that any of the rejections names. */
      readonly askAgainMs?: number | undefined
    }
  /** It would be admitted but for one ledger that is full. */
  | { readonly kind: 'claimed'; readonly rejection: Rejection; readonly claim: Claim }

/** Two tasks that workers have died under never share one: the next death tells which of them it was. */
const apart: Rejection = {
  by: 'the rule of suspects',
  because: 'a worker died under it, and on each worker with room runs another such task',
  wakesOn: 'capacity',
}

/** What a policy says that has no opinion. */
const anyWorker: Opinion = { kind: 'admitted', score: 0 }

const full: Place = { kind: 'full' }

/**
 * Workers with room, admitted by the policy, of which the best is taken where there are more: asking about ten thousand for
 * each task would cost more than the better one is worth. As Kubernetes does (`percentageOfNodesToScore`, at least 100 of
 * the feasible nodes, from another place of the list each time); a random few come close to all (Mitzenmacher, "The Power of
 * Two Choices in Randomized Load Balancing", 2001).
 */
const mostAsked = 32

/** Workers by the classes that they suit. */
export class WorkerLists {
  readonly #state: RunState
  readonly #policy: PolicyQuestions
  /** Workers that suit a class and are not known to be full, by class. */
  readonly #open: number[][] = []
  /** Workers without room that may still take one ahead, by class. */
  readonly #ahead: Set<number>[] = []
  readonly #sleeping = new SleepingClasses()
  /** Where the look at a long list begins next, by class. */
  readonly #cursors: number[] = []
  #known = 0

  constructor(state: RunState, policy: PolicyQuestions) {
    this.#state = state
    this.#policy = policy
  }

  /** Classes that came up since the last round learn which workers they could use. */
  admitClasses(): void {
    const { classes, workers } = this.#state
    this.#known = workers.size
    for (const taskClass of classes.all.slice(this.#open.length)) {
      const open: number[] = []
      for (let worker = 0; worker < this.#known; worker++) {
        if (workers.suits(worker, taskClass)) open.push(worker)
      }
      this.#open.push(open)
    }
  }

  /** A worker joined, came back with something else to offer, or takes nothing more; says whom it concerns. */
  changed(worker: number): { readonly woken: readonly number[]; readonly suited: readonly number[] } {
    const { classes, workers } = this.#state
    const woken = this.#sleeping.wake(worker)
    const suited: number[] = []
    // Classes that nobody has looked at yet learn of all workers at once.
    for (let handle = 0; handle < this.#open.length; handle++) {
      const taskClass = classes.get(handle)
      const open = this.#open[handle]
      if (taskClass === undefined || open === undefined) continue
      const at = open.indexOf(worker)
      if (!workers.suits(worker, taskClass)) {
        if (at >= 0) open.splice(at, 1)
        continue
      }
      if (at < 0) open.push(worker)
      suited.push(taskClass.handle)
    }
    return { woken, suited }
  }

  /** A worker gave something back: it is on the list again of every class for which it has room now. */
  released(worker: number): number[] {
    if (!this.#sleeping.isAnyOn(worker)) return []
    const { workers, classes } = this.#state
    const mayTakeAhead = workers.definition(worker).prefetch !== undefined
    const woken = this.#sleeping.wakeThose(worker, (handle) => {
      const needs = classes.get(handle)?.needs ?? []
      return workers.hasRoom(worker, needs) || (mayTakeAhead && workers.takesAhead(worker, needs))
    })
    for (const taskClass of woken) this.#open[taskClass]?.push(worker)
    return woken
  }

  /** Whether the worker is on the list of the class, which means that nobody found it full since it last gave something back. */
  isOpen(taskClass: number, worker: number): boolean {
    return this.#open[taskClass]?.includes(worker) === true
  }

  /** The worker has no room for the class any more, and the class was not even asked: it sleeps again. */
  putBack(taskClass: number, worker: number): void {
    const open = this.#open[taskClass]
    const at = open?.lastIndexOf(worker) ?? -1
    // Found full meanwhile by another task of the class: it sleeps already.
    if (open === undefined || at < 0) return
    const moved = open.pop()
    if (moved !== undefined && at < open.length) open[at] = moved
    this.#sleepOn(worker, taskClass)
  }

  /** Where the task may begin now, as the policy likes it best. */
  pick(taskClass: TaskClass, task: number): Place {
    const open = (this.#open[taskClass.handle] ??= [])
    if (!this.#policy.isChoosy || open.length <= mostAsked) return this.#pickFrom(0, taskClass, task)
    const start = (this.#cursors[taskClass.handle] ?? 0) % open.length
    this.#cursors[taskClass.handle] = start + mostAsked
    const place = this.#pickFrom(start, taskClass, task)
    // Workers that were full are taken off on the way, which may pass over one: only a look from the first counts as all.
    return place.kind === 'found' || start === 0 ? place : this.#pickFrom(0, taskClass, task)
  }

  /** Whether a worker that suits the class is there and full. */
  isAnyFull(taskClass: TaskClass): boolean {
    return this.#sleeping.countOf(taskClass.handle) > 0
  }

  /** Looks at workers from a place of the list on, round to its beginning, until enough were asked about. */
  #pickFrom(start: number, taskClass: TaskClass, task: number): Place {
    const open = (this.#open[taskClass.handle] ??= [])
    const { workers } = this.#state
    const isSuspect = this.#state.suspicion.size > 0 && this.#state.suspicion.has(task)
    const wish = this.#state.wishes.size > 0 ? this.#state.wishes.get(task) : undefined
    let best: number | undefined
    let bestClaims: readonly Claim[] | undefined
    let isBestWished = false
    let bestScore = -Infinity
    let last: Rejection | undefined
    let claimed: Extract<Opinion, { readonly kind: 'claimed' }> | undefined
    let isOneLedger = true
    let wakesOn: Set<WakeKind> | undefined
    let askAgainMs: number | undefined
    let asked = 0
    let i = start
    for (let left = open.length; left > 0; left--) {
      if (i >= open.length) i = 0
      const worker = open[i] ?? 0
      if (!workers.hasRoom(worker, taskClass.needs)) {
        const moved = open.pop()
        if (moved !== undefined && i < open.length) open[i] = moved
        if (workers.state(worker) === 'joined') this.#sleepOn(worker, taskClass.handle)
        continue
      }
      i++
      if (isSuspect && this.#hasSuspect(worker)) {
        last = apart
        wakesOn = (wakesOn ?? new Set()).add(apart.wakesOn)
        continue
      }
      if (!this.#policy.isChoosy && wish === undefined) return { kind: 'found', worker }
      const opinion = this.#policy.isChoosy ? this.#policy.opinion(task, worker) : anyWorker
      if (opinion.kind === 'refused') {
        last = opinion.rejection
        wakesOn = (wakesOn ?? new Set()).add(last.wakesOn)
        if (last.atMs !== undefined) askAgainMs = Math.min(askAgainMs ?? Infinity, last.atMs)
        continue
      }
      if (opinion.kind === 'claimed') {
        isOneLedger &&= claimed === undefined || claimed.claim.ledger === opinion.claim.ledger
        claimed = opinion
        continue
      }
      const isWished = wish === undefined || this.#hasRun(task, worker) === (wish === 'same')
      const isBetter = opinion.score > bestScore || (opinion.score === bestScore && best !== undefined && worker < best)
      if (isWished === isBestWished ? isBetter : isWished || best === undefined) {
        best = worker
        bestClaims = opinion.claims
        isBestWished = isWished
        bestScore = opinion.score
      }
      if (++asked >= mostAsked) break
    }
    if (best !== undefined) return this.#permitted(task, best, bestClaims)
    if (claimed !== undefined) {
      const isAlone = wakesOn === undefined && this.#sleeping.countOf(taskClass.handle) === 0
      if (isAlone && isOneLedger) return { kind: 'claimed', rejection: claimed.rejection, claim: claimed.claim }
      last = claimed.rejection
      wakesOn = (wakesOn ?? new Set()).add('ledger')
    }
    if (last === undefined || wakesOn === undefined) return full
    // Nobody was asked about workers that were full: room on one of them is a reason to ask, whatever the others said.
    if (this.#sleeping.countOf(taskClass.handle) > 0) wakesOn.add('capacity')
    return { kind: 'refused', rejection: last, wakesOn, askAgainMs }
  }

  /**
   * A worker that takes the task to begin it later, where none has room. A task that is particular about its worker waits
   * until it can begin there.
   */
  pickAhead(taskClass: TaskClass, task: number): Place {
    const ahead = this.#ahead[taskClass.handle]
    const { workers, suspicion, wishes, settings } = this.#state
    if (ahead === undefined || suspicion.has(task) || wishes.has(task)) return full
    // What waits begins before a failure is known here, and such a run is to begin nothing after it.
    if (settings.maxFailures !== null) return full
    let best: number | undefined
    let bestClaims: readonly Claim[] | undefined
    let bestScore = -Infinity
    for (const worker of ahead) {
      if (!workers.takesAhead(worker, taskClass.needs)) {
        ahead.delete(worker)
        continue
      }
      if (!this.#policy.isChoosy) return { kind: 'found', worker }
      const opinion = this.#policy.opinion(task, worker)
      if (opinion.kind !== 'admitted' || opinion.score <= bestScore) continue
      best = worker
      bestClaims = opinion.claims
      bestScore = opinion.score
    }
    if (best === undefined) return full
    const place = this.#permitted(task, best, bestClaims)
    return place.kind === 'found' ? place : full
  }

  /** What the policy says now, where no worker with room would be given the task. */
  refusal(taskClass: TaskClass, task: number): Rejection | undefined {
    if (!this.#policy.isChoosy) return undefined
    const { workers } = this.#state
    let last: Rejection | undefined
    for (let worker = 0; worker < workers.size; worker++) {
      if (workers.missing(worker, taskClass).length > 0 || !workers.hasRoom(worker, taskClass.needs)) continue
      const opinion = this.#policy.opinion(task, worker)
      if (opinion.kind === 'admitted') return this.#policy.permit(task, worker)
      last = opinion.rejection
    }
    return last
  }

  #permitted(task: number, worker: number, claims: readonly Claim[] | undefined): Place {
    const rejection = this.#policy.permit(task, worker)
    if (rejection !== undefined)
      return { kind: 'refused', rejection, wakesOn: new Set([rejection.wakesOn]), askAgainMs: rejection.atMs }
    return claims === undefined ? { kind: 'found', worker } : { kind: 'found', worker, claims }
  }

  /** A class waits for room on a worker, which may take one ahead until then. */
  #sleepOn(worker: number, taskClass: number): void {
    this.#sleeping.put(taskClass, worker)
    if (this.#state.workers.definition(worker).prefetch !== undefined)
      (this.#ahead[taskClass] ??= new Set()).add(worker)
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
}
