// What followed from a fault of a worker: after its device is gone everything that needs it fails there. An attempt that passes
// there afterwards shows that the fault is over. Assertions never follow from a fault: they mean that the code ran and gave
// something else. The crash of one attempt is no fault of the worker: the next has a process of its own.
import type { FailureCategory } from '@muster/core'
import type { FailureOccurrence } from './failure-occurrence.ts'
import { isFault, type WorkerAttempt } from './worker-attempt.ts'

/**
 * What can be the consequence of a lost device. Of a process that died nothing is, in other attempts, but the loss of a device,
 * and of the worker under what ran beside it: who was ended from outside later on was ended by somebody.
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
/** Cases of the very attempt in which the process died. */
const followsInside: ReadonlySet<FailureCategory> = new Set([
  'hardware-device',
  'infrastructure',
  'process-crash',
  'unknown',
  'cancelled',
])

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
      const isDevice = fault.occurrence.failure.category === 'hardware-device'
      const wasBeside = startedAtMs <= fault.atMs
      const follows = ({ failure: { category, code } }: FailureOccurrence): boolean =>
        isDevice ? followsDevice.has(category) : category === 'hardware-device' || (code === 'worker-lost' && wasBeside)
      for (const failure of failures) if (follows(failure)) followed.set(failure, fault.occurrence)
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
