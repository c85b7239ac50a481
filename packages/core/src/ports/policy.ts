// Orders ready tasks and says which worker suits them. Pure: it sees plain views and answers with plain data. All it may
// remember of a run is what it makes of the run's own entries (`observe`), so whoever reads the journal back knows as much.
import type { TaskFacts } from '../model/facts.ts'
import type { Outcome } from '../model/outcome.ts'
import type { LossCause } from '../model/report.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { WorkerDefinition } from '../model/worker.ts'

/** A task as a policy sees it. */
export interface TaskView {
  readonly handle: number
  readonly definition: TaskDefinition
  readonly facts: TaskFacts | undefined
  /** Position in the deterministic topological order of what was known when it was added. */
  readonly order: number
  /**
   * Expected milliseconds from its start to the end of the longest chain that hangs on it, itself included.
   * Present only where the policy `reads` `'criticalPath'`.
   */
  readonly criticalPathMs: number | undefined
  /** Attempts made so far. */
  readonly attempts: number
  /** Run time in milliseconds. Absent where a policy is asked outside of a run. */
  readonly nowMs?: number | undefined
}

/** A worker as a policy sees it. */
export interface WorkerView {
  readonly definition: WorkerDefinition
  /** What is free now, by resource name. */
  free(resource: string): number
}

/** Why a task may not run on a worker now, and what could change that. */
export interface Rejection {
  /** Name of the plugin or policy that refuses. */
  readonly by: string
  readonly because: string
  /** The kind of change after which it is worth asking again. */
  readonly wakesOn: 'capacity' | 'worker' | 'task-judged' | 'ledger' | 'time'
  /**
   * The run time in milliseconds at which it is asked again if nothing has changed until then; `'time'` needs it.
   * @defaultValue it is not asked by time
   */
  readonly atMs?: number | undefined
}

/** What an attempt holds of a named ledger while it is open. The kernel counts; nobody else does. */
export interface Claim {
  /** Name of the ledger; it comes into being with the first claim on it. */
  readonly ledger: string
  /** @defaultValue `1` */
  readonly amount?: number | undefined
  /** Most that all open attempts together may hold. */
  readonly limit: number
}

/** Something that happened in the run, as a policy hears of it. */
export type Happening =
  | {
      readonly kind: 'launched'
      readonly atMs: number
      readonly task: TaskView
      readonly n: number
      readonly worker: WorkerView
    }
  | {
      readonly kind: 'ended'
      readonly atMs: number
      readonly task: TaskView
      readonly n: number
      readonly worker: WorkerView
      /** From its launch to its end, in milliseconds. */
      readonly heldMs: number
      readonly outcome: Outcome
    }
  | {
      readonly kind: 'lost'
      readonly atMs: number
      readonly task: TaskView
      readonly n: number
      readonly worker: WorkerView
      readonly heldMs: number
      readonly cause: LossCause
    }
  /** A running task was asked to make room; its place is the other task's once it has ended. */
  | {
      readonly kind: 'pre-empting'
      readonly atMs: number
      readonly task: TaskView
      readonly n: number
      readonly worker: WorkerView
      readonly beneficiary: TaskView
    }
  /** Tasks of the lane wait for a place from now on, or none does any more. May be told twice. */
  | { readonly kind: 'lane-filled' | 'lane-emptied'; readonly atMs: number; readonly lane: string }
  | { readonly kind: 'worker-joined' | 'worker-left'; readonly atMs: number; readonly worker: WorkerView }

/** A running task that is to make room for one that waits, both by their handles. */
export interface Preemption {
  readonly victim: number
  readonly beneficiary: number
  /** A phrase; whoever asks why an attempt was cancelled reads it. */
  readonly because: string
}

/** What a policy may ask while it looks for a task that is to make room. */
export interface PreemptionQuestion {
  /** Run time in milliseconds. */
  readonly nowMs: number
  /**
   * Whether the kernel would carry it out: the one runs and may be repeated, the other is ready and would find room in its
   * place, and neither takes part in a pre-emption yet. An answer for which this is false is a mistake of the policy.
   */
  readonly allows: (victim: number, beneficiary: number) => boolean
}

/** Decides order and place; the kernel keeps capacity, locks and limits by itself. */
export interface Policy {
  readonly name: string
  /** What the kernel has to work out beforehand. @defaultValue nothing */
  readonly reads?: readonly 'criticalPath'[] | undefined
  /** How early: smaller first, compared left to right, then by order of definition. Asked once, when the task becomes ready. */
  key(task: TaskView): number | readonly number[]
  /** May it run there now? Asked only where needs, labels and locks already allow it. */
  admit?(task: TaskView, worker: WorkerView): Rejection | undefined
  /** 0 to 100; the highest score wins, then the worker that joined first. Without it the first that fits is taken. */
  score?(task: TaskView, worker: WorkerView): number
  /** What it would hold on named ledgers there; a place at which one of them has no room is none. */
  claims?(task: TaskView, worker: WorkerView): readonly Claim[]
  /** The last word about the place that was chosen: nothing, or why it has to wait. */
  permit?(task: TaskView, worker: WorkerView): Rejection | undefined
  /**
   * Name of the lane in which a task waits, such as its owner. Lanes are compared before tasks are, by `laneKey`.
   * Asked when it becomes ready. @defaultValue one lane for all
   */
  lane?(task: TaskView): string
  /** How early tasks of a lane go, or why none of them may start now. Asked again whenever `observe` names the lane. */
  laneKey?(lane: string): number | readonly number[] | Rejection
  /** Keys change with time: all that wait are asked for theirs again after so many milliseconds. @defaultValue never */
  readonly rekeyEveryMs?: number | undefined
  /** A task that found no place with room; whatever goes after it is asked for later in the same round. */
  passedOver?(task: TaskView): void
  /**
   * Asked when everything that finds a place has one, until it answers with nothing: who is to make room for whom. The attempt
   * is cancelled, uncharged, and tried again; until it is over its place is kept for the other. One that passes first counts.
   */
  preempts?(question: PreemptionQuestion): Preemption | undefined
  /** Hears what happened, in the order of the journal; answers with the lanes whose key is another now. */
  observe?(happening: Happening): readonly string[] | undefined
  /**
   * A policy of the same kind that remembers nothing yet. Whoever runs or reads back a run asks for one of its own, so a
   * policy that remembers something has to have it. @defaultValue the policy itself
   */
  forRun?(): Policy
}
