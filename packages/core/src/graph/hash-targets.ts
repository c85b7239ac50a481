// Hashes of what tasks depend on, before anything is looked up: names are hashed a block at a time, so that the texts of
// the block are read once and in order, and no look-up waits for a hash.
import { isObject } from './check-fields.ts'
import { hashId } from './id-index.ts'

/** Tasks whose names fit the cache while they are hashed, looked up and compared. */
export const TASKS_A_BLOCK = 64

/** Writes the hash of every entry of a `dependsOn` from `end` on, and says where the next one goes. */
export function hashTargets(entries: unknown, to: Int32Array, end: number): number {
  if (!Array.isArray(entries)) return end
  for (let position = 0; position < entries.length; position++) {
    const entry: unknown = entries[position]
    to[end + position] = typeof entry === 'string' ? hashId(entry) : hashOfObject(entry)
  }
  return end + entries.length
}

function hashOfObject(entry: unknown): number {
  const on = isObject(entry) ? entry['on'] : undefined
  return typeof on === 'string' ? hashId(on) : 0
}
