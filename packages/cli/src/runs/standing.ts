// How it is with a run that is kept: a record that says "open" stands for one that goes on and for one whose owner died, and
// a person must never take the one for the other.
import type { RunRecord } from '@muster/core'

/** `running` somebody drives it; `stopped` its owner lives and stands still, as after Ctrl-Z; `interrupted` nobody does, though it is not over; `finished` it is over. */
export type Standing = 'running' | 'stopped' | 'interrupted' | 'finished'

/** Where a run stands. */
export function standingOf({ status, owner }: Pick<RunRecord, 'status' | 'owner'>): Standing {
  if (status !== 'open') return status
  if (owner?.isAlive !== true) return 'interrupted'
  return owner.isStopped === true ? 'stopped' : 'running'
}

/** Whether somebody owns the run and goes on with it, at once or when it is let. */
export function isDriven(record: Pick<RunRecord, 'status' | 'owner'>): boolean {
  const standing = standingOf(record)
  return standing === 'running' || standing === 'stopped'
}
