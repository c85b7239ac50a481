import { expect, test } from 'vitest'
import type { VerdictKind } from '../model/verdict.ts'
import { edgeEffect, expiryEffect } from './edge-table.ts'

// The table as the design has it: verdict, then what a hard edge does.
const table: readonly (readonly [VerdictKind, string])[] = [
  ['passed', 'go'],
  ['flaky', 'go'],
  ['failed', 'block'],
  ['timed-out', 'block'],
  ['poisoned', 'block'],
  ['cancelled', 'block'],
  ['blocked', 'block'],
  ['unplaceable', 'block'],
  ['skipped', 'skip'],
]

test.each(table)('a target that %s: a hard edge says %s, soft and optional ones go on', (verdict, hard) => {
  expect(edgeEffect('hard', verdict)).toBe(hard)
  expect(edgeEffect('soft', verdict)).toBe('go')
  expect(edgeEffect('optional', verdict)).toBe('go')
})

test('a time limit that is over counts as failed for a hard edge and lets others go', () => {
  expect([expiryEffect('hard'), expiryEffect('soft'), expiryEffect('optional')]).toEqual(['block', 'go', 'go'])
})
