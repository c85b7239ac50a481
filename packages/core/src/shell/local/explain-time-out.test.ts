import { expect, test } from 'vitest'
import { failureTimeout } from '../../failure/failure-timeout.ts'
import { makeFailure } from '../../failure/make-failure.ts'
import { explainTimeOut } from './explain-time-out.ts'

const ran = makeFailure({ category: 'timeout', message: 'a.test.ts: out of time while it ran spins', evidence: [] })

test('what ran out of time says after how long, and what was seen of it before', () => {
  const { outcome, details } = explainTimeOut(
    {
      outcome: { result: 'timed-out', durationMs: 8000, failure: failureTimeout(8000) },
      details: {
        cases: [
          { path: ['adds'], result: 'passed', durationMs: 1 },
          { path: ['spins'], result: 'timed-out', durationMs: 7000, failure: ran },
        ],
      },
    },
    { limitMs: 8000, note: 'its process is busy in spin (a.js:3)' },
  )
  const seen = '; seen before: its process is busy in spin (a.js:3)'
  expect(outcome.failure?.message).toBe(`Still running after its time limit of 8 s${seen}`)
  expect(details?.cases[0]?.failure).toBeUndefined()
  expect(details?.cases[1]?.failure).toEqual({
    ...ran,
    message: `${ran.message}, after the time limit of 8 s${seen}`,
  })
})
