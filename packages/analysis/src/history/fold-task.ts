// One task of one run goes into the task's summary. Only a verdict counts: a task that an interrupted run left open came to
// nothing yet. What an attempt took is a sample only where it passed, since an attempt that failed, was cancelled or ran
// into its time limit says at most that the task takes longer than that.
import type { AttemptReport, Failure, TaskReport, Verdict } from '@muster/core'
import { mergeSummaries } from './merge-summaries.ts'
import {
  type DurationSample,
  type FailureMark,
  messageKept,
  samplesKept,
  type SeenRun,
  type TaskSummary,
} from './task-summary.ts'

/**
 * The summary with one more run; unchanged where the task has no verdict. The same run must not be folded twice: `foldRun`
 * sees to that.
 *
 * @example
 * ```ts
 * const task = { id: 'a', kind: 'unit', verdict: { kind: 'failed' }, attempts: [] } as const
 * foldTask(undefined, task, { run: 'r1', atWallMs: 0 })?.verdicts // => { failed: 1 }
 * ```
 */
export function foldTask(summary: TaskSummary | undefined, task: TaskReport, run: SeenRun): TaskSummary | undefined {
  const { verdict } = task
  if (verdict === undefined) return summary
  const lastFailure = failureMark(task, verdict, run)
  const once: TaskSummary = {
    version: 1,
    kind: task.kind,
    id: task.id,
    verdicts: { [verdict.kind]: 1 },
    durations: durationSamples(task.attempts, verdict, run),
    ...(lastFailure === undefined ? {} : { lastFailure }),
    lastSeen: { run: run.run, atWallMs: run.atWallMs },
  }
  return summary === undefined ? once : mergeSummaries(summary, once)
}

function durationSamples(
  attempts: readonly AttemptReport[],
  verdict: Verdict,
  run: SeenRun,
): readonly DurationSample[] {
  if (verdict.kind !== 'passed' && verdict.kind !== 'flaky') return []
  return attempts
    .flatMap(({ ending, scope }) => {
      // One that ran only some of the cases says nothing of how long all of them take.
      const isWhole = scope === undefined && ending.kind === 'ended' && ending.outcome.result === 'passed'
      return isWhole ? [ending.outcome.durationMs] : []
    })
    .filter((durationMs) => Number.isFinite(durationMs) && durationMs >= 0)
    .map(toMicroseconds)
    .sort((a, b) => a - b)
    .slice(-samplesKept)
    .map((durationMs) => [run.atWallMs, durationMs])
}

/** Digits below the microsecond are noise, and a third of the stored bytes. */
function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000
}

function failureMark(task: TaskReport, verdict: Verdict, run: SeenRun): FailureMark | undefined {
  const failure = verdictFailure(verdict) ?? (mayHaveFailed(verdict) ? lastAttemptFailure(task.attempts) : undefined)
  if (failure === undefined) return undefined
  return {
    run: run.run,
    atWallMs: run.atWallMs,
    category: failure.category,
    fingerprint: shorten(failure.fingerprint),
    message: shorten(failure.message),
  }
}

function verdictFailure(verdict: Verdict): Failure | undefined {
  return verdict.kind === 'failed' || verdict.kind === 'timed-out' ? verdict.failure : undefined
}

function mayHaveFailed({ kind }: Verdict): boolean {
  return kind === 'flaky' || kind === 'failed' || kind === 'timed-out' || kind === 'poisoned'
}

function lastAttemptFailure(attempts: readonly AttemptReport[]): Failure | undefined {
  for (const { ending } of attempts.toReversed()) {
    if (ending.kind === 'ended' && ending.outcome.failure !== undefined) return ending.outcome.failure
  }
  return undefined
}

/** At most {@link messageKept} characters, never ending in half a surrogate pair. */
function shorten(text: string): string {
  return text.length <= messageKept ? text : text.slice(0, messageKept).replace(/[\uD800-\uDBFF]$/, '')
}
