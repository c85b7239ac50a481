// What is free over time while a schedule is made out of order: one row of amounts for each stretch in which nothing begins
// or ends. Rows lie in one flat array, since a planner fills and empties it thousands of times.

/** Fractions that were taken and given back need not add up to the last digit. */
const rounding = 1e-9

/** What is taken: columns and amounts, from `from` up to `to`. */
export interface Taken {
  readonly columns: Int32Array
  readonly amounts: Float64Array
  readonly from: number
  readonly to: number
}

/** Free amounts over time, from 0 to the end of time. */
export class Timeline {
  readonly #width: number
  readonly #capacity: Float64Array
  /** When each stretch begins; the last one never ends. */
  readonly #times: Float64Array
  readonly #free: Float64Array
  #count = 1

  /** Room for so many things taken. */
  constructor(capacity: Float64Array, things: number) {
    this.#width = capacity.length
    this.#capacity = capacity
    this.#times = new Float64Array(2 * things + 3)
    this.#free = new Float64Array((2 * things + 3) * this.#width)
  }

  /** Everything is free again. */
  clear(): void {
    this.#count = 1
    this.#times[0] = 0
    this.#free.set(this.#capacity)
  }

  /** The earliest moment from `fromMs` on at which that much is free for so long. */
  earliest(fromMs: number, durationMs: number, { columns, amounts, from, to }: Taken): number {
    const times = this.#times
    const free = this.#free
    const width = this.#width
    const count = this.#count
    let startMs = fromMs
    for (let row = this.#rowAt(fromMs); row < count; row++) {
      const rowMs = times[row] ?? 0
      // What takes no time needs its room for that moment all the same.
      if (rowMs > startMs && rowMs >= startMs + durationMs) return startMs
      const base = row * width
      for (let at = from; at < to; at++) {
        if ((amounts[at] ?? 0) <= (free[base + (columns[at] ?? 0)] ?? 0) + rounding) continue
        // Never in the last row, in which everything is free.
        startMs = times[row + 1] ?? startMs
        break
      }
    }
    return startMs
  }

  /** Takes that much from `startMs` up to `endMs`. */
  take(startMs: number, endMs: number, { columns, amounts, from, to }: Taken): void {
    const first = this.#split(startMs)
    const last = this.#split(endMs)
    const free = this.#free
    for (let row = first; row < last; row++) {
      const base = row * this.#width
      for (let at = from; at < to; at++) {
        const cell = base + (columns[at] ?? 0)
        free[cell] = (free[cell] ?? 0) - (amounts[at] ?? 0)
      }
    }
  }

  /** The row in which a moment lies. */
  #rowAt(ms: number): number {
    const times = this.#times
    let low = 0
    let high = this.#count
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if ((times[middle] ?? 0) <= ms) low = middle
      else high = middle
    }
    return low
  }

  /** The row that begins at a moment, made where there is none. */
  #split(ms: number): number {
    const row = this.#rowAt(ms)
    if (this.#times[row] === ms) return row
    const width = this.#width
    this.#times.copyWithin(row + 2, row + 1, this.#count)
    this.#free.copyWithin((row + 1) * width, row * width, this.#count * width)
    this.#times[row + 1] = ms
    this.#count++
    return row + 1
  }
}
