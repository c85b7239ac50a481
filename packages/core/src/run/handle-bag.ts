// A set of handles for what comes and goes all the time. A `Set` would do, but each time its table is made anew the old one
// points to the new one; once an old one is in the old generation, every table after it, with all it holds, survives the
// young collections in a row (measured: 330 bytes a task of a long run). This one is two flat arrays.

/** Small whole numbers, in no particular order. */
export class HandleBag implements Iterable<number> {
  #members = new Int32Array(64)
  /** Place of each member plus one; 0 for what is not in. */
  #places = new Int32Array(64)
  #size = 0

  get size(): number {
    return this.#size
  }

  has(handle: number): boolean {
    return (this.#places[handle] ?? 0) > 0
  }

  add(handle: number): void {
    if (this.has(handle)) return
    if (handle >= this.#places.length) this.#places = enlarged(this.#places, handle + 1)
    if (this.#size === this.#members.length) this.#members = enlarged(this.#members, this.#size + 1)
    this.#members[this.#size++] = handle
    this.#places[handle] = this.#size
  }

  delete(handle: number): void {
    const place = this.#places[handle] ?? 0
    if (place === 0) return
    const last = this.#members[--this.#size] ?? 0
    this.#members[place - 1] = last
    this.#places[last] = place
    this.#places[handle] = 0
  }

  *[Symbol.iterator](): IterableIterator<number> {
    for (let at = 0; at < this.#size; at++) yield this.#members[at] ?? 0
  }
}

function enlarged(array: Int32Array, needed: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(needed, 2 * array.length))
  larger.set(array)
  return larger
}
