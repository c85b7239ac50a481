// Breaks a store on purpose, by script, so that a simulation can show what survives. The nastiest fault is the write that
// happened although its caller was told that it had not.
import { MusterError } from '../errors/muster-error.ts'
import type { Commit, HistoryGuard, HistoryRecord, JournalWriter, OpenJournalRequest, Store } from '../ports/store.ts'

/**
 * What goes wrong with one call: it fails; it is carried out and then reports failure; it finds no space; it never
 * answers, without or after being carried out.
 */
export type StoreFault = 'fail' | 'store-then-fail' | 'full' | 'never-answer' | 'store-then-never-answer'

/** One call that changes the store. */
export interface StoreCall {
  /** Counts all such calls of the store, from 1. */
  readonly number: number
  readonly method: 'createRun' | 'openJournal' | 'append' | 'heartbeat' | 'close-journal' | 'deleteRuns' | 'foldHistory'
  /** The run it is about, where it is about one. */
  readonly run?: string | undefined
  /** The row's position, of an append. */
  readonly seq?: number | undefined
}

/**
 * Wraps a store so that `script` decides of each call that changes something whether and how it fails. After a failed
 * append its writer is dead, as with a real store: every later call of it rejects.
 *
 * @example
 * ```ts
 * const store = faultyStore(memoryStore(), ({ method, seq }) => (method === 'append' && seq === 3 ? 'full' : undefined))
 * ```
 */
export function faultyStore(inner: Store, script: (call: StoreCall) => StoreFault | undefined): Store {
  let calls = 0
  const suffer = <Value>(call: Omit<StoreCall, 'number'>, carryOut: () => Promise<Value>): Promise<Value> => {
    calls += 1
    const fault = script({ ...call, number: calls })
    switch (fault) {
      case undefined:
        return carryOut()
      case 'fail':
        return Promise.reject(failed(call))
      case 'full':
        return Promise.reject(full(call))
      case 'store-then-fail':
        return carryOut().then(() => Promise.reject(failed(call)))
      case 'never-answer':
        return never()
      case 'store-then-never-answer':
        return carryOut().then(() => never())
    }
  }
  return {
    name: `faulty ${inner.name}`,
    createRun: (run) => suffer({ method: 'createRun', run: run.run }, () => inner.createRun(run)),
    listRuns: (limit?: number) => inner.listRuns(limit),
    findRun: (run: string) => inner.findRun(run),
    openJournal: (request: OpenJournalRequest) =>
      suffer({ method: 'openJournal', run: request.run }, async () =>
        faultyWriter(await inner.openJournal(request), suffer),
      ),
    readJournal: (run: string, afterSeq?: number) => inner.readJournal(run, afterSeq),
    readDetails: (run: string, name: string) => inner.readDetails(run, name),
    deleteRuns: (runs: readonly string[]) => suffer({ method: 'deleteRuns' }, () => inner.deleteRuns(runs)),
    readHistory: (keys) => inner.readHistory(keys),
    foldHistory: (run: string, records: readonly HistoryRecord[], guard?: HistoryGuard) =>
      suffer({ method: 'foldHistory', run }, () => inner.foldHistory(run, records, guard)),
    close: () => inner.close(),
  }
}

type Suffer = <Value>(call: Omit<StoreCall, 'number'>, carryOut: () => Promise<Value>) => Promise<Value>

function faultyWriter(inner: JournalWriter, suffer: Suffer): JournalWriter {
  const { run } = inner
  let death: Error | undefined
  let lastSeq = inner.lastSeq
  return {
    run,
    epoch: inner.epoch,
    get lastSeq() {
      return lastSeq
    },
    append: async (commit: Commit) => {
      if (death !== undefined) throw death
      try {
        await suffer({ method: 'append', run, seq: commit.seq }, () => inner.append(commit))
        lastSeq = Math.max(lastSeq, commit.seq)
      } catch (error) {
        death = error instanceof Error ? error : new Error(String(error))
        throw death
      }
    },
    heartbeat: async () => {
      if (death !== undefined) throw death
      await suffer({ method: 'heartbeat', run }, () => inner.heartbeat())
    },
    close: () => suffer({ method: 'close-journal', run }, () => inner.close()),
  }
}

function failed({ method }: Omit<StoreCall, 'number'>): MusterError {
  return new MusterError('STORE_FAILED', { expected: `${method} to be carried out`, got: 'a fault of the script' })
}

function full({ method }: Omit<StoreCall, 'number'>): MusterError {
  return new MusterError('STORE_FULL', { expected: `space for ${method}`, got: 'a fault of the script' })
}

function never(): Promise<never> {
  return new Promise(() => {})
}
