// What is written, used from the database thread: runs, their journals and who owns them, and the history. Everything here
// blocks; a call is one transaction, and a list of appends is one transaction too, since the sync at its end is what costs.
import type { HistoryGuard, HistoryRecord } from '@muster/core'
import { judgeOwner } from '../judge-owner.ts'
import { positionOf, seqOf } from '../journal-position.ts'
import type { StoreFailure } from '../store-failure.ts'
import type { AppendRequest, ThreadCall, ThreadSettings } from '../thread-messages.ts'
import { detailsChecksum, rowChecksum } from './checksum.ts'
import { DatabaseFile } from './database-file.ts'
import { encodeDetails } from './encode-details.ts'
import { openDatabase } from './open-database.ts'
import { ownerOf } from './owner-of.ts'
import { SpaceReserve } from './space-reserve.ts'
import { failureFrom, holds, StoreTrouble } from './store-trouble.ts'
import { bootNowMs, surroundings, thisProcess, type ThisProcess } from './this-machine.ts'
import { WritingConnection } from './writing-connection.ts'

/** An append that was not stored, and why. */
export interface Refusal {
  readonly number: number
  readonly failure: StoreFailure
}

/** What an opened journal starts with. */
export interface OpenedJournal {
  readonly writer: number
  readonly epoch: number
  readonly lastSeq: number
}

type OpenRequest = Extract<ThreadCall, { kind: 'open-journal' }>

/** An owner of a run in this process. */
interface Writer {
  readonly run: string
  readonly key: number
  readonly epoch: number
  readonly leaseMs: number
  lastSeq: number
  renewedAtMs: number
  /** Why it takes nothing any more. */
  death: StoreFailure | undefined
}

/** How often a lease is renewed while it lasts. */
const renewalsPerLease = 3

/** Everything that is written to the database, with the owners of runs in this process. */
export class WriterDatabase {
  readonly #settings: ThreadSettings
  readonly #connection: WritingConnection
  readonly #file: DatabaseFile
  readonly #reserve: SpaceReserve
  readonly #me: ThisProcess = thisProcess()
  readonly #writers = new Map<number, Writer>()
  #opened = 0

  constructor(settings: ThreadSettings) {
    this.#settings = settings
    this.#reserve = new SpaceReserve(settings.path)
    this.#connection = new WritingConnection(openDatabase(settings), this.#reserve)
    this.#file = new DatabaseFile(settings.path)
  }

  createRun(run: string, name: string, createdAtWallMs: number): void {
    this.#file.check()
    this.#connection.transact(() => {
      const insert = this.#connection.sql(
        `INSERT INTO runs (run, name, created_at_wall_ms, status, epoch) VALUES (?, ?, ?, 'open', 0)
        ON CONFLICT (run) DO NOTHING`,
      )
      if (insert.run(run, name, createdAtWallMs).changes === 1) return
      const got = JSON.stringify(run)
      throw new StoreTrouble({ kind: 'misuse', code: 'RUN_EXISTS', expected: 'a run id that is not taken', got })
    })
  }

  openJournal({ run, owner, leaseMs, takeOver }: OpenRequest): OpenedJournal {
    this.#reserve.fill()
    return this.#connection.transact(() => {
      const found = this.#findRun(run)
      if (found === undefined) {
        const got = JSON.stringify(run)
        throw new StoreTrouble({ kind: 'misuse', code: 'RUN_UNKNOWN', expected: 'the id of a run in the store', got })
      }
      const { key, livingOwner } = found
      if (livingOwner !== undefined && !takeOver) {
        throw new StoreTrouble({
          kind: 'misuse',
          code: 'RUN_OWNED',
          expected: `run ${JSON.stringify(run)} to have no living owner`,
          got: `${livingOwner}, who holds it`,
        })
      }
      const epoch = found.epoch + 1
      const { machine, pid, started } = this.#me
      this.#connection
        .sql('UPDATE runs SET epoch = ?, owner = ?, machine = ?, pid = ?, started = ? WHERE key = ?')
        .run(epoch, owner, machine, pid, started, key)
      this.#renew(key, leaseMs)
      const lastSeq = this.#lastSeqOf(key)
      const writer = ++this.#opened
      const renewedAtMs = performance.now()
      this.#writers.set(writer, { run, key, epoch, leaseMs, lastSeq, renewedAtMs, death: undefined })
      return { writer, epoch, lastSeq }
    })
  }

  /**
   * Stores all appends in one transaction, each writer's in order. Those of a writer that was taken over are refused and
   * the others stored; when the transaction fails all are refused, and every writer with a part in it is dead.
   */
  appendAll(appends: readonly AppendRequest[]): readonly Refusal[] {
    const refused = new Map<number, StoreFailure>()
    const involved = new Map<Writer, number>()
    try {
      this.#connection.transact(() => {
        // It may be carried out again.
        refused.clear()
        involved.clear()
        for (const append of appends) {
          const failure = this.#append(append, involved)
          if (failure !== undefined) refused.set(append.number, failure)
        }
      })
      for (const [writer, lastSeq] of involved) writer.lastSeq = lastSeq
    } catch (error) {
      const failure = failureFrom(error, 'append to a journal', this.#settings)
      for (const { number, writer } of appends) {
        if (refused.has(number)) continue
        refused.set(number, failure)
        const owner = this.#writers.get(writer)
        if (owner !== undefined) owner.death ??= failure
      }
    }
    return Array.from(refused, ([number, failure]) => ({ number, failure }))
  }

  heartbeat(id: number): void {
    const writer = this.#writer(id)
    if (writer.death !== undefined) throw new StoreTrouble(writer.death)
    this.#file.check()
    this.#connection.transact(() => this.#keepOwnership(writer))
  }

  /** Renews the leases of which a part is over, so that no owner loses its run while its main thread is busy. */
  renewLeases(): void {
    for (const writer of this.#writers.values()) {
      if (writer.death !== undefined || !isRenewalDue(writer)) continue
      try {
        this.#file.check()
        this.#connection.transact(() => this.#keepOwnership(writer))
      } catch (error) {
        const failure = failureFrom(error, 'renew a lease', this.#settings)
        // Whatever else went wrong may pass; the next append or heartbeat will tell.
        if (failure.kind === 'misuse' && isFinal.has(failure.code)) writer.death = failure
      }
    }
  }

  /** How soon `renewLeases` should be called again, in milliseconds; `undefined` while there is no owner. */
  get renewEveryMs(): number | undefined {
    const leases = Array.from(this.#writers.values(), ({ leaseMs }) => leaseMs)
    return leases.length === 0 ? undefined : Math.max(5, Math.min(...leases) / (renewalsPerLease + 1))
  }

  closeJournal(id: number): void {
    const writer = this.#writer(id)
    this.#writers.delete(id)
    this.#file.check()
    this.#connection.transact(() => {
      this.#checkEpoch(writer)
      this.#connection.sql('UPDATE runs SET owner = NULL WHERE key = ?').run(writer.key)
    })
  }

  deleteRuns(runs: readonly string[]): number {
    let gone = 0
    for (const run of runs) if (this.#connection.transact(() => this.#deleteRun(run))) gone += 1
    return gone
  }

  foldHistory(run: string, records: readonly HistoryRecord[], guard: HistoryGuard | undefined): boolean {
    this.#file.check()
    return this.#connection.transact(() => {
      if (guard !== undefined) {
        const found = this.#connection.sql('SELECT text FROM history WHERE key = ?').get(guard.key)?.['text']
        if (found !== guard.text) return false
      }
      const mark = this.#connection.sql('INSERT INTO folded (run) VALUES (?) ON CONFLICT (run) DO NOTHING')
      if (mark.run(run).changes === 0) return false
      const replace = this.#connection.sql(
        'INSERT INTO history (key, text) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET text = excluded.text',
      )
      for (const { key, text } of records) replace.run(key, text)
      return true
    })
  }

  close(): void {
    for (const id of [...this.#writers.keys()]) {
      try {
        this.closeJournal(id)
      } catch {
        // Its lease will end by itself; closing must not fail for it.
      }
    }
    this.#connection.close()
  }

  /** Stores one append within the transaction, or says why this one alone is refused. */
  #append(append: AppendRequest, involved: Map<Writer, number>): StoreFailure | undefined {
    const writer = this.#writers.get(append.writer)
    if (writer === undefined) return { kind: 'misuse', code: 'STORE_CLOSED', ...closedJournal }
    if (writer.death !== undefined) return writer.death
    let lastSeq = involved.get(writer)
    if (lastSeq === undefined) {
      try {
        if (isRenewalDue(writer)) this.#keepOwnership(writer)
        else this.#checkEpoch(writer)
      } catch (error) {
        if (!(error instanceof StoreTrouble)) throw error
        return (writer.death = error.failure)
      }
      lastSeq = writer.lastSeq
      involved.set(writer, lastSeq)
    }
    const { seq, bytes, details, status } = append
    const { key, epoch } = writer
    const crc = rowChecksum(seq, epoch, bytes)
    if (seq <= lastSeq) return this.#isStored(key, seq, epoch, bytes) ? undefined : takenPosition(seq)
    if (seq !== lastSeq + 1) return { kind: 'broken', fact: `row ${seq} follows row ${lastSeq} without a gap` }
    this.#connection
      .sql('INSERT INTO journal (position, epoch, bytes, crc) VALUES (?, ?, ?, ?)')
      .run(positionOf(key, seq), epoch, bytes, crc)
    for (const { name, text } of details ?? []) this.#keepDetails(key, name, text)
    if (status !== undefined) this.#connection.sql('UPDATE runs SET status = ? WHERE key = ?').run(status, key)
    involved.set(writer, seq)
    return undefined
  }

  #keepDetails(key: number, name: string, text: string): void {
    const { encoding, bytes } = encodeDetails(text)
    this.#connection
      .sql('INSERT INTO details (run, name, encoding, crc, bytes) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
      .run(key, name, encoding, detailsChecksum(name, bytes), bytes)
  }

  #isStored(key: number, seq: number, epoch: number, bytes: string): boolean {
    const row = this.#connection.sql('SELECT epoch, bytes FROM journal WHERE position = ?').get(positionOf(key, seq))
    return row?.['epoch'] === epoch && row['bytes'] === bytes
  }

  #lastSeqOf(key: number): number {
    const row = this.#connection
      .sql('SELECT max(position) AS last FROM journal WHERE position BETWEEN ? AND ?')
      .get(positionOf(key, 0), positionOf(key + 1, 0) - 1)
    return typeof row?.['last'] === 'number' ? seqOf(row['last']) : 0
  }

  #deleteRun(run: string): boolean {
    const found = this.#findRun(run)
    if (found === undefined || found.livingOwner !== undefined) return false
    this.#connection
      .sql('DELETE FROM journal WHERE position BETWEEN ? AND ?')
      .run(positionOf(found.key, 0), positionOf(found.key + 1, 0) - 1)
    // Its details go with it.
    this.#connection.sql('DELETE FROM runs WHERE key = ?').run(found.key)
    return true
  }

  #findRun(run: string): { key: number; epoch: number; livingOwner: string | undefined } | undefined {
    const row = this.#connection.sql('SELECT * FROM runs WHERE run = ?').get(run)
    if (row === undefined) return undefined
    const { key, epoch, owner } = row
    holds(typeof key === 'number' && typeof epoch === 'number', 'a run has a key and an epoch')
    const isAlive = typeof owner === 'string' && judgeOwner(ownerOf(row), surroundings(this.#me)) !== 'dead'
    return { key: Number(key), epoch: Number(epoch), livingOwner: isAlive ? owner : undefined }
  }

  #keepOwnership(writer: Writer): void {
    this.#checkEpoch(writer)
    this.#renew(writer.key, writer.leaseMs)
    writer.renewedAtMs = performance.now()
  }

  #renew(key: number, leaseMs: number): void {
    const boot = bootNowMs(this.#me.machine)
    this.#connection
      .sql('UPDATE runs SET lease_expires_wall_ms = ?, lease_expires_boot_ms = ? WHERE key = ?')
      .run(Date.now() + leaseMs, boot === undefined ? null : boot + leaseMs, key)
  }

  /** The fence: throws once a later owner has opened the run. */
  #checkEpoch({ run, key, epoch }: Writer): void {
    const found = this.#connection.sql('SELECT epoch FROM runs WHERE key = ? AND run = ?').get(key, run)?.['epoch']
    if (found === epoch) return
    throw new StoreTrouble({
      kind: 'misuse',
      code: 'RUN_TAKEN_OVER',
      expected: `epoch ${epoch} to be the last of run ${JSON.stringify(run)}`,
      got: found === undefined ? 'the run deleted' : `epoch ${String(found)}`,
    })
  }

  #writer(id: number): Writer {
    const writer = this.#writers.get(id)
    if (writer === undefined) throw new StoreTrouble({ kind: 'misuse', code: 'STORE_CLOSED', ...closedJournal })
    return writer
  }
}

/** After these nothing of the writer can be kept any more. */
const isFinal: ReadonlySet<string> = new Set(['RUN_TAKEN_OVER', 'STORE_LOST'])

const closedJournal = { expected: 'an open journal', got: 'a closed one' } as const

function isRenewalDue({ renewedAtMs, leaseMs }: Writer): boolean {
  return performance.now() - renewedAtMs >= leaseMs / renewalsPerLease
}

function takenPosition(seq: number): StoreFailure {
  return { kind: 'broken', fact: `row ${seq} of a journal is written once` }
}
