// The one connection that writes. Several processes may write to a file, so every transaction takes the write lock when it
// begins: one that read first and locked later would act on what somebody else has changed meanwhile.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { SpaceReserve } from './space-reserve.ts'
import { Statements } from './statements.ts'

/** A connection with its statements and transactions. */
export class WritingConnection {
  readonly #database: DatabaseSync
  readonly #statements: Statements

  readonly #reserve: SpaceReserve

  constructor(database: DatabaseSync, reserve: SpaceReserve) {
    this.#database = database
    this.#reserve = reserve
    this.#statements = new Statements(database)
  }

  /** The statement of a text that stands in our source. */
  sql(text: string): StatementSync {
    return this.#statements.of(text)
  }

  /**
   * Carries out `body` as one transaction; where it throws, nothing of it was done. On a full disk it is carried out again
   * once there is room.
   */
  transact<Value>(body: () => Value): Value {
    for (;;) {
      try {
        const value = this.#transactOnce(body)
        this.#reserve.wrote()
        return value
      } catch (error) {
        if (!this.#reserve.makeRoom(error)) throw error
      }
    }
  }

  #transactOnce<Value>(body: () => Value): Value {
    this.sql('BEGIN IMMEDIATE').run()
    try {
      const value = body()
      this.sql('COMMIT').run()
      return value
    } catch (error) {
      // A full disk, say, has rolled it back already.
      if (this.#database.isTransaction) this.#rollBack()
      throw error
    }
  }

  close(): void {
    this.#statements.clear()
    this.#database.close()
  }

  #rollBack(): void {
    try {
      this.sql('ROLLBACK').run()
    } catch {
      // What made the transaction fail is the better news.
    }
  }
}
