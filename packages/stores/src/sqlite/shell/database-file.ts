// The file that a database was opened from. A system keeps a file that was deleted for whoever has it open: everything goes
// well in it, and nobody will ever find it again. So whether it is still in its place has to be asked.
import { statSync } from 'node:fs'
import { StoreTrouble } from './store-trouble.ts'

/** A file in its place. */
export class DatabaseFile {
  readonly #path: string
  readonly #identity: string | undefined

  constructor(path: string) {
    this.#path = path
    this.#identity = identityOf(path)
  }

  /** Throws once the file is gone from its place, or another one has it. Costs one call of the system. */
  check(): void {
    const found = identityOf(this.#path)
    if (found !== undefined && found === this.#identity) return
    throw new StoreTrouble({
      kind: 'misuse',
      code: 'STORE_LOST',
      expected: `${this.#path} to stay in its place while it is open`,
      got: found === undefined ? 'it deleted or moved meanwhile' : 'another file in its place',
    })
  }
}

function identityOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true })
  return found === undefined ? undefined : `${found.dev} ${found.ino}`
}
