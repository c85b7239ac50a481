// Space that is kept for the day on which the disk is full: a test that fills it must not take with it what the other tests
// found out. The space is given up when a write finds none, and then what fills the disk is waited for a little.
import { randomFillSync } from 'node:crypto'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { primaryCode, resultCode } from '../result-codes.ts'
import { complaintOf, isDiskFull } from './store-trouble.ts'

/** Enough for the end of a run of some thousand tasks, in bytes. */
const reserveBytes = 1 << 20
/** Once it is used up, how long space is waited for, and how often it is looked for. In milliseconds. */
const patience = { longestMs: 5000, betweenMs: 100 }
const sleeper = new Int32Array(new SharedArrayBuffer(4))

/** The reserve beside one database file. */
export class SpaceReserve {
  readonly #path: string
  readonly #database: string
  #sinceMs: number | undefined

  constructor(database: string) {
    this.#database = database
    this.#path = `${database}-reserve`
  }

  /** Lays the reserve in, where it is not there. A disk that is too full already has none. */
  fill(): void {
    try {
      if (statSync(this.#path, { throwIfNoEntry: false })?.size === reserveBytes) return
      // What does not repeat cannot be made smaller by a file system that tries.
      writeFileSync(this.#path, randomFillSync(new Uint8Array(reserveBytes)))
    } catch {
      this.#release()
    }
  }

  /** Makes room after a write has failed, or waits for it; says whether the write is worth another try. */
  makeRoom(error: unknown): boolean {
    if (!isSpaceGone(error, this.#database)) return false
    if (this.#release()) return true
    const nowMs = performance.now()
    this.#sinceMs ??= nowMs
    if (nowMs - this.#sinceMs > patience.longestMs) return false
    Atomics.wait(sleeper, 0, 0, patience.betweenMs)
    return true
  }

  /** A write went well: the next that finds no space may wait again. */
  wrote(): void {
    this.#sinceMs = undefined
  }

  #release(): boolean {
    try {
      rmSync(this.#path)
      return true
    } catch {
      // It has been given up before, or cannot be.
      return false
    }
  }
}

/** Where the file alone may not grow, the disk has space all the same, and giving some up would change nothing. */
function isSpaceGone(error: unknown, database: string): boolean {
  const { errcode, code } = complaintOf(error)
  const primary = primaryCode(errcode)
  const mayBe = primary === resultCode.full || primary === resultCode.ioError || code === 'ENOSPC' || code === 'EDQUOT'
  return mayBe && isDiskFull(database)
}
