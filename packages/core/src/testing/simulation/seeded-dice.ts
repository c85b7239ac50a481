// Dice for drawing plans and faults. They have a sequence, unlike the dice of the kernel, because a plan is drawn once from
// top to bottom; the same seed always draws the same plan.
import { invariant } from '../../errors/invariant.ts'

/** Numbers that look random and are the same for the same seed (mulberry32 by Tommy Ettinger, public domain). */
export class SeededDice {
  #state: number

  constructor(seed: number) {
    this.#state = Math.imul(seed ^ 0x5bd1e995, 0x27d4eb2f) | 0
  }

  /** A number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  /** True with the given likelihood. */
  chance(likelihood: number): boolean {
    return this.next() < likelihood
  }

  /** One of the values. */
  pick<Value>(values: readonly Value[]): Value {
    const value = values[this.between(0, values.length - 1)]
    invariant(value !== undefined, 'something is picked from a list that holds something')
    return value
  }

  /** Each of the values with the given likelihood. */
  some<Value>(values: readonly Value[], likelihood: number): readonly Value[] {
    return values.filter(() => this.chance(likelihood))
  }
}
