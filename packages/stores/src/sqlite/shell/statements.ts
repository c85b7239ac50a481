// Preparing a statement costs more than running it, so each text is prepared once for each connection.
import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** The prepared statements of one connection. */
export class Statements {
  readonly #database: DatabaseSync
  readonly #prepared = new Map<string, StatementSync>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** The statement of a text that stands in our source: they are kept for ever. */
  of(text: string): StatementSync {
    const known = this.#prepared.get(text)
    if (known !== undefined) return known
    const prepared = this.#database.prepare(text)
    this.#prepared.set(text, prepared)
    return prepared
  }

  /** Lets go of all, as has to be done before the connection closes. */
  clear(): void {
    this.#prepared.clear()
  }
}
