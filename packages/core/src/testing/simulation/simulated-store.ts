// A journal that fails as real ones do: a write does not happen, happens and reports failure, finds no space, or is never
// answered. Ownership is an epoch: whoever opens the journal takes the next one, and older ones are refused.
import { decodeCommit } from '../../run/commit-codec.ts'
import type { CommitRecord } from '../../run/entry.ts'
import type { FaultPlan } from './plan.ts'
import type { SeededDice } from './seeded-dice.ts'
import type { VirtualClock } from './virtual-clock.ts'
import type { Witness } from './witness.ts'

/** What an append came to, as its caller sees it. */
export type AppendAnswer = 'stored' | 'failed' | 'taken-over'

/** A row to append, with the right to do so. */
export interface AppendRequest {
  readonly epoch: number
  readonly seq: number
  readonly bytes: string
}

/** How long an owner waits for an answer of the store, in milliseconds. */
const patienceMs = 200

/** The journal of one simulated run. */
export class SimulatedStore {
  /** What is durable, as it reads back. */
  readonly rows: CommitRecord[] = []
  #epoch = 0
  #isHealed = false
  readonly #clock: VirtualClock
  readonly #dice: SeededDice
  readonly #faults: FaultPlan
  readonly #witness: Witness

  constructor(parts: {
    readonly clock: VirtualClock
    readonly dice: SeededDice
    readonly faults: FaultPlan
    readonly witness: Witness
  }) {
    this.#clock = parts.clock
    this.#dice = parts.dice
    this.#faults = parts.faults
    this.#witness = parts.witness
  }

  /** Takes the next epoch. */
  open(): number {
    this.#epoch++
    this.#witness.opened(this.#epoch)
    return this.#epoch
  }

  /** From now on no write fails. */
  heal(): void {
    this.#isHealed = true
  }

  append(request: AppendRequest, answer: (answer: AppendAnswer) => void): void {
    const wayMs = this.#faults.longestWayMs > 0 ? this.#dice.between(0, 3) : 0
    this.#clock.after(wayMs, () => {
      const { outcome, afterMs } = this.#write(request)
      this.#clock.after(afterMs, () => {
        answer(outcome)
      })
    })
  }

  #write({ epoch, seq, bytes }: AppendRequest): { readonly outcome: AppendAnswer; readonly afterMs: number } {
    if (epoch !== this.#epoch || seq !== this.rows.length + 1) return { outcome: 'taken-over', afterMs: 0 }
    const { appendFails, appendFull, appendStoredThenFails, appendNeverAnswers } = this.#faults
    const roll = this.#isHealed ? 1 : this.#dice.next()
    const isLost = roll < appendFails + appendFull
    const isSilent = roll >= 1 - appendNeverAnswers && !this.#isHealed
    if (isLost) {
      this.#witness.note(() => `row ${seq} is not stored, and the owner is told`)
      return { outcome: 'failed', afterMs: 0 }
    }
    if (isSilent && this.#dice.chance(0.5)) {
      this.#witness.note(() => `row ${seq} is not stored, and the owner hears nothing`)
      return { outcome: 'failed', afterMs: patienceMs }
    }
    const commit = decodeCommit(bytes, 'simulated', seq)
    this.#witness.stored(epoch, seq, bytes, commit)
    this.rows.push(commit)
    if (isSilent) return { outcome: 'failed', afterMs: patienceMs }
    if (roll < appendFails + appendFull + appendStoredThenFails) {
      this.#witness.note(() => `row ${seq} is stored, but the owner is told that it was not`)
      return { outcome: 'failed', afterMs: 0 }
    }
    return { outcome: 'stored', afterMs: 0 }
  }
}
