// What files hold, as hashes: enough to see whether any of them is another one than it was.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { KeptSearch } from '../kept-search.ts'

/** Files, each with the hash of its content; nothing where there is none. */
export type Contents = KeptSearch['contents']

/** The hash of a content. */
export function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Each file once, with the hash of its content; nothing where there is none. */
export function contentsOf(paths: readonly string[]): Contents {
  return [...new Set(paths)].sort().map((path) => {
    const content = readOrNothing(path)
    return [path, content === undefined ? null : hashOf(content)]
  })
}

/** Whether two lists of the same files hold the same. */
export function isSame(one: Contents, other: Contents): boolean {
  return one.length === other.length && one.every(([, hash], at) => hash === other[at]?.[1])
}

/** The content of a file; nothing where it is absent, or as good as: what keeps us from reading it keeps everybody. */
export function readOrNothing(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
