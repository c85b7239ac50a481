// A store that takes its process down with it at one moment of a commit. It stands between Muster and the real store
// through the public port, so that the moment is exact: before the append, during it, or after it is durable and before
// its caller knows.
import type { Commit, JournalWriter, Store } from '@muster/core'
import type { KillMoment } from './crash-order.ts'
import { readRow } from './read-row.ts'
import { wrapStore } from './wrap-store.ts'

interface Executioner {
  readonly tell: (line: string) => void
  readonly die: () => void
}

/** The store, deadly at the moment given. */
export function dyingStore(inner: Store, moment: KillMoment, { tell, die }: Executioner): Store {
  if (moment.kind === 'never' || moment.kind === 'from-outside' || moment.kind === 'running') return inner
  let ends = 0
  const isMoment = ({ bytes }: Commit): boolean => {
    const before = ends
    ends += readRow(bytes).ends.length
    return before < moment.nth && ends >= moment.nth
  }
  return wrapStore(inner, {
    append: async (writer: JournalWriter, commit: Commit) => {
      if (!isMoment(commit)) return writer.append(commit)
      if (moment.kind === 'before-append') {
        tell(`before-append ${String(commit.seq)}`)
        die()
      }
      const appended = writer.append(commit)
      if (moment.kind === 'during-append') setImmediate(() => dieSoon(moment.afterMs, tell, die, commit.seq))
      await appended
      if (moment.kind !== 'in-commit') return
      tell(`in-commit ${String(commit.seq)}`)
      die()
    },
  })
}

/** Holds this thread, so that nobody hears of the commit, while the store's own thread goes on writing it. */
function dieSoon(afterMs: number, tell: Executioner['tell'], die: () => void, seq: number): void {
  const until = performance.now() + afterMs
  while (performance.now() < until);
  tell(`during-append ${String(seq)}`)
  die()
}
