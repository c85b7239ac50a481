import { expect, test } from 'vitest'
import type { RetryOptions } from '../retry/retry-options.ts'
import type { RetryRule } from '../retry/retry-policy.ts'
import { ruleFor } from '../retry/rule-for.ts'
import { retryOptions } from '../retry/retry-schemas.ts'
import { builtInStrategies } from './built-in-strategies.ts'
import { planRecovery } from './plan-recovery.ts'
import { foldRecovery, type RecoveryRecord, situationKey } from './recovery-record.ts'

function known(helping: string, category: RecoveryRecord['category'] = 'network'): ReadonlyMap<string, RecoveryRecord> {
  const records = new Map<string, RecoveryRecord>()
  for (const { name, effect } of builtInStrategies) {
    if (effect.kind === 'skip') continue
    const situation = { category, strategy: name, workerClass: 'local', runner: 'vitest' }
    for (let i = 0; i < 40; i += 1)
      records.set(
        situationKey(situation),
        foldRecovery(records.get(situationKey(situation)), situation, [0, name === helping ? 1 : 0, 100, 0]),
      )
  }
  return records
}

const roll = (): number => 0.5
const none = new Map<string, RecoveryRecord>()

test.each([
  'retry',
  'delay',
  'restart',
  'other-worker',
  'larger-reservation',
  'reduced-concurrency',
  'exclusive-worker',
])('what helps becomes the rule of the next run, and is told from it: %s', (strategy) => {
  const category = 'resource'
  const { retry, planned } = planRecovery({
    retry: { maxAttempts: 3 },
    records: known(strategy, category),
    nowWallMs: 0,
    roll,
  })
  expect(planned).toMatchObject([{ runner: 'vitest', category, strategy }])
  const policy = retryOptions.parse(retry)
  expect(ruleFor(policy, { kind: 'vitest' }, category).ladder?.[0]?.strategy).toBe(strategy)
  expect(ruleFor(policy, { kind: 'vitest' }, category).maxAttempts).toBe(3)
  // Other categories and runners begin as they are met by default.
  const before = retryOptions.parse({ maxAttempts: 3 })
  const plain = ({ ladder: _, ...rule }: RetryRule): unknown => rule
  for (const [kind, about] of [['other', category] as const, ['vitest', 'timeout'] as const]) {
    const rule = ruleFor(policy, { kind }, about)
    expect(plain(rule)).toEqual(plain(ruleFor(before, { kind }, about)))
    expect(rule.ladder?.[0]).toMatchObject({ because: 'default', effect: { kind: 'retry' } })
  }
})

test('where nothing ever helped nothing is tried again', () => {
  const { retry, planned } = planRecovery({ retry: { maxAttempts: 3 }, records: known('none'), nowWallMs: 0, roll })
  expect(planned).toMatchObject([{ strategy: 'skip', because: 'all-retired' }])
  const { ladder } = ruleFor(retryOptions.parse(retry), { kind: 'vitest' }, 'network')
  expect(ladder).toEqual([{ strategy: 'skip', level: 5, effect: { kind: 'skip' }, because: 'all-retired' }])
})

test('where nothing is known the first rung changes nothing, and those after it climb', () => {
  const { retry, planned } = planRecovery({ retry: { maxAttempts: 3 }, records: none, nowWallMs: 0, roll })
  expect(planned).toEqual([])
  const ladder = retryOptions.parse(retry).categories?.timeout?.ladder ?? []
  expect(ladder[0]).toEqual({ strategy: 'other-worker', level: 3, effect: { kind: 'retry' }, because: 'default' })
  const levels = ladder.map(({ level }) => level)
  expect(levels).toEqual([...levels].sort((a, b) => a - b))
  expect(new Set(ladder.map(({ strategy }) => strategy)).size).toBe(ladder.length)
})

test('who says how a task is tried again does not mean the ladder of its run', () => {
  const { retry } = planRecovery({
    retry: { maxAttempts: 3 },
    records: none,
    nowWallMs: 0,
    roll,
  })
  const policy = retryOptions.parse(retry)
  const rungs = (own: RetryOptions): number =>
    ruleFor(policy, { kind: 'vitest', retry: own }, 'timeout').ladder?.length ?? 0
  expect(rungs({ maxAttempts: 5 })).toBeGreaterThan(1)
  expect(rungs({ worker: 'same' })).toBe(0)
})

test.each([
  { categories: { network: 5 } },
  { worker: 'same' as const },
  { baseDelayMs: 1 },
  { runners: { vitest: { categories: { network: 'never' as const } } } },
])('what the user said goes before what was learned: %j', (retry) => {
  const plan = planRecovery({ retry, records: known('delay'), nowWallMs: 0, roll })
  expect(plan.planned).toEqual([])
  expect(ruleFor(retryOptions.parse(plan.retry), { kind: 'vitest' }, 'network').ladder ?? []).toEqual([])
})

test('what says something of the code is never made to pass', () => {
  expect(planRecovery({ retry: {}, records: known('retry', 'assertion'), nowWallMs: 0, roll }).planned).toEqual([])
})
