// A report of many cases as a large project would have it: files of fifty cases, suites within them, some that fail, some that
// are flaky, on workers with slots. The same seed gives the same report.
import type { AttemptReport, CaseResult, RunReport, TaskReport } from '@muster/core'
import { makeFailure } from '@muster/core/failure'

const casesPerFile = 50
const slots = 32
const areas = ['cart', 'checkout', 'search', 'catalogue', 'billing', 'accounts', 'mail', 'stock'] as const
const titles = [
  'adds an item to a cart that is empty',
  'keeps the total when a currency changes',
  'rejects a negative amount with a reason',
  'sends one mail for two orders',
  'parses a date in the time zone of the user',
  'limits the size of a page to what was asked for',
] as const
const broken = makeFailure({
  category: 'assertion',
  errorName: 'AssertionError',
  message: 'expected { total: 1299 } to deeply equal { total: 1300 }',
  stack:
    '- Expected\n+ Received\n\n  {\n-   "total": 1300,\n+   "total": 1299,\n  }\n\nAssertionError: expected { total: 1299 }\n    at test/cart.test.ts:36:23',
  evidence: ['error class AssertionError'],
})

/** The report of a run with so many cases. */
export function reportOfCases(count: number, seed: number): RunReport {
  let state = seed
  const roll = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
  const free = Array.from({ length: slots }, () => 0)
  const tasks = Array.from({ length: Math.ceil(count / casesPerFile) }, (_, file): TaskReport => {
    const area = areas[file % areas.length] ?? 'cart'
    const id = `packages/${area}/test/${area}-${file}.test.ts`
    const isBroken = file % 40 === 7
    const cases = Array.from({ length: Math.min(casesPerFile, count - file * casesPerFile) }, (_, at): CaseResult => {
      const shared = {
        path: [area, `group ${at % 5}`, `${titles[at % titles.length] ?? ''} ${file}-${at}`],
        line: 5 + 7 * at,
      }
      const durationMs = Math.round(roll() * roll() * 20_000) / 100
      if (isBroken && at === 3) return { ...shared, durationMs, result: 'failed', failure: broken }
      return { ...shared, durationMs, result: roll() < 0.01 ? 'skipped' : 'passed' }
    })
    const slot = free.indexOf(Math.min(...free))
    const launchedAtMs = free[slot] ?? 0
    const durationMs = cases.reduce((sum, one) => sum + one.durationMs, 0)
    free[slot] = launchedAtMs + durationMs + 20
    const attempt: AttemptReport = {
      n: 1,
      worker: `worker-${slot % 4}`,
      launchedAtMs,
      startedAtMs: launchedAtMs + 15,
      closedAtMs: launchedAtMs + durationMs + 15,
      ending: {
        kind: 'ended',
        outcome: isBroken ? { result: 'failed', durationMs, failure: broken } : { result: 'passed', durationMs },
      },
      details: { cases, stdout: { head: 'listening\n'.repeat(20), tail: '', omittedBytes: 0 } },
    }
    return {
      id,
      kind: 'vitest',
      file: id,
      verdict: isBroken ? { kind: 'failed', failure: broken } : { kind: 'passed' },
      attempts: [attempt],
    }
  })
  const failed = tasks.filter(({ verdict }) => verdict?.kind === 'failed').length
  const none = { flaky: 0, 'timed-out': 0, blocked: 0, skipped: 0, cancelled: 0, poisoned: 0, unplaceable: 0, open: 0 }
  return {
    version: 1,
    run: 'bench',
    ending: 'finished',
    exit: failed > 0 ? 'failed' : 'passed',
    exitCode: failed > 0 ? 1 : 0,
    startedAtWallMs: 1_767_323_045_678,
    durationMs: Math.max(...free),
    totals: { ...none, tasks: tasks.length, passed: tasks.length - failed, failed },
    cases: { passed: count, failed, skipped: 0, flaky: 0 },
    workers: Array.from({ length: 4 }, (_, worker) => ({ id: `worker-${worker}`, slots: slots / 4 })),
    tasks,
  }
}
