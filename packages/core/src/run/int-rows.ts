// Growable rows of 32-bit integers: the memory of a run with a million tasks stays a few flat arrays, and the fields of
// one row share a cache line. Reading past the end gives 0, which no caller relies on.

/** Rows of `stride` integers each. */
export class IntRows {
  readonly #stride: number
  #cells: Int32Array
  #length = 0

  constructor(stride: number) {
    this.#stride = stride
    this.#cells = new Int32Array(stride * 64)
  }

  /** Number of rows. */
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
    const larger = new Int32Array(cells)
    larger.set(this.#cells)
    this.#cells = larger
  }

  get(row: number, field: number): number {
    return this.#cells[row * this.#stride + field] ?? 0
  }

  set(row: number, field: number, value: number): void {
    this.#cells[row * this.#stride + field] = value
  }

  /** Adds to a field and returns its new value. */
  add(row: number, field: number, by: number): number {
    const index = row * this.#stride + field
    const value = (this.#cells[index] ?? 0) + by
    this.#cells[index] = value
    return value
  }
}
