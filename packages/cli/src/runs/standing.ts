// How it is with a run that is kept: a record that says "open" stands for one that goes on and for one whose owner died, and
// a person must never take the one for the other.
import type { RunRecord } from '@muster/core'

/** `running` somebody drives it; `interrupted` nobody does, though it is not over; `finished` it is over. */
export type Standing = 'running' | 'interrupted' | 'finished'

/** Where a run stands. */
export function standingOf({ status, owner }: Pick<RunRecord, 'status' | 'owner'>): Standing {
  if (status !== 'open') return status
  return owner?.isAlive === true ? 'running' : 'interrupted'
}
