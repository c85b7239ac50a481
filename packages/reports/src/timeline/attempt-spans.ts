// What an attempt went through, phase by phase: the answer to "why did this start so late?". Phases of no length are left out.
import type { RunReport } from '@muster/core'
import type { Timeline, TimelineAttempt } from './timeline.ts'

/** What an attempt was doing, or waiting for, during a span. */
export type SpanPhase =
  /** A dependency had not ended. */
  | 'blocked'
  /** The attempt before it had ended, and the next was not launched: backing off, or waiting for a worker again. */
  | 'retrying'
  /** Ready, and no worker had room. */
  | 'queued'
  /** Handed to a worker whose executor had not begun. */
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
}

/** The phases of one attempt, in order. */
export function attemptSpans(report: Pick<RunReport, 'tasks'>, attempt: TimelineAttempt): readonly AttemptSpan[] {
  const { n, readyAtMs, launchedAtMs, startedAtMs, closedAtMs, after } = attempt
  const task = report.tasks[attempt.task]?.id ?? ''
  const blockedBy = after === undefined ? undefined : report.tasks[after]?.id
  const spans: AttemptSpan[] = [
    ...(blockedBy === undefined ? [] : [{ task, n, phase: 'blocked' as const, fromMs: 0, toMs: readyAtMs, blockedBy }]),
    { task, n, phase: n > 1 ? 'retrying' : 'queued', fromMs: readyAtMs, toMs: launchedAtMs },
    { task, n, phase: 'starting', fromMs: launchedAtMs, toMs: startedAtMs },
    { task, n, phase: 'running', fromMs: startedAtMs, toMs: closedAtMs },
  ]
  return spans.filter(({ fromMs, toMs }) => toMs > fromMs)
}

/** Every phase of every attempt, in the order of launches. */
export function allSpans(report: Pick<RunReport, 'tasks'>, { attempts }: Timeline): readonly AttemptSpan[] {
  return attempts.flatMap((attempt) => attemptSpans(report, attempt))
}
