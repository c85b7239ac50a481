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

function foldAll(all: readonly Visit[]): TaskSummary | undefined {
  return all.reduce<TaskSummary | undefined>((summary, { task, run }) => foldTask(summary, task, run), undefined)
}

function mergeAll(a: TaskSummary | undefined, b: TaskSummary | undefined): TaskSummary | undefined {
  return a === undefined || b === undefined ? (a ?? b) : mergeSummaries(a, b)
}

test('histories that were kept apart merge to what one history would be', () => {
  fc.assert(
    fc.property(visits, fc.nat(90), (all, cut) => {
      expect(mergeAll(foldAll(all.slice(0, cut)), foldAll(all.slice(cut)))).toEqual(foldAll(all))
    }),
  )
})

test('runs may be folded in any order', () => {
  fc.assert(
    fc.property(
      visits.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length }))),
      ([all, shuffled]) => {
        expect(foldAll(shuffled)).toEqual(foldAll(all))
      },
    ),
  )
})

test('every verdict is counted once, and nothing else is', () => {
  fc.assert(
    fc.property(visits, (all) => {
      const judged = all.filter(({ task }) => task.verdict !== undefined)
      const summary = foldAll(all)
      const counted = Object.values(summary?.verdicts ?? {}).reduce<number>((sum, count) => sum + (count ?? 0), 0)
      expect(counted).toBe(judged.length)
      for (const [kind, count] of Object.entries(summary?.verdicts ?? {})) {
        expect(count).toBe(judged.filter(({ task }) => task.verdict?.kind === kind).length)
      }
    }),
  )
})

test('the samples are the latest passing attempts of tasks that passed, by the slow rule', () => {
  fc.assert(
    fc.property(visits, (all) => {
      const slow = all
        .filter(({ task }) => task.verdict?.kind === 'passed' || task.verdict?.kind === 'flaky')
        .flatMap(({ task, run }) => task.attempts.map((report) => ({ report, atWallMs: run.atWallMs })))
        .flatMap(({ report: { ending }, atWallMs }) =>
          ending.kind === 'ended' && ending.outcome.result === 'passed'
            ? [{ atWallMs, durationMs: Math.round(ending.outcome.durationMs * 1000) / 1000 }]
            : [],
        )
        .sort((a, b) => a.atWallMs - b.atWallMs || a.durationMs - b.durationMs)
        .slice(-samplesKept)
      expect(foldAll(all)?.durations ?? []).toEqual(slow)
    }),
  )
})

test('a summary has a bounded size and reads back as it was written', () => {
  fc.assert(
    fc.property(visits, (all) => {
      const summary = foldAll(all)
      if (summary === undefined) return
      const text = JSON.stringify(summary)
      expect(text.length).toBeLessThan(4000)
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
