// Success has one form only: something ran, nothing failed, and nothing flaky where that counts.
import type { ExitVerdict } from '@muster/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exitVerdict } from './exit-verdict.ts'

const count = fc.nat(5)
const totals = fc.record({
  ...{ tasks: count, open: count, passed: count, flaky: count, failed: count, 'timed-out': count, blocked: count },
  ...{ skipped: count, cancelled: count, poisoned: count, unplaceable: count },
})
const exit = fc.constantFrom<ExitVerdict>('passed', 'failed', 'nothing-ran', 'interrupted')

test('a build succeeds only with a run that passed, and the sentence is one sentence', () => {
  fc.assert(
    fc.property(exit, totals, fc.boolean(), (kind, given, failOnFlaky) => {
      const build = exitVerdict({ exit: kind, totals: given }, { failOnFlaky })
      expect(build.exitCode === 0).toBe(kind === 'passed' && !(failOnFlaky && given.flaky > 0))
      expect(build.sentence).toMatch(/^[A-Z0-9][^\n]*\.$/)
    }),
    { seed: 2, numRuns: 500 },
  )
})
