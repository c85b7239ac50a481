// Growable rows of doubles, for times. The same idea as the integer rows; two classes, so that each stays monomorphic.

/** Rows of `stride` doubles each. */
export class RealRows {
  readonly #stride: number
  #cells: Float64Array
  #length = 0

  constructor(stride: number) {
    this.#stride = stride
    this.#cells = new Float64Array(stride * 64)
  }

  get length(): number {
    return this.#length
  }

  /** Appends `count` rows of zeros and returns the index of the first. */
  grow(count: number): number {
    const first = this.#length
    this.#length += count
    const needed = this.#length * this.#stride
    if (needed > this.#cells.length) {
      const larger = new Float64Array(Math.max(needed, Math.ceil(this.#cells.length * 1.5)))
      larger.set(this.#cells)
      this.#cells = larger
    }
    return first
  }

  get(row: number, field: number): number {
    return this.#cells[row * this.#stride + field] ?? 0
  }

  set(row: number, field: number, value: number): void {
    this.#cells[row * this.#stride + field] = value
  }
}
