// A set of small whole numbers that gives its smallest in a handful of steps however many it holds: bits, with a bit
// above for every 32 below, twice. It is what makes the one order that follows the definitions as cheap as any order.

/** Handles below a fixed bound, smallest first. */
export class HandleSet {
  /**
   * A set that holds nothing. Sets live briefly; while one of them lives, the platform does not forget how they look when
   * the others are collected, which would have every loop over them compiled anew.
   */
  static readonly nothing: HandleSet = new HandleSet(0)

  /** The bits themselves, then for each level above one bit for every word that is not empty. */
  readonly #bits: Int32Array
  readonly #words: Int32Array
  readonly #top: Int32Array
  /** No word of the top level before this one holds anything. */
  #low = 0
  #size = 0

  /** A set for handles from 0 up to `bound`, which is not among them. */
  constructor(bound: number) {
    this.#bits = new Int32Array((bound >>> 5) + 1)
    this.#words = new Int32Array((bound >>> 10) + 1)
    this.#top = new Int32Array((bound >>> 15) + 1)
  }

  get size(): number {
    return this.#size
  }

  has(handle: number): boolean {
    return (((this.#bits[handle >>> 5] ?? 0) >>> (handle & 31)) & 1) === 1
  }

  add(handle: number): void {
    const place = handle >>> 5
    const before = this.#bits[place] ?? 0
    const after = before | (1 << (handle & 31))
    if (after === before) return
    this.#bits[place] = after
    this.#size++
    if (before !== 0) return
    const word = handle >>> 10
    const words = this.#words[word] ?? 0
    this.#words[word] = words | (1 << (place & 31))
    if (words !== 0) return
    const top = handle >>> 15
    this.#top[top] = (this.#top[top] ?? 0) | (1 << (word & 31))
    if (top < this.#low) this.#low = top
  }

  delete(handle: number): void {
    const place = handle >>> 5
    const before = this.#bits[place] ?? 0
    const after = before & ~(1 << (handle & 31))
    if (after === before) return
    this.#bits[place] = after
    this.#size--
    if (after !== 0) return
    const word = handle >>> 10
    const words = (this.#words[word] ?? 0) & ~(1 << (place & 31))
    this.#words[word] = words
    if (words !== 0) return
    const top = handle >>> 15
    this.#top[top] = (this.#top[top] ?? 0) & ~(1 << (word & 31))
  }

  /** Takes out the smallest handle; -1 when the set is empty. */
  takeFirst(): number {
    const handle = this.first()
    if (handle >= 0) this.delete(handle)
    return handle
  }

  /** The smallest handle; -1 when the set is empty. */
  first(): number {
    if (this.#size === 0) return -1
    while (this.#top[this.#low] === 0) this.#low++
    const word = (this.#low << 5) | lowestBit(this.#top[this.#low] ?? 0)
    const place = (word << 5) | lowestBit(this.#words[word] ?? 0)
    return (place << 5) | lowestBit(this.#bits[place] ?? 0)
  }

  /** Every handle, smallest first. */
  *[Symbol.iterator](): IterableIterator<number> {
    const bits = this.#bits
    for (let place = 0; place < bits.length; place++)
      for (let rest = bits[place] ?? 0; rest !== 0; rest &= rest - 1) yield (place << 5) | lowestBit(rest)
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word)
}
