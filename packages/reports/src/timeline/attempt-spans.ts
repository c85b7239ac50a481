// What an attempt went through, phase by phase: the answer to "why did this start so late?". Phases of no length are left out.
import type { RunReport } from '@muster/core'
import type { QueueReason, Timeline, TimelineAttempt } from './timeline.ts'

/** What an attempt was doing, or waiting for, during a span. */
export type SpanPhase =
  /** A dependency had not ended. */
  | 'blocked'
  /** The attempt before it had ended, and it backed off. In reports that do not say for how long, all until the launch. */
  | 'retrying'
  /** Ready, and waiting for room: `queuedFor` says what kind. */
  | 'queued'
  /** Assigned to a worker, whose executor had not begun. */
  | 'starting'
  | 'running'

/** One phase of one attempt. */
export interface AttemptSpan {
  readonly task: string
  readonly n: number
  readonly phase: SpanPhase
  readonly fromMs: number
  readonly toMs: number
  /** The dependency that it was blocked by longest. */
  readonly blockedBy?: string | undefined
  /** What a `queued` attempt waited for; absent where it hardly waited. */
  readonly queuedFor?: QueueReason | undefined
}

/** The phases of one attempt, in order. */
export function attemptSpans(report: Pick<RunReport, 'tasks'>, attempt: TimelineAttempt): readonly AttemptSpan[] {
  const { n, readyAtMs, launchedAtMs, startedAtMs, closedAtMs, after } = attempt
  const task = report.tasks[attempt.task]?.id ?? ''
  const addedAtMs = Math.min(readyAtMs, Math.max(0, report.tasks[attempt.task]?.addedAtMs ?? 0))
  const blockedBy = after === undefined ? undefined : report.tasks[after]?.id
  const spans: AttemptSpan[] = [
    ...(blockedBy === undefined
      ? []
      : [{ task, n, phase: 'blocked' as const, fromMs: addedAtMs, toMs: readyAtMs, blockedBy }]),
    ...waitSpans(attempt).map((span) => ({ task, n, ...span })),
    { task, n, phase: 'starting', fromMs: launchedAtMs, toMs: startedAtMs },
    { task, n, phase: 'running', fromMs: startedAtMs, toMs: closedAtMs },
  ]
  return spans.filter(({ fromMs, toMs }) => toMs > fromMs)
}

function waitSpans(attempt: TimelineAttempt): readonly Omit<AttemptSpan, 'task' | 'n'>[] {
  const { n, readyAtMs: fromMs, launchedAtMs: toMs, retryFromMs, queuedFor } = attempt
  if (n > 1 && retryFromMs === undefined) return [{ phase: 'retrying', fromMs, toMs }]
  return [
    { phase: 'retrying', fromMs: retryFromMs ?? fromMs, toMs: fromMs },
    { phase: 'queued', fromMs, toMs, ...(queuedFor === undefined ? {} : { queuedFor }) },
  ]
}

/** Every phase of every attempt, in the order of launches. */
export function allSpans(report: Pick<RunReport, 'tasks'>, { attempts }: Timeline): readonly AttemptSpan[] {
  return attempts.flatMap((attempt) => attemptSpans(report, attempt))
}
