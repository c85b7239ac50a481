// Planted faults in how waits are worked out: the laws must notice every one of them.
import { expect, test } from 'vitest'
import { backoffDelay } from '../backoff-delay.ts'
import {
  askIsLowerBound,
  capHolds,
  decorrelatedBoundsHold,
  decorrelatedWaitsGrow,
  jitterSpreads,
  noTwoInStep,
  type WaitOf,
  waitsNeverShrink,
} from './wait-laws.ts'
import { retryWait } from '../retry-wait.ts'

const faults: readonly (readonly [what: string, law: (waitOf: WaitOf) => void, waitOf: WaitOf])[] = [
  [
    'the cap is taken before the jitter is put on',
    capHolds,
    (question) => retryWait(question) + Math.round(question.rule.maxDelayMs * 0.1 * question.rollOf(1)) + 1,
  ],
  ['waits are not whole', capHolds, (question) => retryWait(question) + 0.5],
  [
    'the other side may ask for any wait',
    capHolds,
    (question) => retryWait({ ...question, rule: { ...question.rule, maxRetryAfterMs: Infinity } }),
  ],
  [
    'what the other side asked for is not heard',
    askIsLowerBound,
    (question) => retryWait({ ...question, retryAfterMs: 0 }),
  ],
  [
    'what the other side asked for is jittered as well',
    askIsLowerBound,
    (question) => Math.round(retryWait(question) * question.rollOf(1)),
  ],
  [
    'decorrelated waits go below the first',
    decorrelatedBoundsHold,
    (question) => Math.round(retryWait(question) * question.rollOf(1)),
  ],
  ['decorrelated waits grow fourfold', decorrelatedBoundsHold, (question) => Math.round(retryWait(question) * 1.4)],
  [
    'decorrelated waits are drawn from the first wait each time',
    decorrelatedWaitsGrow,
    ({ rule, failures, rollOf }) => backoffDelay(rule, failures, rollOf(failures)),
  ],
  [
    'waits begin anew after the third failure',
    waitsNeverShrink,
    (question) => retryWait({ ...question, failures: Math.max(1, question.failures % 3) }),
  ],
  [
    'there is no jitter',
    jitterSpreads,
    (question) => retryWait({ ...question, rule: { ...question.rule, jitter: 0 } }),
  ],
  [
    'only half of each wait is drawn',
    jitterSpreads,
    (question) => retryWait({ ...question, rule: { ...question.rule, jitter: 0.5 } }),
  ],
  [
    'nobody looks who else begins again then',
    noTwoInStep,
    (question) => retryWait({ ...question, isTaken: undefined }),
  ],
  [
    'who would be in step comes after everybody else',
    noTwoInStep,
    (question) => {
      let waitMs = retryWait({ ...question, isTaken: undefined })
      while (question.isTaken?.(waitMs) === true) waitMs += question.rule.maxDelayMs
      return waitMs
    },
  ],
]

for (const [what, law, waitOf] of faults) {
  test(`caught: ${what}`, () => {
    expect(() => {
      law(waitOf)
    }).toThrow()
  })
}
