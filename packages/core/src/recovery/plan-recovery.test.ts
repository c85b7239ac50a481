import { expect, test } from 'vitest'
import { ruleFor } from '../retry/rule-for.ts'
import { retryOptions } from '../retry/retry-schemas.ts'
import { builtInStrategies } from './built-in-strategies.ts'
import { planRecovery, strategyOf } from './plan-recovery.ts'
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

test.each(['retry', 'delay', 'other-worker', 'larger-reservation', 'exclusive-worker'])(
  'what helps becomes the rule of the next run, and is told from it: %s',
  (strategy) => {
    const category = 'resource'
    const { retry, planned } = planRecovery({
      retry: { maxAttempts: 3 },
      records: known(strategy, category),
      nowWallMs: 0,
      roll,
    })
    expect(planned).toMatchObject([{ runner: 'vitest', category, strategy }])
    const policy = retryOptions.parse(retry)
    expect(strategyOf(ruleFor(policy, { kind: 'vitest' }, category))).toBe(strategy)
    expect(ruleFor(policy, { kind: 'vitest' }, category).maxAttempts).toBe(3)
    // Other categories and runners stay as they were.
    const before = retryOptions.parse({ maxAttempts: 3 })
    expect(ruleFor(policy, { kind: 'other' }, category)).toEqual(ruleFor(before, { kind: 'other' }, category))
    expect(ruleFor(policy, { kind: 'vitest' }, 'timeout')).toEqual(ruleFor(before, { kind: 'vitest' }, 'timeout'))
  },
)

test('where nothing ever helped nothing is tried again', () => {
  const { retry, planned } = planRecovery({ retry: { maxAttempts: 3 }, records: known('none'), nowWallMs: 0, roll })
  expect(planned).toMatchObject([{ strategy: 'skip', because: 'all-retired' }])
  expect(ruleFor(retryOptions.parse(retry), { kind: 'vitest' }, 'network').when).toBe('never')
})

test('where nothing is known nothing changes', () => {
  const retry = { maxAttempts: 3 }
  expect(planRecovery({ retry, records: none, nowWallMs: 0, roll }).retry).toBe(retry)
})

test.each([
  { categories: { network: 5 } },
  { worker: 'same' as const },
  { baseDelayMs: 1 },
  { runners: { vitest: { categories: { network: 'never' as const } } } },
])('what the user said goes before what was learned: %j', (retry) => {
  expect(planRecovery({ retry, records: known('delay'), nowWallMs: 0, roll })).toEqual({ retry, planned: [] })
})

test('what says something of the code is never made to pass', () => {
  expect(planRecovery({ retry: {}, records: known('retry', 'assertion'), nowWallMs: 0, roll }).planned).toEqual([])
})
