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
    this.reserve(0)
    return first
  }

  /** Makes room for `count` rows more: all at once where they are many, and never by so little that it adds up. */
  reserve(count: number): void {
    const needed = (this.#length + count) * this.#stride
    if (needed > this.#cells.length) this.#enlarge(Math.max(needed, Math.ceil(this.#cells.length * 1.5)))
  }

  #enlarge(cells: number): void {
    const larger = new Float64Array(cells)
    larger.set(this.#cells)
    this.#cells = larger
  }

  get(row: number, field: number): number {
    return this.#cells[row * this.#stride + field] ?? 0
  }

  set(row: number, field: number, value: number): void {
    this.#cells[row * this.#stride + field] = value
  }
}
