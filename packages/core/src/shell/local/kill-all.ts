// Kills processes until none is found any more. What is killed may have started another in the meantime, so it looks again
// until it finds nothing; only a process that the kernel itself cannot end makes it give up.
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { MusterError } from '../../errors/muster-error.ts'
import { signalProcess } from '../signal-group.ts'

/** How long killed processes may take to go, and how long between looks. In milliseconds. */
const patience = { longestMs: 10_000, betweenMs: 4 }
/** So many looks find somebody before all are frozen: one may start another each time just before it is killed. */
const looksBeforeFreezing = 3

/** Something that keeps the processes in it from running; they can be killed all the same. */
export interface Freezer {
  freeze(): void
  thaw(): void
}

/** Sends `SIGKILL` to all that `find` finds, until it finds none; says which ones there were. */
export async function killAll(find: () => readonly number[], freezer?: Freezer): Promise<readonly number[]> {
  const killed = new Set<number>()
  const startedAtMs = performance.now()
  let looks = 0
  try {
    for (let pids = find(); pids.length > 0; pids = find()) {
      looks += 1
      if (looks === looksBeforeFreezing) freezer?.freeze()
      for (const pid of pids) {
        killed.add(pid)
        signalProcess(pid, 'SIGKILL')
      }
      if (performance.now() - startedAtMs > patience.longestMs) throw livesOn(pids)
      await wait(patience.betweenMs)
    }
  } finally {
    if (looks >= looksBeforeFreezing) freezer?.thaw()
  }
  return [...killed]
}

function livesOn(pids: readonly number[]): MusterError {
  return new MusterError('ENGINE_FAILED', {
    expected: 'killed processes to end',
    got: `processes that live on after SIGKILL: ${pids.join(', ')}`,
    remedy: 'End them by hand, as another user may have to; then resume the run.',
  })
}
