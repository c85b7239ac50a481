// What must hold of decisions about retries, whoever makes them: each law takes the function that it judges.
import fc from 'fast-check'
import type { FailureCategory } from '../../model/failure.ts'
import type { RetryDecision, RetryQuestion } from '../../run/decide-retry.ts'
import { failureCategories } from '../../schemas/word-schemas.ts'
import { defaultRetry } from '../default-retry.ts'
import type { RunRetryOptions } from '../retry-options.ts'
import { resolveRetry } from '../resolve-retry.ts'
import { ruleFor } from '../rule-for.ts'

/** Makes a decision. */
export type Decide = (question: RetryQuestion) => RetryDecision

const anyRoll = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

/** Options that say nothing of categories. */
const anyOptions: fc.Arbitrary<RunRetryOptions> = fc.record({
  maxAttempts: fc.integer({ min: 1, max: 20 }),
  baseDelayMs: fc.nat({ max: 10_000 }),
  maxDelayMs: fc.integer({ min: 10_000, max: 60_000 }),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
  detectFlakiness: fc.boolean(),
  maxTotalMs: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 40_000 })),
})

/** Any question, with the category that its rule is for. */
const anyQuestion: fc.Arbitrary<RetryQuestion> = fc
  .record({
    options: anyOptions,
    category: fc.constantFrom(...failureCategories),
    transient: fc.boolean(),
    retryAfterMs: fc.option(fc.nat({ max: 100_000 }), { nil: undefined }),
    ending: fc.constantFrom('failed', 'failed', 'failed', 'lost-worker', 'lost-uncharged', 'refused'),
    charged: fc.integer({ min: 1, max: 12 }),
    uncharged: fc.nat({ max: 6 }),
    workersLost: fc.nat({ max: 6 }),
    losses: fc.integer({ min: 1, max: 120 }),
    poisonAfter: fc.integer({ min: 1, max: 5 }),
    maxLosses: fc.integer({ min: 1, max: 100 }),
    isIdempotent: fc.constantFrom(true, true, true, false),
    elapsedMs: fc.nat({ max: 40_000 }),
    budgetLeft: fc.oneof(fc.nat({ max: 2 }), fc.constant(Infinity)),
    roll: anyRoll,
  } as const)
  .map(({ options, category, transient, retryAfterMs, roll, ...given }): RetryQuestion => ({
    ...given,
    rule: ruleFor(resolveRetry(options), { kind: '' }, category),
    failed: given.ending === 'failed' ? { category, transient, retryAfterMs } : undefined,
    cancelled: false,
    rollOf: () => roll,
  }))

function always(decide: Decide, holds: (question: RetryQuestion, decision: RetryDecision) => boolean): void {
  fc.assert(
    fc.property(anyQuestion, (question) => holds(question, decide(question))),
    { numRuns: 2000, seed: 11 },
  )
}

const nothingHelps: readonly FailureCategory[] = ['permission-auth', 'configuration', 'build-dependency', 'cancelled']

/** Where only somebody's hand helps, nothing is tried again, however many attempts there are. */
export function neverMeansNever(decide: Decide): void {
  always(
    decide,
    ({ failed }, { kind }) => failed === undefined || !nothingHelps.includes(failed.category) || kind === 'stop',
  )
}

/** What says something of the code is tried again to detect flakiness alone: marked so, and only where that was asked for. */
export function flakinessIsMarked(decide: Decide): void {
  always(decide, ({ failed, rule }, decision) => {
    if (failed === undefined || failed.transient || decision.kind === 'stop') return true
    if (defaultRetry[failed.category].rule.when !== 'detect-flakiness') return decision.because !== 'detect-flakiness'
    return rule.detectFlakiness && decision.because === 'detect-flakiness'
  })
}

/** What will not pass by itself is not tried again in categories of which only some may. */
export function lastingFailuresStop(decide: Decide): void {
  always(decide, ({ failed, rule }, decision) => {
    return failed === undefined || failed.transient || rule.when !== 'transient' || decision.kind === 'stop'
  })
}

/** A retry after a failure is paid for, and none is made on credit. */
export function budgetHolds(decide: Decide): void {
  always(decide, ({ ending, budgetLeft }, decision) => {
    if (decision.kind === 'stop') return true
    return ending === 'failed' ? decision.isPaid && budgetLeft > 0 : !decision.isPaid
  })
}

/** Over a whole run: however tasks fail, retries never outnumber the budget. */
export function budgetHoldsOverRuns(decide: Decide): void {
  fc.assert(
    fc.property(fc.array(anyQuestion, { maxLength: 60 }), fc.nat({ max: 10 }), (questions, budget) => {
      let left = budget
      let made = 0
      for (const question of questions) {
        const decision = decide({ ...question, ending: 'failed', budgetLeft: left })
        if (decision.kind !== 'retry') continue
        made += 1
        if (decision.isPaid) left -= 1
      }
      return made <= budget
    }),
    { numRuns: 300, seed: 11 },
  )
}

/** No attempt begins after the time for all of them is over. */
export function totalTimeHolds(decide: Decide): void {
  always(decide, ({ rule, elapsedMs }, decision) => {
    return decision.kind === 'stop' || rule.maxTotalMs === null || elapsedMs + decision.delayMs <= rule.maxTotalMs
  })
}

/** More attempts allowed never mean fewer made. */
export function attemptsAreMonotone(decide: Decide): void {
  always(decide, (question, { kind }) => {
    if (kind === 'stop') return true
    const rule = { ...question.rule, maxAttempts: question.rule.maxAttempts + 1 }
    return decide({ ...question, rule }).kind === 'retry'
  })
}

/** Only charged attempts use up attempts, exactly as many as there are; what the infrastructure or a device did is not charged. */
export function chargesAreExact(decide: Decide): void {
  always(decide, ({ ending, isIdempotent, failed, charged, rule }, decision) => {
    const isOver = ending === 'failed' && !isFree(failed?.category) && charged >= rule.maxAttempts
    const mayRunTwice = isIdempotent || ending === 'refused'
    return (decision.kind === 'stop' && decision.because === 'exhausted') === (isOver && mayRunTwice)
  })
}

/** What must not run twice is tried again only where it was refused, before anything of it had started. */
export function onceMeansOnce(decide: Decide): void {
  always(decide, ({ ending, isIdempotent }, { kind }) => isIdempotent || ending === 'refused' || kind === 'stop')
}

/** Whoever is cancelled is not tried again. */
export function cancelEnds(decide: Decide): void {
  always(
    (question) => decide({ ...question, cancelled: true }),
    (_, decision) => decision.kind === 'stop' && decision.because === 'cancelled',
  )
}

/** Only workers that died poison a task, and losses without its fault end it at their own limit. */
export function lossesHaveTheirOwnLimits(decide: Decide): void {
  always(decide, (question, decision) => {
    const { ending, workersLost, losses, poisonAfter, maxLosses, isIdempotent } = question
    if (ending === 'failed' || (!isIdempotent && ending !== 'refused')) return true
    const isPoisoned = ending === 'lost-worker' && workersLost >= poisonAfter
    if (isPoisoned) return decision.kind === 'stop' && decision.because === 'poisoned'
    if (losses >= maxLosses) return decision.kind === 'stop' && decision.because === 'lost-too-often'
    return decision.kind === 'retry' || decision.because === 'out-of-time'
  })
}

/** A worker that refuses is not asked in a circle. */
export function refusalsWait(decide: Decide): void {
  always(decide, ({ ending }, decision) => {
    return ending !== 'refused' || decision.kind === 'stop' || (decision.delayMs > 0 && decision.delayMs <= 5000)
  })
}

/** The infrastructure has three times, or as many as poison a task, and no more. */
export function infrastructureHasAnEnd(decide: Decide): void {
  always(decide, ({ failed, uncharged, poisonAfter }, { kind }) => {
    return !isFree(failed?.category) || uncharged < poisonAfter || kind === 'stop'
  })
}

/** The same question is answered alike. */
export function sameQuestionSameAnswer(decide: Decide): void {
  always(decide, (question, decision) => JSON.stringify(decide(question)) === JSON.stringify(decision))
}

function isFree(category: FailureCategory | undefined): boolean {
  return category === 'infrastructure' || category === 'hardware-device'
}
