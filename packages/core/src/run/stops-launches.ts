// Launched is not begun: an attempt may wait with its worker for a slot. Where a run begins nothing more, those come back.
import type { Entry } from './entry.ts'

/** Whether nothing that has not begun is to begin any more, while what runs may end by itself. */
export function stopsLaunches(entry: Entry): boolean {
  if (entry.kind === 'draining') return !entry.hard
  return entry.kind === 'paused' || (entry.kind === 'cancel-requested' && entry.running === 'let-end')
}
