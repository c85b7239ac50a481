import type { AttemptReport, Result, TaskReport, Verdict } from '@muster/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTaskSummary } from './decide-fold.ts'
import { factsOfSummary } from './facts-of-summary.ts'
import { foldTask } from './fold-task.ts'
import { mergeSummaries } from './merge-summaries.ts'
import { samplesKept, type SeenRun, type TaskSummary } from './task-summary.ts'

const failure = {
  category: 'assertion',
  fault: 'test',
  transient: false,
  message: 'expected 1, got 2',
  fingerprint: 'f',
  evidence: [],
} as const

const results: readonly Result[] = ['passed', 'failed', 'timed-out', 'cancelled', 'skipped']
const attempt = fc.record({
  result: fc.constantFrom(...results),
  durationMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
})

const verdict = fc.constantFrom<Verdict | undefined>(
  { kind: 'passed' },
  { kind: 'flaky', failedAttempts: 1 },
  { kind: 'failed', failure },
  { kind: 'timed-out', failure: { ...failure, category: 'timeout', message: 'too long' } },
  { kind: 'blocked', by: 'b' },
  { kind: 'skipped', because: 'so' },
  { kind: 'cancelled', by: 'deadline' },
  { kind: 'poisoned', workersLost: 3 },
  { kind: 'unplaceable', missing: ['label gpu'] },
  undefined,
)

const visit = fc.record({ verdict, attempts: fc.array(attempt, { maxLength: 4 }), atWallMs: fc.nat(50) })

interface Visit {
  readonly task: TaskReport
  readonly run: SeenRun
}

const visits: fc.Arbitrary<readonly Visit[]> = fc.array(visit, { maxLength: 90 }).map((all) =>
  all.map(({ verdict, attempts, atWallMs }, i) => ({
    task: taskReport(verdict, attempts),
    run: { run: `r${i}`, atWallMs },
  })),
)

function taskReport(
  verdict: Verdict | undefined,
  attempts: readonly { readonly result: Result; readonly durationMs: number }[],
): TaskReport {
  const reports = attempts.map((outcome, i): AttemptReport => ({
    n: i + 1,
    worker: 'w',
    launchedAtMs: 0,
    ending: { kind: 'ended', outcome },
  }))
  return { id: 'a', kind: 'unit', verdict, attempts: reports }
}

/** What the laws are about, so that a planted fault can stand in its place. */
interface Subject {
  readonly fold: typeof foldTask
  readonly merge: typeof mergeSummaries
}

const ours: Subject = { fold: foldTask, merge: mergeSummaries }

function foldAll(all: readonly Visit[], { fold }: Subject = ours): TaskSummary | undefined {
  return all.reduce<TaskSummary | undefined>((summary, { task, run }) => fold(summary, task, run), undefined)
}

function mergingIsFolding(subject: Subject): void {
  fc.assert(
    fc.property(visits, fc.nat(90), (all, cut) => {
      const [a, b] = [foldAll(all.slice(0, cut), subject), foldAll(all.slice(cut), subject)]
      const both = a === undefined || b === undefined ? (a ?? b) : subject.merge(a, b)
      expect(both).toEqual(foldAll(all, subject))
    }),
  )
}

function orderDoesNotMatter(subject: Subject): void {
  const twice = visits.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })),
  )
  fc.assert(
    fc.property(twice, ([all, shuffled]) => {
      expect(foldAll(shuffled, subject)).toEqual(foldAll(all, subject))
    }),
  )
}

function everyVerdictCounts(subject: Subject): void {
  fc.assert(
    fc.property(visits, (all) => {
      const slow: Record<string, number> = {}
      for (const { task } of all)
        if (task.verdict !== undefined) slow[task.verdict.kind] = (slow[task.verdict.kind] ?? 0) + 1
      expect(foldAll(all, subject)?.verdicts ?? {}).toEqual(slow)
    }),
  )
}

function samplesAreTheLatestPasses(subject: Subject): void {
  fc.assert(
    fc.property(visits, (all) => {
      const slow = all
        .filter(({ task }) => task.verdict?.kind === 'passed' || task.verdict?.kind === 'flaky')
        .flatMap(({ task, run }) => task.attempts.map(({ ending }) => ({ ending, atWallMs: run.atWallMs })))
        .flatMap(({ ending, atWallMs }) =>
          ending.kind === 'ended' && ending.outcome.result === 'passed'
            ? [[atWallMs, Math.round(ending.outcome.durationMs * 1000) / 1000] as const]
            : [],
        )
        .sort((a, b) => a[0] - b[0] || a[1] - b[1])
        .slice(-samplesKept)
      expect(foldAll(all, subject)?.durations ?? []).toEqual(slow)
    }),
  )
}

test('histories that were kept apart merge to what one history would be', () => {
  mergingIsFolding(ours)
})

test('runs may be folded in any order', () => {
  orderDoesNotMatter(ours)
})

test('every verdict is counted once, and nothing else is', () => {
  everyVerdictCounts(ours)
})

test('the samples are the latest passing attempts of tasks that passed', () => {
  samplesAreTheLatestPasses(ours)
})

const asPassed: typeof foldTask = (summary, task, run) => {
  const attempts = task.attempts.map((report) =>
    report.ending.kind === 'ended' && report.ending.outcome.result === 'timed-out'
      ? { ...report, ending: { kind: 'ended', outcome: { ...report.ending.outcome, result: 'passed' } } as const }
      : report,
  )
  return foldTask(summary, { ...task, attempts }, run)
}

test.each<readonly [string, (subject: Subject) => void, Partial<Subject>]>([
  [
    'merging keeps what the first saw last',
    mergingIsFolding,
    { merge: (a, b) => ({ ...mergeSummaries(a, b), lastSeen: a.lastSeen }) },
  ],
  [
    'merging forgets what the second counted',
    mergingIsFolding,
    { merge: (a, b) => ({ ...mergeSummaries(a, b), verdicts: a.verdicts }) },
  ],
  [
    'folding keeps samples in the order in which they came',
    orderDoesNotMatter,
    {
      fold: (summary, task, run) => {
        const folded = foldTask(undefined, task, run)
        if (summary === undefined || folded === undefined) return folded ?? summary
        return {
          ...mergeSummaries(summary, folded),
          durations: [...summary.durations, ...folded.durations].slice(-samplesKept),
        }
      },
    },
  ],
  [
    'an open task counts as passed',
    everyVerdictCounts,
    { fold: (summary, task, run) => foldTask(summary, { ...task, verdict: task.verdict ?? { kind: 'passed' } }, run) },
  ],
  ['an attempt that timed out is a sample', samplesAreTheLatestPasses, { fold: asPassed }],
])('planted fault: %s', (_, law, fault) => {
  // A fault may show in few examples only: it gets many more of them than the law itself.
  const usual = fc.readConfigureGlobal()
  fc.configureGlobal({ ...usual, numRuns: 2000 })
  try {
    expect(() => {
      law({ ...ours, ...fault })
    }).toThrow()
  } finally {
    fc.configureGlobal(usual)
  }
})

test('a summary has a bounded size and reads back as it was written', () => {
  fc.assert(
    fc.property(visits, (all) => {
      const summary = foldAll(all)
      if (summary === undefined) return
      const text = JSON.stringify(summary)
      expect(text.length).toBeLessThan(2500)
      expect(readTaskSummary(text)).toEqual({ kind: 'read', value: summary })
    }),
  )
})

test('facts are rates of what happened, and absent where nothing did', () => {
  fc.assert(
    fc.property(visits, (all) => {
      const summary = foldAll(all)
      const facts = summary === undefined ? undefined : factsOfSummary(summary)
      const earned = all.filter(({ task }) =>
        ['passed', 'flaky', 'failed', 'timed-out', 'poisoned'].includes(task.verdict?.kind ?? ''),
      )
      expect(facts?.failureRate === undefined).toBe(earned.length === 0)
      expect(facts?.duration === undefined).toBe((summary?.durations ?? []).length === 0)
      const red = earned.filter(({ task }) => task.verdict?.kind !== 'passed' && task.verdict?.kind !== 'flaky').length
      if (earned.length > 0) expect(facts?.failureRate).toBe(red / earned.length)
    }),
  )
})

test('whatever text is stored, reading it is an answer', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.object().map((value) => JSON.stringify({ version: 1, ...value })),
      ),
      (text) => {
        expect(['read', 'newer', 'unreadable']).toContain(readTaskSummary(text).kind)
      },
    ),
  )
})
