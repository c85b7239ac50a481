// Which of the attempts that were launched have a slot. Workers take some ahead, and a board that showed those as running would
// show more at once than there are slots.
import type { RunningAttempt } from './live-attempts.ts'

type Launched = Pick<RunningAttempt, 'worker' | 'hasBegun'>

/** Those that have begun, and of the others the first ones as long as their worker has slots; in the order given. */
export function onSlots<One extends Launched>(
  launched: readonly One[],
  slotsOf: (worker: string) => number | undefined,
): readonly One[] {
  const taken = new Map<string, number>()
  for (const { worker, hasBegun } of launched) {
    if (hasBegun) taken.set(worker, (taken.get(worker) ?? 0) + 1)
  }
  return launched.filter(({ worker, hasBegun }) => {
    if (hasBegun) return true
    const before = taken.get(worker) ?? 0
    taken.set(worker, before + 1)
    return before < (slotsOf(worker) ?? Infinity)
  })
}
