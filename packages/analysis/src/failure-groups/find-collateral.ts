// What followed from a fault of a worker: after its device is gone everything that needs it fails there, and after its process
// died whatever shared it does. An attempt that passes there afterwards shows that the fault is over. Assertions never follow
// from a fault: they mean that the code ran and gave something else.
import type { FailureCategory } from '@muster/core'
import type { FailureOccurrence } from './failure-occurrence.ts'
import { isFault, type WorkerAttempt } from './worker-attempt.ts'

/**
 * What can be the consequence of a lost device. Of a process that died nothing is, in other attempts, but what speaks of a lost
 * device or place: whoever lost that process to another attempt is told so by the run, and who died alone died by itself.
 */
const followsDevice: ReadonlySet<FailureCategory> = new Set([
  'hardware-device',
  'process-crash',
  'infrastructure',
  'exception',
  'resource',
  'timeout',
  'network',
  'environment',
  'unknown',
])
const followsCrash: ReadonlySet<FailureCategory> = new Set(['hardware-device', 'infrastructure'])
/** Cases of the very attempt in which the process died. */
const followsInside: ReadonlySet<FailureCategory> = new Set([...followsCrash, 'process-crash', 'unknown', 'cancelled'])

/** For each failure that may only have followed, the fault that it followed. Attempts in the order of their ends. */
export function findCollateral(attempts: readonly WorkerAttempt[]): ReadonlyMap<FailureOccurrence, FailureOccurrence> {
  const followed = new Map<FailureOccurrence, FailureOccurrence>()
  const faults = new Map<string, { readonly occurrence: FailureOccurrence; readonly atMs: number }>()
  for (const { worker, startedAtMs, endedAtMs, isPassed, failures } of attempts) {
    const fault = faults.get(worker)
    if (isPassed) {
      // What began before the fault says nothing of the time after it.
      if (fault !== undefined && startedAtMs >= fault.atMs) faults.delete(worker)
      continue
    }
    const [first, ...cases] = failures
    if (first === undefined) continue
    if (fault !== undefined) {
      const follows = fault.occurrence.failure.category === 'hardware-device' ? followsDevice : followsCrash
      for (const failure of failures) if (follows.has(failure.failure.category)) followed.set(failure, fault.occurrence)
      continue
    }
    if (!isFault(first.failure.category)) {
      const fault = failures.find(({ failure }) => failure.category === 'hardware-device')
      if (fault !== undefined) faults.set(worker, { occurrence: fault, atMs: endedAtMs })
      continue
    }
    for (const failure of cases) if (followsInside.has(failure.failure.category)) followed.set(failure, first)
    faults.set(worker, { occurrence: first, atMs: endedAtMs })
  }
  return followed
}
