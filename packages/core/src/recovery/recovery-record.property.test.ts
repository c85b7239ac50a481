import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recoveryRecordSchema } from './recovery-record-schema.ts'
import {
  foldRecovery,
  mergeRecoveries,
  type RecoveryRecord,
  type RecoverySample,
  type RecoverySituation,
  samplesKept,
} from './recovery-record.ts'

const situation: RecoverySituation = { category: 'network', strategy: 'retry', workerClass: 'local', runner: 'vitest' }
const flag = fc.constantFrom<0 | 1>(0, 1)
const sample: fc.Arbitrary<RecoverySample> = fc.tuple(fc.nat(90), flag, fc.nat(1000), flag)
const samples = fc.array(sample, { maxLength: 2 * samplesKept })

type Merge = typeof mergeRecoveries

function foldAll(all: readonly RecoverySample[]): RecoveryRecord | undefined {
  return all.reduce<RecoveryRecord | undefined>((record, each) => foldRecovery(record, situation, each), undefined)
}

function mergingIsFolding(merge: Merge): void {
  fc.assert(
    fc.property(samples, fc.nat(2 * samplesKept), (all, cut) => {
      const [a, b] = [foldAll(all.slice(0, cut)), foldAll(all.slice(cut))]
      const whole = foldAll(all)
      if (a === undefined || b === undefined) return
      expect(merge(a, b)).toEqual(whole)
      expect(merge(b, a)).toEqual(whole)
    }),
  )
}

test('records that were kept apart merge to what one would be, whatever the order', () => {
  mergingIsFolding(mergeRecoveries)
})

test('a record is bounded, counts every use and reads back', () => {
  fc.assert(
    fc.property(samples, (all) => {
      const record = foldAll(all)
      if (record === undefined) return
      expect(record.uses).toBe(all.length)
      expect(record.helped).toBe(all.filter(([, helped]) => helped === 1).length)
      expect(record.samples.length).toBeLessThanOrEqual(samplesKept)
      expect(recoveryRecordSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record)
    }),
  )
})

test.each<readonly [string, Merge]>([
  ['the second record wins', (_, b) => b],
  [
    'samples stand as they came',
    (a, b) => ({ ...mergeRecoveries(a, b), samples: [...a.samples, ...b.samples].slice(-samplesKept) }),
  ],
  ['what helped is counted once', (a, b) => ({ ...mergeRecoveries(a, b), helped: Math.max(a.helped, b.helped) })],
])('planted fault: %s', (_, merge) => {
  expect(() => {
    mergingIsFolding(merge)
  }).toThrow()
})

test('records of two situations do not merge', () => {
  const [a, b] = [
    foldRecovery(undefined, situation, [0, 1, 5, 0]),
    foldRecovery(undefined, { ...situation, runner: 'go' }, [0, 1, 5, 0]),
  ]
  expect(() => mergeRecoveries(a, b)).toThrow('network/retry/local/go')
})
