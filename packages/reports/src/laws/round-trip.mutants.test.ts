// Planted faults in writers and readers: the laws must notice every one of them, or they promise nothing.
import type { CaseResult } from '@muster/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCtrf } from '../ctrf/read-ctrf.ts'
import { writeCtrf } from '../ctrf/write-ctrf.ts'
import { readJunit } from '../junit/read-junit.ts'
import { writeJunit } from '../junit/write-junit.ts'
import type { ReadCases } from '../read/read-cases.ts'
import { readTap } from '../tap/read-tap.ts'
import { writeTap } from '../tap/write-tap.ts'
import { anyReport } from './any-report.ts'
import { asJunitCan, exactly, type Format } from './round-trip.ts'

type Fault = (answer: ReadCases) => ReadCases

const inCases =
  (change: (one: CaseResult, at: number) => CaseResult): Fault =>
  (answer) => ({ ...answer, cases: answer.cases.map(change) })

const faults: Readonly<Record<string, Fault>> = {
  'forgets retries': inCases(({ retries: _retries, ...one }) => one),
  'calls a timeout a failure': inCases((one) => (one.result === 'timed-out' ? { ...one, result: 'failed' } : one)),
  'calls what was skipped passed': inCases((one) => (one.result === 'skipped' ? { ...one, result: 'passed' } : one)),
  'loses the last case': (answer) => ({ ...answer, cases: answer.cases.slice(0, -1) }),
  'reads a case twice': (answer) => ({ ...answer, cases: [...answer.cases, ...answer.cases.slice(0, 1)] }),
  'loses files': inCases(({ file: _file, ...one }) => one),
  'loses reasons': inCases(({ reason: _reason, ...one }) => one),
  'reads seconds as milliseconds': inCases((one) => ({ ...one, durationMs: one.durationMs / 1000 })),
  'drops failures of flaky cases': inCases(({ failure, ...one }) =>
    one.result === 'passed' || failure === undefined ? one : { ...one, failure },
  ),
  'says that a whole document is not complete': (answer) => ({ ...answer, isComplete: false }),
}

const formats = {
  ctrf: { law: exactly, write: writeCtrf, read: readCtrf },
  tap: { law: exactly, write: writeTap, read: readTap },
  junit: { law: asJunitCan, write: writeJunit, read: readJunit },
} as const

function holds(law: typeof exactly, format: Format): boolean {
  const law1 = fc.property(anyReport, (report) => {
    const { written, read, isComplete } = law(format, report)
    return isComplete && JSON.stringify(sorted(written)) === JSON.stringify(sorted(read))
  })
  return !fc.check(law1, { seed: 5, numRuns: 60, endOnFailure: true }).failed
}

/** Keys in one order, so that only values are compared. */
function sorted(values: readonly unknown[]): readonly string[] {
  return values.map((value) =>
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ),
  )
}

for (const [name, { law, write, read }] of Object.entries(formats)) {
  test(`${name}: without a fault the law holds`, () => {
    expect(holds(law, { write, read })).toBe(true)
  })

  test.each(Object.entries(faults))(`${name}: a reader that %s is caught`, (_what, fault) => {
    expect(holds(law, { write, read: (text) => fault(read(text)) })).toBe(false)
  })
}
