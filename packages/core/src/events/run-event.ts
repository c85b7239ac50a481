// Everything a run can tell an observer, one member each. Final events carry the journal position that made them durable;
// provisional ones are lossy news of attempts that are still running and say so by their kind.
import type { CaseResult, CaseScope, Outcome } from '../model/outcome.ts'
import type { AttemptName, BreakerReport, LossCause, RunReport } from '../model/report.ts'
import type { Verdict } from '../model/verdict.ts'
import type { WorkerDefinition } from '../model/worker.ts'
import type { RecoveryUsed } from '../recovery/recovery-used.ts'
import type { GiveUpReason, RetryReason } from '../run/entry.ts'

/** The run began, or goes on after a resume. */
export interface RunStarted {
  readonly kind: 'run-started'
  readonly run: string
  readonly epoch: number
  /** Whether it goes on after an interrupt or the death of its owner. */
  readonly resumed: boolean
  /** Tasks known at this moment. */
  readonly tasks: number
}

/** Tasks came in while the run goes on. */
export interface TasksAdded {
  readonly kind: 'tasks-added'
  /** Ids of what came in, those of the beginning included. */
  readonly tasks: readonly string[]
}

/** The owner paused the run: nothing is started until it goes on. */
export interface RunPaused {
  readonly kind: 'run-paused'
}

/** The owner let the run go on. */
export interface RunUnpaused {
  readonly kind: 'run-unpaused'
}

/** Nothing more is started. */
export interface RunDraining {
  readonly kind: 'run-draining'
  /** Who or what asked: a person, `max-failures`, `deadline`. */
  readonly by: string
  /** Whether what runs is ended too. */
  readonly hard: boolean
}

/** A worker joined or left. */
export type WorkerChanged =
  | {
      /** A worker joined. */
      readonly kind: 'worker-joined'
      /** The worker, and what it offers. */
      readonly worker: WorkerDefinition
    }
  | {
      /** A worker left. */
      readonly kind: 'worker-left'
      /** Id of the worker. */
      readonly worker: string
      /** Why it left. */
      readonly because: string
    }

/** A circuit breaker is in another state. */
export interface BreakerChanged {
  readonly kind: 'breaker-changed'
  /** What it watches and which one: `resource:payments`, `worker:w3`. */
  readonly key: string
  /** `open` lets nothing through, `half-open` a few probes, `closed` and `spent` everything. */
  readonly state: 'closed' | 'open' | 'half-open' | 'spent'
  readonly because: string
  /** Run time in milliseconds until which it is open. */
  readonly untilMs?: number | undefined
}

/** A worker is given nothing more though it is there, or is given work again since nobody else could do it. */
export type WorkerQuarantined =
  | {
      /** A worker is put out: it is given nothing more. */
      readonly kind: 'worker-quarantined'
      /** Id of the worker. */
      readonly worker: string
      /** Why it is put out. */
      readonly because: string
    }
  | {
      /** A worker that was put out is given work again. */
      readonly kind: 'quarantine-lifted'
      /** Id of the worker. */
      readonly worker: string
      /** Why it is trusted again. */
      readonly because: string
    }

/** An attempt was placed on a worker. */
export interface AttemptLaunched {
  readonly kind: 'attempt-launched'
  readonly task: string
  readonly n: number
  /** Id of the worker that was chosen. */
  readonly worker: string
  /** Tasks and groups that the task had waited for, hard and soft; absent where it waited for none. */
  readonly dependsOn?: readonly string[] | undefined
}

/** An attempt began to run. */
export interface AttemptStarted {
  readonly kind: 'attempt-started'
  readonly task: string
  readonly n: number
}

/** An attempt ended; its outcome counts. */
export interface AttemptEnded {
  readonly kind: 'attempt-ended'
  readonly task: string
  readonly n: number
  /** How it ended. */
  readonly outcome: Outcome
}

/** An attempt was lost or refused; nothing is known of its end. */
export interface AttemptLost {
  readonly kind: 'attempt-lost'
  readonly task: string
  readonly n: number
  /** Why nothing more will be heard of it. */
  readonly cause: LossCause
  /** The attempt that is taken to have killed the worker under both; absent where it was alone, or is the cause itself. */
  readonly causedBy?: AttemptName | undefined
}

/** The task will be tried again. */
export interface TaskRetrying {
  readonly kind: 'task-retrying'
  readonly task: string
  /** Number that the next attempt will have. */
  readonly n: number
  /** Wait before that attempt, in milliseconds. */
  readonly delayMs: number
  /** Charged attempts left, the next included. */
  readonly attemptsLeft: number
  /** Why it is tried again; absent in runs from before it was said. */
  readonly because?: RetryReason | undefined
  /** Retries that the whole run may still make; absent where it has no budget, or this one did not count. */
  readonly budgetLeft?: number | undefined
  /** How long the other side asked to be left alone, in milliseconds. */
  readonly retryAfterMs?: number | undefined
  /** The worker that is preferred: another one than before, or the same; absent where any is as good. */
  readonly prefers?: 'other' | 'same' | undefined
  /** The cases that it runs again, where it does not run them all. */
  readonly scope?: CaseScope | undefined
  /** The strategy that the next attempt is made by, its level and why; absent where retries have no ladder. */
  readonly recovery?: RecoveryUsed | undefined
}

/** The task is not tried again though it failed. Not told of tasks that had one attempt from the beginning. */
export interface TaskGaveUp {
  readonly kind: 'task-gave-up'
  readonly task: string
  /** Number of its last attempt. */
  readonly n: number
  readonly because: GiveUpReason
  /** Retries that the whole run may still make; absent where it has no budget. */
  readonly budgetLeft?: number | undefined
}

/** The task has its verdict. */
export interface TaskJudged {
  readonly kind: 'task-judged'
  readonly task: string
  /** What it came to, and why. */
  readonly verdict: Verdict
}

/** An attempt that was open at a snapshot. */
export interface RunningAttempt {
  readonly task: string
  readonly n: number
  readonly worker: string
  /** Whether it has begun to run. */
  readonly isStarted: boolean
}

/**
 * Where the run stands in row `position`: what a reader that was too slow is handed instead of the events that were dropped.
 * What follows it follows this state, without a gap. Only that reader hears it. Tasks are in the order of definition.
 */
export interface RunSnapshot {
  readonly kind: 'snapshot'
  readonly run: string
  readonly epoch: number
  /** `open`: nothing of the run is recorded yet. */
  readonly phase: 'open' | 'running' | 'paused' | 'draining' | 'over'
  /** Events that it stands for, notes and provisional ones included. */
  readonly skipped: number
  readonly totals: RunReport['totals']
  /** Workers that take launches. */
  readonly workers: readonly WorkerDefinition[]
  /** Workers among them that are given nothing more; absent where there is none. */
  readonly quarantined?: readonly string[] | undefined
  /** Circuit breakers that opened; absent where none did. */
  readonly breakers?: readonly BreakerReport[] | undefined
  /** Every verdict so far. */
  readonly judged: readonly { readonly task: string; readonly verdict: Verdict }[]
  readonly running: readonly RunningAttempt[]
  /** All other tasks: they wait for others, for a worker, or for their next attempt. */
  readonly waiting: readonly string[]
}

/** The run ended; the report is complete. */
export interface RunEnded {
  readonly kind: 'run-ended'
  /** The whole run as plain data. */
  readonly report: RunReport
}

/** A signal that changed nothing, and why; or something a person should read. */
export interface Note {
  readonly kind: 'note'
  readonly text: string
}

/** Provisional: how far a running attempt is. */
export interface AttemptProgress {
  readonly kind: 'attempt-progress'
  readonly task: string
  readonly n: number
  /** From 0 to 1, as its executor says. */
  readonly fraction: number
  /** What it is doing, for people. */
  readonly message?: string | undefined
}

/** Provisional: text that a running attempt printed. */
export interface AttemptOutput {
  readonly kind: 'attempt-output'
  readonly task: string
  readonly n: number
  /** Where it was printed. */
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

/** Provisional: a case of a running attempt ended. It counts only with its attempt. */
export interface CaseEnded {
  readonly kind: 'case-ended'
  readonly task: string
  readonly n: number
  /** The case, named by its titles. */
  readonly result: CaseResult
}

/** Anything that can happen in a run. */
export type RunEventBody =
  | RunStarted
  | TasksAdded
  | RunPaused
  | RunUnpaused
  | RunDraining
  | WorkerChanged
  | BreakerChanged
  | WorkerQuarantined
  | AttemptLaunched
  | AttemptStarted
  | AttemptEnded
  | AttemptLost
  | TaskRetrying
  | TaskGaveUp
  | TaskJudged
  | RunEnded
  | RunSnapshot
  | Note
  | AttemptProgress
  | AttemptOutput
  | CaseEnded

/** An event with where and when. */
export type RunEvent = RunEventBody & {
  /** Row of the journal that made it durable; the same for all events of one commit. For provisional ones the last row. */
  readonly position: number
  /** Run time in milliseconds. */
  readonly atMs: number
}
