// What the kernel accepted or decided: the rows of the journal. Every state change of a run is the evolution by one of
// these, so a journal is the run's full memory. Tasks and workers are named by handles to keep rows small; times are the
// commit's. A field or kind may be added; none may change its meaning without a new journal version.
import type { TaskFacts } from '../model/facts.ts'
import type { CaseScope, Outcome } from '../model/outcome.ts'
import type { LossCause, RunEnding } from '../model/report.ts'
import type { GroupDefinition, TaskDefinition } from '../model/task.ts'
import type { WorkerDefinition } from '../model/worker.ts'
import type { RecoveryTaken } from '../recovery/recovery-used.ts'
import type { Claim } from '../ports/policy.ts'
import type { BreakerState } from '../resilience/breaker-state.ts'
import type { BreakerKey } from './breaker-key.ts'
import type { KernelOptions } from './kernel-options.ts'
import type { CancelScope } from './signal.ts'

/** First entry of every journal. */
export interface RunBegun {
  readonly kind: 'run-begun'
  readonly run: string
  readonly name: string
  /** Feeds every roll of the dice. */
  readonly seed: number
  readonly options: KernelOptions
}

/** An owner opened the run: workers of the owner before it are forgotten until they join again. */
export interface RunOpened {
  readonly kind: 'run-opened'
  readonly epoch: number
  /** Wall time in milliseconds that nobody owned the run: waits for a retry are shorter by it. Absent where there was none. */
  readonly downMs?: number | undefined
}

/** Tasks came in. They take part from the chunk that is not followed by `more`. */
export interface TasksAddedEntry {
  readonly kind: 'tasks-added'
  readonly tasks: readonly TaskDefinition[]
  readonly groups: readonly GroupDefinition[]
  readonly facts?: Readonly<Record<string, TaskFacts>> | undefined
  readonly more: boolean
}

/** No more tasks will come; every group is sealed. In the middle of a batch it holds once that is whole. */
export interface SourceClosed {
  readonly kind: 'source-closed'
}

/** No more tasks will join the group. */
export interface GroupSealed {
  readonly kind: 'group-sealed'
  readonly group: string
}

/** A worker joined, or came back under its id with what it offers now. */
export interface WorkerJoinedEntry {
  readonly kind: 'worker-joined'
  readonly worker: number
  readonly definition: WorkerDefinition
  /** Which of its lives it is, where its engine says so. */
  readonly incarnation?: number | undefined
}

/** A worker takes nothing more, or is gone. */
export interface WorkerLeaving {
  readonly kind: 'worker-draining' | 'worker-left'
  readonly worker: number
  readonly because: string
  /** Which of its lives it was, where its engine says so. */
  readonly incarnation?: number | undefined
}

/** Decision: an attempt is placed. */
export interface Launched {
  readonly kind: 'launched'
  readonly task: number
  readonly n: number
  readonly worker: number
  /** What it holds of named ledgers until it is over, where the policy claims something for it. */
  readonly claims?: readonly Claim[] | undefined
  /** How many cases it runs, where its task's last retry said which; absent where it runs them all. */
  readonly cases?: number | undefined
}

/** The attempt began to run. */
export interface Started {
  readonly kind: 'started'
  readonly task: number
  readonly n: number
}

/** The attempt ended: the first end of an open attempt counts. */
export interface Ended {
  readonly kind: 'ended'
  readonly task: number
  readonly n: number
  readonly outcome: Outcome
}

/** The attempt is over and nothing is known of its end. */
export interface Lost {
  readonly kind: 'lost'
  readonly task: number
  readonly n: number
  readonly cause: LossCause
  /**
   * Of an attempt that was lost together with others when their worker died: the one that is taken to be the cause. Absent
   * where it was alone, or is the cause itself.
   */
  readonly causedBy?: { readonly task: number; readonly n: number } | undefined
}

/** Decision: an open attempt is asked to end. */
export interface Cancelling {
  readonly kind: 'cancelling'
  readonly task: number
  readonly n: number
  readonly because: string
  /** The task that gets its place, where it makes room for one. */
  readonly makesRoomFor?: number | undefined
}

/**
 * Why a task is tried again: its failure may pass, only its flakiness is to be learnt, its infrastructure failed and not it,
 * its attempt was lost, a worker refused it, or what held it up is well again.
 */
export type RetryReason = 'may-pass' | 'detect-flakiness' | 'not-its-fault' | 'lost' | 'refused' | 'recovered'

/** Decision: the task is tried again once `dueMs` of run time has come. What is optional is absent in rows of before 2026-11-21. */
export interface Retrying {
  readonly kind: 'retrying'
  readonly task: number
  readonly dueMs: number
  readonly because?: RetryReason | undefined
  /** It counts against the retries that the run may make. */
  readonly isPaid?: boolean | undefined
  /** Retries that the run may make after it, where it has a budget. */
  readonly budgetLeft?: number | undefined
  /** How long the other side asked to be left alone, in milliseconds. */
  readonly retryAfterMs?: number | undefined
  /** The worker that is preferred; absent where any is as good. */
  readonly prefers?: 'other' | 'same' | undefined
  /** What the task reserves from now on; absent where it is as much as before. */
  readonly resources?: Readonly<Record<string, number>> | undefined
  /** The cases that the next attempt runs; absent where it runs them all. */
  readonly scope?: CaseScope | undefined
  /** The rung that the next attempt is made by, where its rule has a ladder. */
  readonly recovery?: RecoveryTaken | undefined
}

/** Why a task is not tried again. */
export type GiveUpReason =
  | 'exhausted'
  | 'not-retryable'
  | 'cancelled'
  | 'poisoned'
  | 'lost-too-often'
  | 'not-idempotent'
  | 'out-of-time'
  | 'budget-spent'
  | 'nothing-helps'

/** Decision: the task is not tried again. */
export interface GaveUp {
  readonly kind: 'gave-up'
  readonly task: number
  readonly because: GiveUpReason
  /** Retries that the run may still make, where it has a budget. */
  readonly budgetLeft?: number | undefined
}

/** The wait before the next attempt is over. */
export interface DelayElapsed {
  readonly kind: 'delay-elapsed'
  readonly task: number
}

/** The time limit of a dependency is over. */
export interface EdgeExpired {
  readonly kind: 'edge-expired'
  readonly edge: number
}

/** Decision: no worker could ever run the task. */
export interface Unplaceable {
  readonly kind: 'unplaceable'
  readonly task: number
  readonly missing: readonly string[]
}

/** Decision: a breaker is in another state from now on. */
export interface BreakerEntry {
  readonly kind: 'breaker'
  readonly key: BreakerKey
  readonly state: BreakerState
  readonly because: string
}

/** Decision: a worker is given nothing more, or is given work again since nobody else could do it. */
export interface Quarantine {
  readonly kind: 'quarantined' | 'quarantine-lifted'
  readonly worker: number
  readonly because: string
}

/** The policy threw, or its answer was none: that question was decided as first in, first out would. */
export interface PolicyFailed {
  readonly kind: 'policy-failed'
  /** Its name. */
  readonly policy: string
  /** What was asked, and what came of it. */
  readonly because: string
  /** It failed too often, and is asked nothing more by this owner of the run. */
  readonly isDropped: boolean
}

/** Tasks that have not started are cancelled; open attempts are asked to end, or may end by themselves. */
export interface CancelRequested {
  readonly kind: 'cancel-requested'
  readonly scope: CancelScope
  readonly by: string
  readonly running: 'cancel' | 'let-end'
}

/** Nothing is placed until it is undone. */
export interface Paused {
  readonly kind: 'paused' | 'unpaused'
}

/** Nothing more is placed until the run is opened again. */
export interface Draining {
  readonly kind: 'draining'
  readonly by: string
  readonly hard: boolean
}

/** Decision: the run is over, or over for this owner. */
export interface Finished {
  readonly kind: 'finished'
  readonly ending: RunEnding
}

/** One row of a run's memory. */
export type Entry =
  | RunBegun
  | RunOpened
  | TasksAddedEntry
  | SourceClosed
  | GroupSealed
  | WorkerJoinedEntry
  | WorkerLeaving
  | Launched
  | Started
  | Ended
  | Lost
  | Cancelling
  | Retrying
  | GaveUp
  | DelayElapsed
  | EdgeExpired
  | Unplaceable
  | BreakerEntry
  | Quarantine
  | PolicyFailed
  | CancelRequested
  | Paused
  | Draining
  | Finished

/** What one step of the kernel made durable at once. */
export interface CommitRecord {
  /** Run time in milliseconds; never goes back. */
  readonly atMs: number
  /** Wall time in milliseconds since 1970; decides nothing. */
  readonly wallMs: number
  readonly entries: readonly Entry[]
}
