import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../model/outcome.ts'
import { commitSchema, commitSchema1 } from '../schemas/commit-schema.ts'
import { decodeCommit, encodeCommit } from './commit-codec.ts'
import type { Entry } from './entry.ts'
import { isPlainPass } from './is-plain-pass.ts'
import { packEntries, unpackEntries } from './pack-entries.ts'

/** A value for every field with which an outcome says more; a field that is added does not compile until it is here. */
const sayings: Readonly<Record<Exclude<keyof Outcome, 'result' | 'durationMs'>, Partial<Outcome>>> = {
  failure: {
    failure: { category: 'unknown', message: 'no', fault: 'unknown', transient: false, fingerprint: 'f', evidence: [] },
  },
  cases: { cases: { passed: 1, failed: 0, skipped: 0, flaky: 0 } },
  failedCases: { failedCases: [{ path: ['a'] }] },
  use: { use: {} },
  artifacts: { artifacts: [] },
  leaks: { leaks: { count: 1, processes: [{ pid: 2, command: 'sleep 3' }] } },
  reason: { reason: 'because' },
  output: { output: 0 },
  details: { details: 'name' },
}

const handle = fc.nat({ max: 5 })
const n = fc.integer({ min: 1, max: 2 })
const anyOutcome: fc.Arbitrary<Outcome> = fc
  .record({
    result: fc.constantFrom<Outcome['result']>('passed', 'passed', 'passed', 'failed', 'skipped'),
    durationMs: fc.integer({ min: 0, max: 9 }),
    saying: fc.option(fc.constantFrom(...Object.values(sayings)), { nil: {} }),
  })
  .map(({ saying, ...outcome }) => ({ ...outcome, ...saying }))
const anyScope = fc.constantFrom(undefined, { cases: [{ path: ['a', 'b'], file: 'x.js' }], of: 3 })
const anyEntry: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({ kind: fc.constant('launched' as const), task: handle, n, worker: handle }),
  fc.record({ kind: fc.constant('started' as const), task: handle, n }),
  fc.record({ kind: fc.constant('ended' as const), task: handle, n, outcome: anyOutcome }),
  fc.record({ kind: fc.constant('launched' as const), task: handle, n, worker: handle, cases: fc.nat({ max: 3 }) }),
  fc.record({ kind: fc.constant('retrying' as const), task: handle, dueMs: fc.nat(), scope: anyScope }),
)
const anyEntries = fc.array(anyEntry, { maxLength: 40 })

describe('a commit as it is written', () => {
  test('reads back as it was, in the same order', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        const commit = { atMs: 1, wallMs: 2, entries }
        expect(unpackEntries(packEntries(entries))).toEqual(entries)
        expect(decodeCommit(encodeCommit(commit), 'run', 1)).toEqual(commit)
      }),
    )
  })

  test('is what its schema says', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        commitSchema.parse(JSON.parse(encodeCommit({ atMs: 1, wallMs: 2, entries })))
      }),
    )
  })

  test('does not change when it is packed again', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        const packed = packEntries(entries)
        expect(packEntries(unpackEntries(packed))).toEqual(packed)
      }),
    )
  })

  test('of version 1 reads as it is', () => {
    const entries: readonly Entry[] = [
      { kind: 'launched', task: 0, n: 1, worker: 0 },
      { kind: 'launched', task: 1, n: 1, worker: 1 },
    ]
    const bytes = JSON.stringify({ version: 1, atMs: 1, wallMs: 2, entries })
    commitSchema1.parse(JSON.parse(bytes))
    expect(decodeCommit(bytes, 'run', 1).entries).toEqual(entries)
  })

  test('of a version to come is refused', () => {
    const bytes = JSON.stringify({ version: 3, atMs: 1, wallMs: 2, entries: [] })
    expect(() => decodeCommit(bytes, 'run', 1)).toThrow(expect.objectContaining({ code: 'STORE_TOO_NEW' }))
  })
})

test.each(Object.entries(sayings))('a pass that says its %s is not a plain one', (_, saying) => {
  expect(isPlainPass({ result: 'passed', durationMs: 1 })).toBe(true)
  expect(isPlainPass({ result: 'passed', durationMs: 1, ...saying })).toBe(false)
})
