// One report with everything in it that a summary has to tell: a failure, a flaky case, a blocked and a skipped task. Only
// tests use this.
import type { AttemptReport, CaseResult, RunReport } from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import { reportOfTasks } from './any-report.ts'

const wrong = makeFailure({
  category: 'assertion',
  message: 'expected 1 to be 2\nDiff below',
  evidence: [],
  errorName: 'AssertionError',
})
const socket = makeFailure({ category: 'network', message: 'socket hang up', evidence: ['code ECONNRESET'] })

function attempt(
  n: number,
  times: readonly [number, number],
  cases: readonly CaseResult[],
  failed?: typeof wrong,
): AttemptReport {
  const [startedAtMs, closedAtMs] = times
  const durationMs = closedAtMs - startedAtMs
  return {
    n,
    worker: 'slot-1',
    launchedAtMs: startedAtMs,
    startedAtMs,
    closedAtMs,
    ending: {
      kind: 'ended',
      outcome: {
        result: failed === undefined ? 'passed' : 'failed',
        durationMs,
        ...(failed === undefined ? {} : { failure: failed }),
      },
    },
    details: { cases, stderr: { head: 'warning: \u001b[33mold\u001b[0m', tail: '', omittedBytes: 0 } },
  }
}

const adds: CaseResult = { path: ['cart', 'adds'], line: 3, result: 'passed', durationMs: 12.25 }
const removes: CaseResult = { path: ['cart', 'removes'], line: 9, result: 'failed', durationMs: 30, failure: wrong }
const pays: CaseResult = { path: ['pays'], result: 'failed', durationMs: 400, failure: socket }

/** Six tasks: one passed, one flaky, one failed, two blocked, one skipped. */
export const sampleReport: RunReport = reportOfTasks([
  { id: 'db-setup', kind: 'command', verdict: { kind: 'passed' }, attempts: [attempt(1, [0, 900], [])] },
  {
    id: 'cart',
    kind: 'vitest',
    file: 'src/cart.test.ts',
    verdict: { kind: 'failed', failure: wrong },
    attempts: [attempt(1, [900, 2000], [adds, removes], wrong)],
  },
  {
    id: 'pay',
    kind: 'vitest',
    file: 'src/pay.test.ts',
    tags: ['slow'],
    verdict: { kind: 'flaky', failedAttempts: 1 },
    attempts: [
      attempt(1, [900, 1400], [pays], socket),
      attempt(2, [1400, 5000], [{ path: ['pays'], result: 'passed', durationMs: 350 }]),
    ],
  },
  { id: 'checkout', kind: 'vitest', verdict: { kind: 'blocked', by: 'cart' }, attempts: [] },
  { id: 'receipt', kind: 'vitest', verdict: { kind: 'blocked', by: 'cart' }, attempts: [] },
  { id: 'legacy', kind: 'vitest', verdict: { kind: 'skipped', because: 'removed soon' }, attempts: [] },
])
