// What must hold of waits, whoever works them out: each law takes the function that it judges, so that the same law is held
// against the right one and against ones with a fault in them.
import fc from 'fast-check'
import type { RetryOptions } from '../retry-options.ts'
import { type RetryRule } from '../retry-policy.ts'
import { retryOptions } from '../retry-schemas.ts'
import { ruleFor } from '../rule-for.ts'
import type { WaitQuestion } from '../retry-wait.ts'

/** Works out a wait. */
export type WaitOf = (question: WaitQuestion) => number

/** Any rule that options can come to. */
const anyRule: fc.Arbitrary<RetryRule> = fc
  .record({
    backoff: fc.constantFrom('constant', 'linear', 'exponential', 'decorrelated'),
    base: fc.nat({ max: 10_000 }),
    factor: fc.double({ min: 1, max: 10, noNaN: true }),
    beyondMs: fc.nat({ max: 60_000 }),
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
    maxRetryAfterMs: fc.nat({ max: 100_000 }),
  } as const)
  .map(({ backoff, base, factor, beyondMs, jitter, maxRetryAfterMs }): RetryRule => {
    const growth = backoff === 'exponential' ? { factor } : {}
    const dice = backoff === 'decorrelated' ? {} : { jitter }
    const said: RetryOptions = { backoff, baseDelayMs: base, maxDelayMs: base + beyondMs, maxRetryAfterMs }
    return ruleFor(retryOptions.parse({ ...said, ...growth, ...dice }), { kind: '' }, 'unknown')
  })

const anyRoll = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const anyRolls = fc.array(anyRoll, { minLength: 1, maxLength: 30 })
const anyAsk = fc.option(fc.nat({ max: 1_000_000 }), { nil: undefined })

const rollsFrom =
  (rolls: readonly number[]) =>
  (failures: number): number =>
    rolls[(failures - 1) % rolls.length] ?? 0

/** No wait is longer than the longest, whatever the dice say; what the other side asked for comes before it. */
export function capHolds(waitOf: WaitOf): void {
  fc.assert(
    fc.property(anyRule, anyRolls, anyAsk, fc.integer({ min: 1, max: 400 }), (rule, rolls, retryAfterMs, failures) => {
      const waitMs = waitOf({ rule, failures, rollOf: rollsFrom(rolls), retryAfterMs })
      const askedMs = Math.ceil(Math.min(retryAfterMs ?? 0, rule.maxRetryAfterMs))
      return Number.isInteger(waitMs) && waitMs >= 0 && waitMs <= askedMs + rule.maxDelayMs
    }),
  )
}

/** What the other side asked for is a lower bound, up to the most that is waited for. */
export function askIsLowerBound(waitOf: WaitOf): void {
  fc.assert(
    fc.property(
      anyRule,
      anyRolls,
      fc.nat({ max: 1_000_000 }),
      fc.integer({ min: 1, max: 20 }),
      (rule, rolls, asked, n) => {
        const waitMs = waitOf({ rule, failures: n, rollOf: rollsFrom(rolls), retryAfterMs: asked })
        return waitMs >= Math.min(asked, rule.maxRetryAfterMs)
      },
    ),
  )
}

/** A decorrelated wait lies between the first wait and three times the one before, below the cap. */
export function decorrelatedBoundsHold(waitOf: WaitOf): void {
  fc.assert(
    fc.property(anyRule, anyRolls, (given, rolls) => {
      const rule: RetryRule = { ...given, backoff: 'decorrelated' }
      const rollOf = rollsFrom(rolls)
      let beforeMs = rule.baseDelayMs
      for (let failures = 1; failures <= 12; failures++) {
        const waitMs = waitOf({ rule, failures, rollOf })
        if (waitMs < Math.min(rule.baseDelayMs, rule.maxDelayMs)) return false
        if (waitMs > Math.min(rule.maxDelayMs, Math.max(rule.baseDelayMs, beforeMs * 3))) return false
        beforeMs = waitMs
      }
      return true
    }),
  )
}

/** Decorrelated waits are drawn from the wait before, not from the first one each time. */
export function decorrelatedWaitsGrow(waitOf: WaitOf): void {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 2, max: 6 }), (baseDelayMs, failures) => {
      const policy = retryOptions.parse({ backoff: 'decorrelated', baseDelayMs, maxDelayMs: 1e9 })
      const rule = ruleFor(policy, { kind: '' }, 'unknown')
      const waitMs = waitOf({ rule, failures, rollOf: () => 1 - Number.EPSILON })
      return waitMs >= baseDelayMs * 3 ** failures * 0.9
    }),
  )
}

/** Without dice, no wait is shorter than the one before it. */
export function waitsNeverShrink(waitOf: WaitOf): void {
  fc.assert(
    fc.property(anyRule, fc.integer({ min: 1, max: 200 }), (given, failures) => {
      const rule: RetryRule = {
        ...given,
        backoff: given.backoff === 'decorrelated' ? 'linear' : given.backoff,
        jitter: 0,
      }
      const rollOf = (): number => 0.5
      return waitOf({ rule, failures: failures + 1, rollOf }) >= waitOf({ rule, failures, rollOf })
    }),
  )
}

/** With full jitter every wait up to the whole may come; the lowest rolls and the highest are far apart. */
export function jitterSpreads(waitOf: WaitOf): void {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 10_000 }), fc.integer({ min: 1, max: 8 }), (baseDelayMs, failures) => {
      const rule = ruleFor(retryOptions.parse({ baseDelayMs, maxDelayMs: 1e6 }), { kind: '' }, 'unknown')
      const [low, high] = [0.001, 0.999].map((roll) => waitOf({ rule, failures, rollOf: () => roll }))
      const wholeMs = Math.min(1e6, baseDelayMs * 2 ** (failures - 1))
      return Math.abs((high ?? 0) - (low ?? 0)) >= wholeMs * 0.9
    }),
  )
}

/** Tasks that fail at the same moment do not begin again in the same millisecond, as long as there is room. */
export function noTwoInStep(waitOf: WaitOf): void {
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 2000 }),
      fc.array(anyRoll, { minLength: 2, maxLength: 80 }),
      (whole, rolls) => {
        const rule = ruleFor(retryOptions.parse({ baseDelayMs: whole }), { kind: '' }, 'unknown')
        const taken = new Set<number>()
        for (const roll of rolls) {
          const waitMs = waitOf({ rule, failures: 1, rollOf: () => roll, isTaken: (delayMs) => taken.has(delayMs) })
          if (taken.has(waitMs) || waitMs > whole) return false
          taken.add(waitMs)
        }
        return true
      },
    ),
  )
}
