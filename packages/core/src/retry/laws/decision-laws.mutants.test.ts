// Planted faults in decisions about retries: the laws must notice every one of them.
import { expect, test } from 'vitest'
import { decideRetry, type RetryDecision, type RetryQuestion } from '../../run/decide-retry.ts'
import * as laws from './decision-laws.ts'

/** Decides as if something else had been asked. */
const asIf =
  (change: (question: RetryQuestion) => Partial<RetryQuestion>): laws.Decide =>
  (question) =>
    decideRetry({ ...question, ...change(question) })

/** Decides, then says something else. */
const saying =
  (change: (decision: RetryDecision, question: RetryQuestion) => RetryDecision): laws.Decide =>
  (question) =>
    change(decideRetry(question), question)

let asked = 0

const faults: readonly (readonly [what: string, law: (decide: laws.Decide) => void, decide: laws.Decide])[] = [
  ['everything is tried again', laws.neverMeansNever, asIf(({ rule }) => ({ rule: { ...rule, when: 'always' } }))],
  [
    'flakiness is detected unasked',
    laws.flakinessIsMarked,
    asIf(({ rule }) => ({ rule: { ...rule, detectFlakiness: true } })),
  ],
  [
    'retries that detect flakiness look like any other',
    laws.flakinessIsMarked,
    saying((decision) => (decision.kind === 'retry' ? { ...decision, because: 'may-pass' } : decision)),
  ],
  [
    'every failure is taken to pass by itself',
    laws.lastingFailuresStop,
    asIf(({ failed }) => ({ failed: failed && { ...failed, transient: true } })),
  ],
  ['the budget is not looked at', laws.budgetHolds, asIf(() => ({ budgetLeft: Infinity }))],
  ['one retry is made on credit', laws.budgetHoldsOverRuns, asIf(({ budgetLeft }) => ({ budgetLeft: budgetLeft + 1 }))],
  [
    'retries are not paid for',
    laws.budgetHoldsOverRuns,
    saying((decision) => (decision.kind === 'retry' ? { ...decision, isPaid: false } : decision)),
  ],
  [
    'losses are paid for',
    laws.budgetHolds,
    saying((decision) => (decision.kind === 'retry' ? { ...decision, isPaid: true } : decision)),
  ],
  [
    'the wait does not count for the total time',
    laws.totalTimeHolds,
    asIf(({ elapsedMs }) => ({ elapsedMs: elapsedMs - 2000 })),
  ],
  [
    'the total time is not looked at',
    laws.totalTimeHolds,
    asIf(({ rule }) => ({ rule: { ...rule, maxTotalMs: null } })),
  ],
  [
    'every other number of attempts is none',
    laws.attemptsAreMonotone,
    asIf(({ rule }) => ({ rule: { ...rule, maxAttempts: rule.maxAttempts % 2 === 0 ? 1 : rule.maxAttempts } })),
  ],
  ['one attempt too many', laws.chargesAreExact, asIf(({ charged }) => ({ charged: charged - 1 }))],
  [
    'the infrastructure is charged for',
    laws.chargesAreExact,
    asIf(({ failed }) => ({ failed: failed && { ...failed, category: 'unknown' } })),
  ],
  ['the infrastructure may fail for ever', laws.infrastructureHasAnEnd, asIf(() => ({ uncharged: 0 }))],
  ['everything may run twice', laws.onceMeansOnce, asIf(() => ({ isIdempotent: true }))],
  ['a cancel is not heard', laws.cancelEnds, asIf(() => ({ cancelled: false }))],
  ['any loss poisons', laws.lossesHaveTheirOwnLimits, asIf(({ losses }) => ({ workersLost: losses }))],
  ['losses have no limit', laws.lossesHaveTheirOwnLimits, asIf(() => ({ losses: 0 }))],
  [
    'a refusal is asked again at once',
    laws.refusalsWait,
    saying((decision) => (decision.kind === 'retry' ? { ...decision, delayMs: 0 } : decision)),
  ],
  [
    'answers change',
    laws.sameQuestionSameAnswer,
    saying((decision) => {
      asked += 1
      return decision.kind === 'retry' ? { ...decision, delayMs: decision.delayMs + asked } : decision
    }),
  ],
]

for (const [what, law, decide] of faults) {
  test(`caught: ${what}`, () => {
    expect(() => {
      law(decide)
    }).toThrow()
  })
}
