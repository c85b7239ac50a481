import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  causesKept,
  foldCauses,
  type KnownCauses,
  knownCauses,
  type KnownFailures,
  mergeCauses,
  mergeRuns,
  quietRuns,
  runsKept,
  sightingsKept,
  standingOf,
} from './known-failures.ts'
import type { SeenRun } from '../history/task-summary.ts'

const group = (id: string): Parameters<typeof foldCauses>[1][number] => ({
  id,
  kind: 'cause',
  title: `cause ${id}`,
  category: 'network',
  failures: 1,
  collateral: 0,
  tests: 1,
  tasks: ['t'],
  workers: [],
  example: { task: 't', message: 'm' },
  messages: ['m'],
})

const none: KnownCauses = { version: 1, causes: [] }
const runAt = (i: number): SeenRun => ({ run: `r${i}`, atWallMs: i })

/** Which causes each run saw; few enough runs that every sighting is kept. */
const seen = fc.array(fc.uniqueArray(fc.nat(9), { maxLength: 6 }), { maxLength: sightingsKept })

interface Subject {
  readonly fold: typeof foldCauses
  readonly merge: typeof mergeCauses
}
const ours: Subject = { fold: foldCauses, merge: mergeCauses }

function foldAll({ fold }: Subject, runs: readonly (readonly [number, readonly number[]])[]): KnownCauses {
  return runs.reduce(
    (known, [at, ids]) =>
      fold(
        known,
        ids.map((id) => group(`c${id}`)),
        runAt(at),
      ),
    none,
  )
}

function mergingIsFolding(subject: Subject): void {
  fc.assert(
    fc.property(seen, fc.nat(sightingsKept), (all, cut) => {
      const runs = all.map((ids, at) => [at, ids] as const)
      const [a, b] = [foldAll(subject, runs.slice(0, cut)), foldAll(subject, runs.slice(cut))]
      const whole = foldAll(ours, runs)
      expect(subject.merge(a, b)).toEqual(whole)
      expect(subject.merge(b, a)).toEqual(whole)
    }),
  )
}

function twiceIsOnce(subject: Subject): void {
  fc.assert(
    fc.property(seen, (all) => {
      const runs = all.map((ids, at) => [at, ids] as const)
      expect(
        foldAll(
          subject,
          runs.flatMap((run) => [run, run]),
        ),
      ).toEqual(foldAll(ours, runs))
    }),
  )
}

test('what was known apart merges to what one history would know', () => {
  mergingIsFolding(ours)
})

test('a run that is folded twice counts once', () => {
  twiceIsOnce(ours)
})

test('the records stay within their bounds and read back', () => {
  let known = none
  for (let i = 0; i < 40; i += 1)
    known = foldCauses(
      known,
      Array.from({ length: 30 }, (_, j) => group(`c${i % 3 === 0 ? j : i * 30 + j}`)),
      runAt(i),
    )
  expect(known.causes).toHaveLength(causesKept)
  expect(Math.max(...known.causes.map(({ seen: sightings }) => sightings.length))).toBe(sightingsKept)
  expect(known.causes.find(({ id }) => id === 'c3')?.runs).toBe(14)
  expect(knownCauses.parse(JSON.parse(JSON.stringify(known)))).toEqual(known)
  const runs = mergeRuns(
    { version: 1, runs: Array.from({ length: runsKept }, (_, i) => runAt(i)) },
    { version: 1, runs: [runAt(999)] },
  )
  expect(runs.runs.at(-1)).toEqual(runAt(999))
  expect(runs.runs).toHaveLength(runsKept)
})

test.each<readonly [string, (subject: Subject) => void, Partial<Subject>]>([
  [
    'merging takes the title of whoever comes first',
    mergingIsFolding,
    { merge: (a, b) => ({ version: 1, causes: [...a.causes, ...b.causes] }) },
  ],
  [
    'a run counts each time it is folded',
    twiceIsOnce,
    {
      fold: (before, groups, run) => ({
        version: 1,
        causes: foldCauses(before, groups, run).causes.map((cause) =>
          before.causes.some(
            ({ id, seen: sightings }) => id === cause.id && sightings.some((each) => each.run === run.run),
          )
            ? { ...cause, runs: cause.runs + 1 }
            : cause,
        ),
      }),
    },
  ],
  [
    'the first sighting is that of the first record',
    mergingIsFolding,
    {
      merge: (a, b) => ({
        version: 1,
        causes: mergeCauses(a, b).causes.map((cause) => ({
          ...cause,
          first: a.causes.find(({ id }) => id === cause.id)?.first ?? cause.first,
        })),
      }),
    },
  ],
])('planted fault: %s', (_, law, fault) => {
  expect(() => {
    law({ ...ours, ...fault })
  }).toThrow()
})

test('a cause is new, then recurring, and regressed once it was gone for long enough', () => {
  const known = (at: number, sightings: readonly number[]): KnownFailures => ({
    run: runAt(at),
    runs: Array.from({ length: at }, (_, i) => runAt(i)),
    causes: new Map(
      sightings.length === 0
        ? []
        : [
            [
              'c',
              {
                id: 'c',
                title: 'c',
                runs: sightings.length,
                first: runAt(sightings[0] ?? 0),
                seen: sightings.map(runAt),
              },
            ],
          ],
    ),
  })
  expect(standingOf(known(9, []), 'c')).toBe('new')
  expect(standingOf(known(9, [3, 8]), 'c')).toBe('recurring')
  expect(standingOf(known(9, [8 - quietRuns]), 'c')).toBe('regressed')
  expect(standingOf(known(9, [9 - quietRuns]), 'c')).toBe('recurring')
  // The run itself, or a later one, is no past.
  expect(standingOf(known(9, [9, 12]), 'c')).toBe('new')
})
