// The kernel says itself that it killed processes for want of memory. That is no guess from a signal, as a bare `SIGKILL`
// would be, and nothing that the test is known to have done: somebody else on the machine may have taken the memory.
import type { Failure } from '../model/failure.ts'
import { observedFailure } from './observed-failure.ts'

/** The process that ran a test was killed with `killed` in all, says the kernel. */
export function failureOutOfMemory(killed: number): Failure {
  return observedFailure('out-of-memory', {
    message: 'The process that ran the test was killed by the kernel for want of memory',
    evidence: [`oom_kill ${killed}, as the kernel counts for its control group`, 'signal SIGKILL'],
  })
}
