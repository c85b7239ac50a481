// What holds for a failure, over everything that may be said of a run, its runners, a task and categories in each of them.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { failureCategories } from '../schemas/word-schemas.ts'
import { defaultRetry } from './default-retry.ts'
import type { RetryOptions, RunRetryOptions } from './retry-options.ts'
import { retryOptions, retryPolicySchema, taskRetryOptions } from './retry-schemas.ts'
import { ruleFor } from './rule-for.ts'

const some = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined })

const anyRule = fc.record({
  maxAttempts: some(fc.integer({ min: 1, max: 9 })),
  baseDelayMs: some(fc.nat({ max: 100 })),
  maxDelayMs: some(fc.integer({ min: 100, max: 1000 })),
  maxTotalMs: some(fc.option(fc.integer({ min: 1, max: 1000 }))),
  worker: some(fc.constantFrom('any', 'other', 'same')),
})
const anyCategory = fc.constantFrom(...failureCategories)
const anyLayer: fc.Arbitrary<RetryOptions> = fc
  .tuple(anyRule, fc.dictionary(anyCategory, fc.oneof(anyRule, fc.integer({ min: 1, max: 9 }), fc.constant('never'))))
  .map(([rule, categories]): RetryOptions => ({
    ...rule,
    categories: taskRetryOptions.parse({ categories }).categories,
  }))
const anyRun: fc.Arbitrary<RunRetryOptions> = fc
  .tuple(anyLayer, some(anyLayer), some(fc.record({ share: fc.double({ min: 0.1, max: 2, noNaN: true }) })))
  .map(([layer, unit, budget]): RunRetryOptions => ({ ...layer, runners: unit === undefined ? {} : { unit }, budget }))

/** The layers from the most specific to the widest, each as a list of what it says, the category's part first. */
function said(
  run: RunRetryOptions,
  own: RetryOptions | undefined,
  category: (typeof failureCategories)[number],
): readonly object[] {
  return [own, run.runners?.['unit'], run].flatMap((layer) => {
    if (layer === undefined) return []
    if (typeof layer === 'number') return [{ maxAttempts: layer }]
    const rule = layer.categories?.[category]
    const ofCategory = typeof rule === 'number' ? { maxAttempts: rule } : rule === 'never' ? {} : (rule ?? {})
    return [ofCategory, layer]
  })
}

test('the most specific word holds, field by field', () => {
  fc.assert(
    fc.property(anyRun, some(anyLayer), anyCategory, (run, own, category) => {
      // No first wait above the longest: that is looked at below.
      fc.pre(category !== 'network')
      const rule = ruleFor(retryOptions.parse(run), { kind: 'unit', retry: own }, category)
      const layers = [...said(run, own, category), defaultRetry[category].rule]
      const plain = { maxAttempts: 1, baseDelayMs: 100, maxDelayMs: 30_000, maxTotalMs: null, worker: 'any' } as const
      for (const field of ['maxAttempts', 'baseDelayMs', 'maxDelayMs', 'maxTotalMs', 'worker'] as const) {
        const first = layers.find((layer) => Reflect.get(layer, field) !== undefined)
        expect(rule[field]).toEqual(first === undefined ? plain[field] : Reflect.get(first, field))
      }
    }),
  )
})

test('resolved options are options, and resolve to themselves: so a run may be begun with those of another', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const policy = retryOptions.parse(run)
      expect(retryOptions.parse(policy)).toEqual(policy)
      expect(retryOptions.parse(JSON.parse(JSON.stringify(policy)))).toEqual(JSON.parse(JSON.stringify(policy)))
      expect(retryPolicySchema.safeParse(policy).success).toBe(true)
    }),
  )
})

test('what holds by default is no longer than the longest wait that somebody asked for', () => {
  const policy = retryOptions.parse({ maxDelayMs: 200, categories: { network: { maxDelayMs: 100 } } })
  expect(ruleFor(policy, { kind: 'unit' }, 'network')).toMatchObject({ baseDelayMs: 100, maxDelayMs: 100 })
  expect(ruleFor(retryOptions.parse({}), { kind: 'unit' }, 'network')).toMatchObject({ baseDelayMs: 1000 })
})

test('a plain number is attempts in all, for everything that is tried again by default', () => {
  const policy = retryOptions.parse({ maxAttempts: 3 })
  for (const category of failureCategories) {
    const rule = ruleFor(policy, { kind: 'unit' }, category)
    expect(rule.maxAttempts).toBe(3)
    expect(rule.when).toBe(defaultRetry[category].rule.when)
  }
})

test('whoever asks for attempts of what is never tried again means that it is to be', () => {
  const policy = retryOptions.parse({ categories: { 'permission-auth': 2 } })
  expect(ruleFor(policy, { kind: 'unit' }, 'permission-auth')).toMatchObject({ maxAttempts: 2, when: 'always' })
  expect(ruleFor(policy, { kind: 'unit' }, 'configuration')).toMatchObject({ maxAttempts: 1, when: 'never' })
})

test('a run from before categories were looked at tries everything again', () => {
  const former = { maxAttempts: 2, baseDelayMs: 1, factor: 3, maxDelayMs: 5, jitter: 0 }
  expect(ruleFor(former, { kind: 'unit' }, 'configuration')).toMatchObject({
    ...former,
    when: 'always',
    maxTotalMs: null,
  })
})
