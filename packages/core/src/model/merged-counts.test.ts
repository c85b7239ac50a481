// A task whose failed cases alone ran again is counted by all its attempts together, also where only counts are known.
import { expect, test } from 'vitest'
import { toldCounts } from './merged-counts.ts'
import type { CaseCounts } from './outcome.ts'
import type { AttemptReport } from './report.ts'

function attempt(cases: CaseCounts | undefined, of?: number): Pick<AttemptReport, 'ending' | 'scope'> {
  const scope = of === undefined ? {} : { scope: { cases: [{ path: ['a'] }], of } }
  return { ending: { kind: 'ended', outcome: { result: 'failed', durationMs: 1, cases } }, ...scope }
}

const whole = { passed: 17, failed: 2, skipped: 1, flaky: 0 }

test.each<[string, readonly Pick<AttemptReport, 'ending' | 'scope'>[], CaseCounts | undefined]>([
  ['the last attempt at everything counts', [attempt({ ...whole, failed: 9 }), attempt(whole)], whole],
  [
    'what passed at its second try is flaky',
    [attempt(whole), attempt({ passed: 1, failed: 1, skipped: 0, flaky: 0 }, 20)],
    { passed: 17, failed: 1, skipped: 1, flaky: 1 },
  ],
  ['an attempt that told nothing changes nothing', [attempt(whole), attempt(undefined, 20)], whole],
  ['nobody counted', [attempt(undefined)], undefined],
])('%s', (_what, attempts, expected) => {
  expect(toldCounts(attempts)).toEqual(expected)
})
