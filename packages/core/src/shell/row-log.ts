// A journal in memory, row behind row in large buffers outside the heap: a million short strings would cost twice their
// bytes and many collections. Rows are only ever added at the end.

/** How large one buffer grows, in bytes; a longer row gets one of its own. */
const slabBytes = 1 << 20

/** Rows of text by position, counting from 1. */
export class RowLog {
  readonly #slabs: Buffer[] = []
  /** Where each row lies: slab, first byte, byte after the last. */
  readonly #places: number[] = []
  readonly #epochs: number[] = []
  #used = 0

  /** Rows there are. */
  get length(): number {
    return this.#epochs.length
  }

  push(epoch: number, text: string): void {
    const bytes = Buffer.byteLength(text, 'utf8')
    const slab = this.#slabFor(bytes)
    slab.write(text, this.#used, bytes, 'utf8')
    this.#places.push(this.#slabs.length - 1, this.#used, this.#used + bytes)
    this.#epochs.push(epoch)
    this.#used += bytes
  }

  /** The epoch of a row, or `undefined` where there is none. */
  epochAt(seq: number): number | undefined {
    return this.#epochs[seq - 1]
  }

  /** The text of a row, or `undefined` where there is none. */
  textAt(seq: number): string | undefined {
    const at = (seq - 1) * 3
    const slab = this.#slabs[this.#places[at] ?? -1]
    return slab?.toString('utf8', this.#places[at + 1], this.#places[at + 2])
  }

  /** The last slab where the row fits, else a new one, twice the size of the last: short runs stay small. */
  #slabFor(bytes: number): Buffer {
    const last = this.#slabs.at(-1)
    if (last !== undefined && last.length - this.#used >= bytes) return last
    const wanted = Math.min(slabBytes, last === undefined ? 1 << 12 : last.length * 2)
    const slab = Buffer.allocUnsafeSlow(Math.max(wanted, bytes))
    this.#slabs.push(slab)
    this.#used = 0
    return slab
  }
}
