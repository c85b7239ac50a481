// From ids to handles, the hottest place of the graph: half a million ids are looked up in a graph of 100,000 tasks, and
// each is a fresh string whose hash the platform has not computed yet. A `Map` spends most of its time there, so ids
// are found in a table of integers; every match is compared letter by letter, so the hash decides nothing but speed.

const NONE = -1
/** Ids up to this length are hashed whole, longer ones by their first 8 and last 24 letters. */
const HASHED_WHOLE = 32
const FIRST_LETTERS = 8
const LAST_LETTERS = 24
/** Steps past occupied places that are normal for a table at most half full, per id and in all. */
const STEPS_PER_ID = 16
const STEPS_FREE = 4096

/** Ids in the order in which they came; the position of an id is its handle. */
export class IdIndex {
  /** By handle; longer than it has ids while more are expected. */
  readonly ids: string[]
  /**
   * Handles plus one, 0 for a free place. The bits above those that a handle needs hold the upper part of the hash, so
   * that most ids that are not meant are passed by without looking at them, and a place is one number.
   */
  #places = new Int32Array(0)
  #mask = 0
  #size = 0
  #steps = 0
  /** Takes over where ids collide on purpose or by bad luck. */
  #map: Map<string, number> | undefined

  constructor(expected: number) {
    // Growing bit by bit would leave garbage worth as much as all ids.
    this.ids = new Array<string>(expected)
    this.#resize(expected)
  }

  get size(): number {
    return this.#size
  }

  /** The handle of `id`, whose hash may be known; a new one, equal to the size before, where it was not there. */
  add(id: string, hash: number = hashId(id)): number {
    const handle = this.#size
    if (this.#map !== undefined) return this.#addToMap(this.#map, id)
    if (2 * handle > this.#mask) this.#resize(2 * handle)
    const places = this.#places
    const mask = this.#mask
    let place = hash & mask
    for (let entry = places[place] ?? 0; entry !== 0; entry = places[place] ?? 0) {
      if (((entry ^ hash) & ~mask) === 0 && this.ids[(entry & mask) - 1] === id) return (entry & mask) - 1
      place = (place + 1) & mask
      this.#steps++
    }
    this.ids[handle] = id
    this.#size = handle + 1
    places[place] = (hash & ~mask) | (handle + 1)
    if (this.#steps > STEPS_PER_ID * handle + STEPS_FREE) this.#useMap()
    return handle
  }

  /** The handle of `id`, or -1. */
  find(id: string): number {
    if (this.#map !== undefined) return this.#map.get(id) ?? NONE
    const places = this.#places
    const mask = this.#mask
    const hash = hashId(id)
    let place = hash & mask
    for (let entry = places[place] ?? 0; entry !== 0; entry = places[place] ?? 0) {
      if (((entry ^ hash) & ~mask) === 0 && this.ids[(entry & mask) - 1] === id) return (entry & mask) - 1
      place = (place + 1) & mask
    }
    return NONE
  }

  /**
   * Replaces hashes by the first handle that their bits allow, or -1. Who asks must compare the ids, and search again
   * where they differ.
   *
   * @returns letters of all those ids: counting them fetches their texts at the same time, where comparing would fetch
   *   one after the other
   */
  findCandidates(hashes: Int32Array, from: number, to: number): number {
    const { ids } = this
    const places = this.#places
    const mask = this.#mask
    const isUseless = this.#map !== undefined
    for (let at = from; at < to; at++) {
      const hash = hashes[at] ?? 0
      let place = hash & mask
      let entry = isUseless ? 0 : (places[place] ?? 0)
      while (entry !== 0 && ((entry ^ hash) & ~mask) !== 0) {
        place = (place + 1) & mask
        entry = places[place] ?? 0
      }
      hashes[at] = (entry & mask) - 1
    }
    let letters = 0
    for (let at = from; at < to; at++) {
      const handle = hashes[at] ?? NONE
      if (handle >= 0) letters += ids[handle]?.length ?? 0
    }
    return letters
  }

  /** Makes room for ids to come, so that the places need not be filled anew while they come. */
  reserve(more: number): void {
    if (this.#map === undefined && 2 * (this.#size + more) > this.#mask) this.#resize(this.#size + more)
  }

  /** Gives back the room for ids that did not come. */
  trim(): void {
    this.ids.length = this.#size
  }

  /** Forgets every id from handle `size` on. Costs what all ids that stay cost: it happens after a mistake only. */
  truncate(size: number): void {
    this.ids.length = size
    this.#size = size
    this.#map = undefined
    this.#resize(size)
  }

  #useMap(): void {
    this.#map = new Map()
    for (let handle = 0; handle < this.#size; handle++) this.#map.set(this.ids[handle] ?? '', handle)
  }

  #addToMap(map: Map<string, number>, id: string): number {
    const known = map.get(id)
    if (known !== undefined) return known
    map.set(id, this.#size)
    this.ids[this.#size] = id
    return this.#size++
  }

  #resize(expected: number): void {
    let capacity = 16
    while (capacity < 2 * expected) capacity *= 2
    this.#places = new Int32Array(capacity)
    this.#mask = capacity - 1
    this.#steps = 0
    const size = this.#size
    this.#size = 0
    for (let handle = 0; handle < size; handle++) this.add(this.ids[handle] ?? '')
  }
}

/** A whole number that is equal for equal ids. Two lanes, since one would wait for each of its multiplications. */
export function hashId(id: string): number {
  const { length } = id
  let odd = length
  let even = 0x2c1b3c6d
  let at = 0
  const firstEnd = length <= HASHED_WHOLE ? 0 : FIRST_LETTERS
  for (; at < firstEnd; at += 2) {
    even = Math.imul(even ^ id.charCodeAt(at), 0x01000193)
    odd = Math.imul(odd ^ id.charCodeAt(at + 1), 0x5bd1e995)
  }
  if (firstEnd > 0) at = length - LAST_LETTERS
  for (const last = length - 1; at < last; at += 2) {
    even = Math.imul(even ^ id.charCodeAt(at), 0x01000193)
    odd = Math.imul(odd ^ id.charCodeAt(at + 1), 0x5bd1e995)
  }
  if (at < length) even = Math.imul(even ^ id.charCodeAt(at), 0x01000193)
  let hash = even ^ Math.imul(odd, 0x1b873593)
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  return hash ^ (hash >>> 15)
}
