// A store that hands everything on but the few calls that somebody wants to see or to spoil.
import type { Commit, JournalRow, JournalWriter, OpenJournalRequest, Store } from '@muster/core'

/** The calls that can be taken over. */
export interface StoreCalls {
  readonly append?: (writer: JournalWriter, commit: Commit) => Promise<void>
  readonly openJournal?: (request: OpenJournalRequest) => Promise<JournalWriter>
  readonly readJournal?: (run: string, afterSeq?: number) => AsyncIterable<readonly JournalRow[]>
}

/** `inner` with some of its calls replaced. */
export function wrapStore(inner: Store, { append, openJournal, readJournal }: StoreCalls): Store {
  return {
    name: inner.name,
    createRun: (run) => inner.createRun(run),
    listRuns: (limit) => inner.listRuns(limit),
    findRun: (run) => inner.findRun(run),
    openJournal: async (request) => {
      const writer = await (openJournal?.(request) ?? inner.openJournal(request))
      return {
        run: writer.run,
        epoch: writer.epoch,
        get lastSeq() {
          return writer.lastSeq
        },
        append: (commit) => append?.(writer, commit) ?? writer.append(commit),
        heartbeat: () => writer.heartbeat(),
        close: () => writer.close(),
      }
    },
    readJournal: (run, afterSeq) => readJournal?.(run, afterSeq) ?? inner.readJournal(run, afterSeq),
    readDetails: (run, name) => inner.readDetails(run, name),
    deleteRuns: (runs) => inner.deleteRuns(runs),
    readHistory: (keys) => inner.readHistory(keys),
    foldHistory: (run, records, guard) => inner.foldHistory(run, records, guard),
    close: () => inner.close(),
  }
}
