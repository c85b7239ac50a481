// However often a task was tried, and whatever part of it: no case gets lost, none counts twice, and none that failed is green
// without a pass of its own.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergedCases, type MergedCase } from './merged-cases.ts'
import type { CaseResult, Result } from './outcome.ts'
import type { AttemptReport, TaskReport } from './report.ts'

type Merge = (task: Pick<TaskReport, 'attempts' | 'verdict'>) => readonly MergedCase[]

const titles = ['a', 'b', 'c', 'd', 'e'] as const
const anyResult = fc.constantFrom<Result[]>('passed', 'passed', 'failed', 'failed', 'timed-out', 'skipped', 'cancelled')

/** Attempts at one task: each but the first may have run only what had failed, and may tell of the others as skipped. */
const anyTask: fc.Arbitrary<Pick<TaskReport, 'attempts' | 'verdict'>> = fc
  .array(
    fc.record({
      results: fc.array(anyResult, { minLength: 5, maxLength: 5 }),
      isPart: fc.boolean(),
      tells: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((tries) => {
    let red: readonly string[] = titles
    const attempts = tries.map(({ results, isPart, tells }, at): AttemptReport => {
      const scope = isPart && at > 0 && red.length > 0 && red.length < titles.length ? red : undefined
      const cases = titles.flatMap((title, i): readonly CaseResult[] => {
        const isIn = scope === undefined || scope.includes(title)
        if (!isIn && !tells) return []
        return [{ path: [title], durationMs: 1, result: isIn ? (results[i] ?? 'passed') : 'skipped' }]
      })
      red = cases.filter(isRed).map(({ path }) => path.join())
      return {
        n: at + 1,
        worker: 'w',
        launchedAtMs: at,
        ...(scope === undefined ? {} : { scope: { cases: scope.map((title) => ({ path: [title] })), of: 5 } }),
        ending: { kind: 'ended', outcome: { result: red.length > 0 ? 'failed' : 'passed', durationMs: 1 } },
        details: { cases },
      }
    })
    const failedAttempts = attempts.length - 1
    return { attempts, verdict: red.length > 0 ? { kind: 'failed' } : { kind: 'flaky', failedAttempts } }
  })

function isRed({ result }: CaseResult): boolean {
  return result === 'failed' || result === 'timed-out'
}

/** What was told of a case, attempt by attempt, without what an attempt that did not run it said. */
function told(task: Pick<TaskReport, 'attempts'>, title: string): readonly CaseResult[] {
  return task.attempts.flatMap(({ details, scope }) => {
    const isOut = scope !== undefined && !scope.cases.some(({ path }) => path.join() === title)
    return isOut ? [] : (details?.cases ?? []).filter(({ path }) => path.join() === title)
  })
}

function eachOnce(merge: Merge): void {
  fc.assert(
    fc.property(anyTask, (task) => {
      expect(
        merge(task)
          .map(({ case: one }) => one.path.join())
          .toSorted(),
      ).toEqual([...titles])
    }),
  )
}

function lastTryCounts(merge: Merge): void {
  fc.assert(
    fc.property(anyTask, (task) => {
      for (const { case: one, before } of merge(task)) {
        const tries = told(task, one.path.join())
        expect([...before, one]).toEqual(tries)
      }
    }),
  )
}

function neverGreenByItself(merge: Merge): void {
  fc.assert(
    fc.property(anyTask, (task) => {
      for (const { case: one, isGone } of merge(task)) {
        const tries = told(task, one.path.join())
        if (one.result === 'passed') expect(tries.at(-1)?.result).toBe('passed')
        if (tries.at(-1)?.result === 'failed') expect(isRed(one)).toBe(true)
        if (isGone) expect(task.verdict?.kind).toBe('flaky')
      }
    }),
  )
}

const laws = { eachOnce, lastTryCounts, neverGreenByItself }

test('every case counts once', () => {
  eachOnce(mergedCases)
})

test('the last try of a case counts, and those before it are kept', () => {
  lastTryCounts(mergedCases)
})

test('what failed is green only by a pass of its own', () => {
  neverGreenByItself(mergedCases)
})

const withoutScopes: Merge = ({ attempts, verdict }) =>
  mergedCases({ attempts: attempts.map((attempt) => ({ ...attempt, scope: undefined })), verdict })

test.each<[string, keyof typeof laws, Merge]>([
  ['what an attempt left aside turns into skipped', 'lastTryCounts', withoutScopes],
  [
    'the last attempt is all there is',
    'eachOnce',
    ({ attempts, verdict }) => mergedCases({ attempts: attempts.slice(-1), verdict }),
  ],
  [
    'every attempt counts for itself',
    'eachOnce',
    ({ attempts }) => attempts.flatMap((one) => mergedCases({ attempts: [one] })),
  ],
  [
    'the first try counts',
    'lastTryCounts',
    ({ attempts, verdict }) => mergedCases({ attempts: attempts.toReversed(), verdict }),
  ],
  [
    'a green task makes all its cases green',
    'neverGreenByItself',
    (task) =>
      mergedCases(task).map((one) =>
        task.verdict?.kind === 'flaky' ? { ...one, case: { ...one.case, result: 'passed' } } : one,
      ),
  ],
])('caught: %s', (_what, law, merge) => {
  expect(() => {
    laws[law](merge)
  }).toThrow()
})
