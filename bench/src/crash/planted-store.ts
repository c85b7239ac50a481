// Faults that `crash --kill coordinator` has to see, each a way in which a store could break its promise.
import { setTimeout as wait } from 'node:timers/promises'
import type { JournalRow, Store } from '@muster/core'
import { wrapStore } from './wrap-store.ts'

/** What each fault breaks. */
export const plantedFaults: Readonly<Record<string, string>> = {
  'ack-before-durable':
    'the store says that a commit is durable 20 ms before it is: `lost`, `doubled` and `repeated` rise',
  'forget-journal-tail': 'a resume does not see the last rows of the journal: `doubled` and `repeated` rise',
  'slow-open': 'opening the journal takes 1.5 s longer: `accept_p95_ms` rises',
  'leave-process': 'a process of each dead coordinator lives on: `alive_at_launch` rises',
}

/** The store with the fault in it; `inner` where the fault is not the store's. */
export function plantedStore(inner: Store, fault: string | undefined): Store {
  switch (fault ?? 'none') {
    case 'ack-before-durable': {
      let last: Promise<unknown> = Promise.resolve()
      return wrapStore(inner, {
        append: async (writer, commit) => {
          last = Promise.all([last, wait(20)]).then(() => writer.append(commit))
        },
      })
    }
    case 'forget-journal-tail':
      return wrapStore(inner, { readJournal: (run, afterSeq) => withoutTail(inner.readJournal(run, afterSeq)) })
    case 'slow-open':
      return wrapStore(inner, {
        openJournal: async (request) => {
          await wait(1500)
          return inner.openJournal(request)
        },
      })
    default:
      return inner
  }
}

/** All rows but the last four; the first ones, which hold the tasks, stay. */
async function* withoutTail(
  journal: AsyncIterable<readonly JournalRow[]>,
): AsyncGenerator<readonly JournalRow[], void, void> {
  const all: JournalRow[] = []
  for await (const rows of journal) all.push(...rows)
  yield all.slice(0, Math.max(3, all.length - 4))
}
