import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RunRecord } from '@muster/core'
import { decideRetention } from './decide-retention.ts'

const dayMs = 86_400_000
const nowWallMs = 1000 * dayMs

const anyRuns: fc.Arbitrary<readonly RunRecord[]> = fc.array(fc.nat(60), { maxLength: 40 }).map((ages) =>
  ages.map((age, index) => ({
    run: `r${index}`,
    name: 'demo',
    createdAtWallMs: nowWallMs - age * dayMs,
    status: 'finished',
    epoch: 1,
    rows: 1,
  })),
)

test('a run goes only when every rule given lets it go', () => {
  fc.assert(
    fc.property(anyRuns, fc.option(fc.nat(40)), fc.option(fc.nat(60)), (runs, keepRuns, keepDays) => {
      const rules = { keepRuns: keepRuns ?? undefined, keepDays: keepDays ?? undefined, nowWallMs }
      const gone = new Set(decideRetention(runs, rules))
      const stays = runs.filter(({ run }) => !gone.has(run))
      if (keepRuns === null && keepDays === null) expect(stays).toEqual(runs)
      if (keepRuns !== null) expect(stays.length).toBeGreaterThanOrEqual(Math.min(keepRuns, runs.length))
      for (const { run, createdAtWallMs } of runs) {
        const isYoung = keepDays !== null && nowWallMs - createdAtWallMs < keepDays * dayMs
        if (isYoung) expect(gone).not.toContain(run)
        if (!gone.has(run)) continue
        // Nothing that stays is older, but for those of the very same age.
        for (const other of stays) expect(other.createdAtWallMs).toBeGreaterThanOrEqual(createdAtWallMs)
      }
    }),
  )
})

test('what goes is named oldest first, and what was given is not sorted in place', () => {
  const runs = [2, 9, 5].map((age) => ({
    run: `${age} days`,
    name: 'demo',
    createdAtWallMs: nowWallMs - age * dayMs,
    status: 'open' as const,
    epoch: 0,
    rows: 0,
  }))
  expect(decideRetention(runs, { keepRuns: 1, nowWallMs })).toEqual(['9 days', '5 days'])
  expect(decideRetention(runs, { keepDays: 5, nowWallMs })).toEqual(['9 days', '5 days'])
  expect(decideRetention(runs, { keepRuns: 1, keepDays: 6, nowWallMs })).toEqual(['9 days'])
  expect(runs.map(({ run }) => run)).toEqual(['2 days', '9 days', '5 days'])
})
