// A journal in memory, row behind row in large buffers outside the heap: a million short strings would cost twice their
// bytes and many collections. Rows are only ever added at the end, so a buffer that is full is compressed to about a
// tenth and opened again only for whoever reads it.
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** How large one buffer grows, in bytes; a longer row gets one of its own. */
const slabBytes = 1 << 20

/** Rows of text by position, counting from 1. */
export class RowLog {
  /** The last one is open; those before it are compressed. */
  readonly #slabs: Buffer[] = []
  /** The compressed slab that was read last, unpacked: readers go row by row. */
  #unpacked: { readonly slab: number; readonly bytes: Buffer } | undefined
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
    const place = this.#places[at]
    return place === undefined
      ? undefined
      : this.#slabAt(place)?.toString('utf8', this.#places[at + 1], this.#places[at + 2])
  }

  /** The last slab where the row fits, else a new one, twice the size of the last: short runs stay small. */
  #slabFor(bytes: number): Buffer {
    const last = this.#slabs.at(-1)
    if (last !== undefined && last.length - this.#used >= bytes) return last
    const wanted = Math.min(slabBytes, last === undefined ? 1 << 12 : last.length * 2)
    if (last !== undefined) this.#slabs[this.#slabs.length - 1] = compress(last.subarray(0, this.#used))
    const slab = Buffer.allocUnsafeSlow(Math.max(wanted, bytes))
    this.#slabs.push(slab)
    this.#used = 0
    return slab
  }

  #slabAt(slab: number): Buffer | undefined {
    const packed = this.#slabs[slab]
    if (packed === undefined || slab === this.#slabs.length - 1) return packed
    if (this.#unpacked?.slab !== slab) this.#unpacked = { slab, bytes: zstdDecompressSync(packed) }
    return this.#unpacked.bytes
  }
}

/** At the fastest level: what counts is that a long run fits, not the last percent. */
function compress(bytes: Buffer): Buffer {
  return zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })
}
