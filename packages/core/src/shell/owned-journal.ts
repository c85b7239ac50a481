// The journal of a run as long as this process owns it: renews the lease, and notices when it is lost or when the store has
// stopped to answer. After `lost` was called nothing may be appended any more.
import { messageOf, nameAndMessageOf } from '../errors/message-of.ts'
import { isMusterError, MusterError } from '../errors/muster-error.ts'
import type { CancelWait, Clock } from '../ports/clock.ts'
import type { Commit, JournalWriter } from '../ports/store.ts'
import { answerWithin, noAnswer } from './answer-within.ts'

/** What an owned journal is made of. */
export interface OwnedJournalParts {
  readonly journal: JournalWriter
  readonly clock: Clock
  /** How long the ownership lasts without a heartbeat, in milliseconds. */
  readonly leaseMs: number
  /** How long the store may take to answer, in milliseconds. */
  readonly storeTimeoutMs: number
  readonly note: (text: string) => void
  /** Called at most once: the run has to stop. */
  readonly lost: (error: MusterError) => void
}

/** A journal with its lease. */
export class OwnedJournal {
  readonly #parts: OwnedJournalParts
  #renewedAtMs: number
  #renewingSinceMs: number | undefined
  #appendingSinceMs: number | undefined
  /** When the next look is due; a look that is late by half a lease tells of a sleep. */
  #lookDueMs = Infinity
  #cancelLook: CancelWait | undefined
  #isOver = false

  constructor(parts: OwnedJournalParts) {
    this.#parts = parts
    this.#renewedAtMs = parts.clock.now()
  }

  /** Keeps the lease from now on. */
  keep(): void {
    const { clock, leaseMs } = this.#parts
    this.#lookDueMs = clock.now() + leaseMs / 3
    this.#cancelLook = clock.after(leaseMs / 3, () => {
      this.#look()
    })
  }

  /** Resolves once the commit is durable. One after the other. */
  async append(commit: Commit): Promise<void> {
    this.#appendingSinceMs = this.#parts.clock.now()
    try {
      await this.#parts.journal.append(commit)
    } catch (error) {
      throw storeFailed(error)
    } finally {
      this.#appendingSinceMs = undefined
    }
  }

  /** Looks after the lease no longer; it still counts until it runs out or the journal is closed. */
  release(): void {
    this.#isOver = true
    this.#cancelLook?.()
  }

  /** Gives the ownership back; a failure is a note, since everything that counts is durable already. */
  async close(): Promise<void> {
    const { journal, clock, storeTimeoutMs, note } = this.#parts
    this.release()
    try {
      const what = 'the store to close the journal'
      await answerWithin(journal.close(), { clock, limitMs: storeTimeoutMs, what })
    } catch (error) {
      note(`the journal did not close: ${messageOf(error)}`)
    }
  }

  #look(): void {
    const { clock, storeTimeoutMs } = this.#parts
    this.#forgiveSleep()
    if (!this.#isSilent()) {
      this.#goOn()
      return
    }
    // What the store has answered and nobody has read yet is read before anything is lost.
    this.#cancelLook = clock.after(0, () => {
      if (this.#isSilent()) this.#lose(noAnswer({ what: 'the store to answer', limitMs: storeTimeoutMs }))
      else this.#goOn()
    })
  }

  #goOn(): void {
    if (this.#renewingSinceMs === undefined) this.#renew()
    this.keep()
  }

  #isSilent(): boolean {
    const { clock, storeTimeoutMs } = this.#parts
    const since = Math.min(this.#appendingSinceMs ?? Infinity, this.#renewingSinceMs ?? Infinity)
    return clock.now() - since >= storeTimeoutMs
  }

  /** The machine or the process slept: nobody could answer meanwhile, so nobody was silent. Each sleep counts once. */
  #forgiveSleep(): void {
    const { clock, leaseMs } = this.#parts
    const lateMs = clock.now() - this.#lookDueMs
    if (lateMs <= leaseMs / 2) return
    this.#lookDueMs += lateMs
    this.#renewedAtMs += lateMs
    if (this.#renewingSinceMs !== undefined) this.#renewingSinceMs += lateMs
    if (this.#appendingSinceMs !== undefined) this.#appendingSinceMs += lateMs
  }

  #renew(): void {
    const { journal, clock, leaseMs, note } = this.#parts
    this.#renewingSinceMs = clock.now()
    journal.heartbeat().then(
      () => {
        // Since it was asked for; a sleep meanwhile has moved that.
        this.#renewedAtMs = this.#renewingSinceMs ?? this.#renewedAtMs
        this.#renewingSinceMs = undefined
      },
      (error: unknown) => {
        this.#renewingSinceMs = undefined
        // It may be heard before the look that is due.
        this.#forgiveSleep()
        const cause = storeFailed(error)
        // One that fails may be made up for by the next, as long as the lease lasts.
        if (
          cause.code === 'RUN_TAKEN_OVER' ||
          cause.code === 'STORE_LOST' ||
          clock.now() - this.#renewedAtMs >= leaseMs
        )
          this.#lose(cause)
        else if (!this.#isOver) note(`the lease of the run was not renewed: ${cause.message}`)
      },
    )
  }

  #lose(error: MusterError): void {
    if (this.#isOver) return
    this.release()
    this.#parts.lost(error)
  }
}

function storeFailed(error: unknown): MusterError {
  if (isMusterError(error)) return error
  return new MusterError('STORE_FAILED', {
    expected: 'the store to keep the run',
    got: nameAndMessageOf(error),
    cause: error,
  })
}
