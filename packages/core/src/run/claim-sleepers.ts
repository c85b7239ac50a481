// Tasks whose claim found no room, by ledger. Of a thousand that sleep on one ledger only the first of each kind is woken
// when something is given back; the next one follows once that one has its place or waits for something else. Of a kind are
// those of one class and lane that want the same amount under the same limit: where the first of them has no place, none has.
import type { Rejection } from '../ports/policy.ts'
import { type Key, ReadyQueue } from './ready-queue.ts'

/** What sleepers of a kind have in common. */
interface Alike {
  readonly taskClass: number
  readonly lane: number
  readonly amount: number
  readonly limit: number
}

interface Sleepers extends Alike {
  readonly queue: ReadyQueue
}

/** For what a task was woken. */
interface Woken {
  readonly ledger: string
  readonly kind: string
}

/** Who sleeps on which ledger. */
export class ClaimSleepers {
  readonly #ledgers = new Map<string, Map<string, Sleepers>>()
  readonly #rejections = new Map<number, Rejection>()
  /** Tasks that were woken and have not been decided about yet, by the ledger and the kind they were woken for. */
  readonly #woken = new Map<number, Woken>()

  /** Whether nobody sleeps, and nobody who was woken is still to be decided about. */
  get isIdle(): boolean {
    return this.#ledgers.size === 0
  }

  /** Whether anybody sleeps on the ledger. */
  has(ledger: string): boolean {
    return (this.#ledgers.get(ledger)?.size ?? 0) > 0
  }

  /** Why a task sleeps, where it does. */
  rejectionOf(task: number): Rejection | undefined {
    return this.#rejections.get(task)
  }

  put(task: number, on: Alike & { readonly ledger: string; readonly key: Key; readonly rejection: Rejection }): void {
    const { ledger, taskClass, lane, key, amount, limit, rejection } = on
    this.#rejections.set(task, rejection)
    let kinds = this.#ledgers.get(ledger)
    if (kinds === undefined) this.#ledgers.set(ledger, (kinds = new Map<string, Sleepers>()))
    const kind = `${taskClass} ${lane} ${amount} ${limit}`
    let alike = kinds.get(kind)
    if (alike === undefined) kinds.set(kind, (alike = { taskClass, lane, amount, limit, queue: new ReadyQueue() }))
    alike.queue.push(task, key)
  }

  /** Takes out the first of each kind for which there is room. */
  wake(ledger: string, hasRoomFor: (amount: number, limit: number) => boolean): readonly number[] {
    const kinds = this.#ledgers.get(ledger)
    if (kinds === undefined) return []
    const woken: number[] = []
    for (const [kind, { amount, limit }] of kinds) {
      if (!hasRoomFor(amount, limit)) continue
      const task = this.#take(kinds, { ledger, kind })
      if (task !== undefined) woken.push(task)
    }
    return woken
  }

  /** Takes out everybody: workers have changed, and what each would claim elsewhere is its own. */
  wakeAll(): readonly number[] {
    const woken: number[] = []
    for (const kinds of this.#ledgers.values()) {
      for (const { queue } of kinds.values()) {
        for (let task = queue.pop(); task !== undefined; task = queue.pop()) {
          woken.push(task)
          this.#rejections.delete(task)
        }
      }
      kinds.clear()
    }
    return woken
  }

  /** A woken task was decided about, or is not ready any more; the next of its kind follows where there is room. */
  next(task: number, hasRoomFor: (ledger: string, amount: number, limit: number) => boolean): number | undefined {
    const woken = this.#woken.get(task)
    if (woken === undefined) return undefined
    this.#woken.delete(task)
    const kinds = this.#ledgers.get(woken.ledger)
    const alike = kinds?.get(woken.kind)
    if (kinds === undefined || alike === undefined) return undefined
    return hasRoomFor(woken.ledger, alike.amount, alike.limit) ? this.#take(kinds, woken) : undefined
  }

  #take(kinds: Map<string, Sleepers>, woken: Woken): number | undefined {
    const queue = kinds.get(woken.kind)?.queue
    const task = queue?.pop()
    if (queue?.size === 0) kinds.delete(woken.kind)
    if (task === undefined) return undefined
    this.#woken.set(task, woken)
    this.#rejections.delete(task)
    return task
  }
}
