// Whether others fare better: the evidence that tells a worker at fault from a world at fault. Looks at the newest attempts
// only, and only when a failure has raised the question.
import type { RunState } from './run-state.ts'

/** So many attempts back it looks. */
export const newestAttempts = 1000

/** Whether something passed since then on one of those workers; `isAlike` says of a task whether it counts. */
export function havePassed(
  { attempts }: RunState,
  isOther: (worker: number) => boolean,
  sinceMs: number,
  isAlike: (task: number) => boolean = () => true,
): boolean {
  const first = Math.max(0, attempts.length - newestAttempts)
  for (let row = attempts.length - 1; row >= first; row--) {
    if ((attempts.closedAtMs(row) ?? -1) < sinceMs || !isOther(attempts.worker(row))) continue
    const ending = attempts.ending(row)
    if (ending?.kind === 'ended' && ending.outcome.result === 'passed' && isAlike(attempts.task(row))) return true
  }
  return false
}
