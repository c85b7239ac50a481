// A finished or interrupted run as plain data: what reporters, gates and the analysis read.
import type { RecoveryUsed } from '../recovery/recovery-used.ts'
import type { FailureGroups } from './failure-group.ts'
import type { AttemptDetails, CaseCounts, CaseScope, Outcome } from './outcome.ts'
import type { Verdict, VerdictKind } from './verdict.ts'

/** How an attempt that never ended was lost. */
export type LossCause = 'worker' | 'coordinator' | 'refused' | 'pre-empted'

/** An attempt by the id of its task and its number. */
export interface AttemptName {
  readonly task: string
  readonly n: number
}

/** One attempt of a task, ended or lost. */
export interface AttemptReport {
  readonly n: number
  readonly worker: string
  /**
   * Run time in milliseconds at which the wait after the attempt before it was over, so that only a place was missing; absent
   * for first attempts, and in reports written before it was kept.
   */
  readonly readyAtMs?: number | undefined
  /** The strategy that it was made by after the attempt before it failed, its level and why; absent where there was none. */
  readonly recovery?: RecoveryUsed | undefined
  /** Run time in milliseconds at which it was launched, started and closed. */
  readonly launchedAtMs: number
  readonly startedAtMs?: number | undefined
  readonly closedAtMs?: number | undefined
  /** The cases that it was to run, where it was not to run all: what passed in an attempt before it still counts. */
  readonly scope?: CaseScope | undefined
  readonly ending:
    | { readonly kind: 'ended'; readonly outcome: Outcome }
    | {
        readonly kind: 'lost'
        readonly cause: LossCause
        /** The attempt that is taken to have killed the worker under both; absent where it was alone, or is the cause itself. */
        readonly causedBy?: AttemptName | undefined
      }
    | { readonly kind: 'open' }
  readonly details?: AttemptDetails | undefined
}

/** One task with what it came to. */
export interface TaskReport {
  readonly id: string
  readonly kind: string
  readonly file?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly groups?: readonly string[] | undefined
  /** Tasks and groups that it waited for, hard and soft; absent where it waited for none. */
  readonly dependsOn?: readonly string[] | undefined
  /** What it takes beside slots while it runs: `lock db`, `group e2e` where the group has a limit, `memory`. Absent where nothing. */
  readonly holds?: readonly string[] | undefined
  /** Run time in milliseconds at which it came in; absent where it was there at the start. */
  readonly addedAtMs?: number | undefined
  /** Absent while the task is open: an interrupted run gives its open tasks no verdict. */
  readonly verdict?: Verdict | undefined
  readonly attempts: readonly AttemptReport[]
}

/** A worker that took part, whether or not it was given anything to do. */
export interface WorkerReport {
  readonly id: string
  /** Attempts that it could run at once. */
  readonly slots: number
  /** Machine it ran on, where it said so. */
  readonly host?: string | undefined
  /** Why it was put out of the run, where it was and is. */
  readonly quarantine?: string | undefined
}

/** A circuit breaker that opened in the run. */
export interface BreakerReport {
  /** What it watches and which one: `resource:payments`, `worker:w3`. */
  readonly key: string
  readonly state: 'closed' | 'open' | 'half-open' | 'spent'
  /** Why it is in that state. */
  readonly because: string
  /** How often it opened. */
  readonly openings: number
}

/** A part of a run that broke, and without which it went on. */
export interface DegradedPart {
  readonly part: 'policy'
  readonly name: string
  /** What it was to do, and what came of it. */
  readonly because: string
  /** Whether it was given up for the rest of the run. */
  readonly isDropped: boolean
}

/** How a run ended. */
export type RunEnding = 'finished' | 'interrupted'

/** Why the exit code is what it is. */
export type ExitVerdict = 'passed' | 'failed' | 'nothing-ran' | 'interrupted'

/** A whole run. Fields may be added to a version; none is ever taken away or given another meaning. */
export interface RunReport {
  readonly version: 1
  readonly run: string
  readonly ending: RunEnding
  readonly exit: ExitVerdict
  readonly exitCode: number
  /** Wall time at the start, milliseconds since 1970. */
  readonly startedAtWallMs: number
  /** Run time spent, in milliseconds. */
  readonly durationMs: number
  readonly totals: Readonly<Record<VerdictKind, number>> & { readonly tasks: number; readonly open: number }
  readonly cases: CaseCounts
  /** Workers in the order in which they joined; absent in reports written before they were kept. */
  readonly workers?: readonly WorkerReport[] | undefined
  /** Circuit breakers that opened, in the order in which they first failed; absent where none did. */
  readonly breakers?: readonly BreakerReport[] | undefined
  /** Parts that broke while the run went on without them, first failure first; absent where none did. */
  readonly degraded?: readonly DegradedPart[] | undefined
  /** Its failures by cause; absent where nobody worked them out. */
  readonly failureGroups?: FailureGroups | undefined
  readonly tasks: readonly TaskReport[]
}
