// Who sleeps on what: all that the placement has to know to wake nobody in vain and to forget nobody.
//
// | who   | sleeps while                           | is woken when                                             |
// | ----- | -------------------------------------- | --------------------------------------------------------- |
// | class | a worker that suits it is full         | the worker gives something back, or changes               |
// | class | a ledger that it needs is full         | the ledger gives something back                           |
// | class | no worker suits it                     | one that does joins, or has been waited for long enough   |
// | task  | the policy refuses it wherever is room | something changes of a kind that one of the refusals named |
// | task  | what it would claim of a ledger is taken | the ledger gives something back, and it is the first that sleeps on it |
// | lane  | the policy lets none of its tasks start | the policy names it, its time comes, or a worker gives something back |
import type { Rejection } from '../ports/policy.ts'

const nobody: readonly number[] = []

/** Classes by the worker, or the ledger, on which they sleep. */
export class SleepingClasses {
  readonly #on: (number[] | undefined)[] = []
  readonly #counts: number[] = []

  put(taskClass: number, on: number): void {
    ;(this.#on[on] ??= []).push(taskClass)
    this.#counts[taskClass] = this.countOf(taskClass) + 1
  }

  /** On how many things the class sleeps. */
  countOf(taskClass: number): number {
    return this.#counts[taskClass] ?? 0
  }

  /** Whether anybody sleeps on it. */
  isAnyOn(on: number): boolean {
    return (this.#on[on]?.length ?? 0) > 0
  }

  /** Takes out those who sleep on it and are to wake, for which they are asked one by one. */
  wakeThose(on: number, isToWake: (taskClass: number) => boolean): number[] {
    const classes = this.#on[on]
    const woken: number[] = []
    if (classes === undefined) return woken
    let kept = 0
    for (const taskClass of classes) {
      if (isToWake(taskClass)) {
        woken.push(taskClass)
        this.#counts[taskClass] = this.countOf(taskClass) - 1
      } else classes[kept++] = taskClass
    }
    classes.length = kept
    return woken
  }

  /** Takes out whoever sleeps on it. */
  wake(on: number): readonly number[] {
    const classes = this.#on[on]
    if (classes === undefined) return nobody
    this.#on[on] = undefined
    for (const taskClass of classes) this.#counts[taskClass] = this.countOf(taskClass) - 1
    return classes
  }
}

/** A kind of change after which a refused task is asked about again. */
export type WakeKind = Rejection['wakesOn']

/** Tasks that the policy refused on every worker with room. */
export class RefusedTasks {
  readonly #last = new Map<number, Rejection>()
  readonly #by: Readonly<Record<WakeKind, Set<number>>> = {
    capacity: new Set(),
    worker: new Set(),
    'task-judged': new Set(),
    ledger: new Set(),
    time: new Set(),
  }

  put(task: number, last: Rejection, wakesOn: Iterable<WakeKind>): void {
    this.#last.set(task, last)
    for (const kind of wakesOn) this.#by[kind].add(task)
  }

  /** What the policy said of the task last. */
  lastOf(task: number): Rejection | undefined {
    return this.#last.get(task)
  }

  /** Takes out one task, if it waits for its time. */
  wakeOne(task: number): readonly number[] {
    if (!this.#by.time.has(task)) return nobody
    this.#forget(task)
    return [task]
  }

  /** Takes out whoever waits for such a change, in the order in which they were refused. */
  wake(kind: WakeKind): readonly number[] {
    if (this.#last.size === 0) return nobody
    const tasks = [...this.#by[kind]]
    for (const task of tasks) this.#forget(task)
    return tasks
  }

  #forget(task: number): void {
    this.#last.delete(task)
    for (const sleeping of Object.values(this.#by)) sleeping.delete(task)
  }
}
