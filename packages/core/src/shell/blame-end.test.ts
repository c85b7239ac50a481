import { expect, test } from 'vitest'
import { failureFromExit } from '../failure/failure-from-exit.ts'
import { failureOverLimit } from '../failure/failure-over-limit.ts'
import { makeFailure } from '../failure/make-failure.ts'
import { blameEnd } from './blame-end.ts'

const ended = failureOverLimit({ limit: 'memory', measured: 9, allowed: 5 })
const killed = failureFromExit({ signal: 'SIGKILL', what: 'a.test.js', isEarly: true })

test('the test that died with its process is told why it was ended', () => {
  const [died, lost] = blameEnd(
    [
      {
        path: ['eats'],
        result: 'failed',
        durationMs: 1,
        failure: { ...killed, message: `${killed.message} in "eats"` },
      },
      { path: ['later'], result: 'cancelled', durationMs: 0, reason: `not run: ${killed.message}` },
    ],
    ended,
    killed,
  )
  expect(died?.failure).toMatchObject({
    category: 'resource',
    rule: 'signals/limit',
    transient: false,
    message: 'Ended for its memory: used 9 bytes, allowed 5 bytes, while it ran "eats"',
  })
  expect(lost?.reason).toBe('not run: Ended for its memory: used 9 bytes, allowed 5 bytes')
})

test('what failed by itself before keeps its cause', () => {
  const wrong = makeFailure({ category: 'assertion', message: '1 is not 2', evidence: [] })
  const crashed = failureFromExit({ signal: 'SIGSEGV', isEarly: true })
  const cases = [wrong, crashed].map((failure) => ({ path: ['a'], result: 'failed', durationMs: 1, failure }) as const)
  expect(blameEnd(cases, ended, killed)).toEqual(cases)
})
