// What the kernel is told from outside. Signals are judged, never asserted: a doubled, late or foreign one is a note.
import type { AttemptRef } from '../model/attempt.ts'
import type { TaskFacts } from '../model/facts.ts'
import type { AttemptDetails, Outcome } from '../model/outcome.ts'
import type { LossCause } from '../model/report.ts'
import type { GroupDefinition, TaskDefinition } from '../model/task.ts'
import type { WorkerDefinition } from '../model/worker.ts'

/** What became of an attempt, told by an engine. */
export type AttemptSignal =
  | { readonly kind: 'attempt-started'; readonly attempt: AttemptRef }
  | {
      readonly kind: 'attempt-ended'
      readonly attempt: AttemptRef
      readonly outcome: Outcome
      /** Stored beside the journal in the same commit; the journal holds their hash. */
      readonly details?: AttemptDetails | undefined
    }
  | { readonly kind: 'attempt-lost'; readonly attempt: AttemptRef; readonly cause: LossCause }
  /** The worker would not take it; nothing ran. */
  | { readonly kind: 'attempt-refused'; readonly attempt: AttemptRef; readonly because: string }

/** Says which life of its worker a signal is about. */
export interface OfIncarnation {
  /**
   * Counts the lives of a worker: a new one has a higher number, and nothing of the one before lives on. So a leave that
   * comes late takes nothing along that its next life runs. An engine states it always or never. @defaultValue the life
   * that is known
   */
  readonly incarnation?: number | undefined
}

/** What became of a worker, told by an engine. */
export type WorkerSignal =
  /** It is there, or offers something else from now on. A life that drains or has left does not join again. */
  | ({ readonly kind: 'worker-joined'; readonly worker: WorkerDefinition } & OfIncarnation)
  /** It takes no more launches; what runs there goes on. */
  | ({ readonly kind: 'worker-draining'; readonly worker: string } & OfIncarnation)
  /** It is gone, and with it every attempt that was open there. */
  | ({ readonly kind: 'worker-left'; readonly worker: string; readonly because: string } & OfIncarnation)

/** Tasks that a source hands in while it is open. */
export interface AddTasksSignal {
  readonly kind: 'add-tasks'
  readonly tasks: readonly TaskDefinition[]
  readonly groups?: readonly GroupDefinition[] | undefined
  /** What is known of the tasks, by id. */
  readonly facts?: Readonly<Record<string, TaskFacts>> | undefined
  /** The batch goes on with the next signal; its tasks take part once it is whole. @defaultValue `false` */
  readonly more?: boolean | undefined
}

/** What a cancel is aimed at. */
export type CancelScope =
  | { readonly kind: 'run' }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'task'; readonly task: string }

/** What the owner of the run asks for. */
export type ControlSignal =
  | AddTasksSignal
  /**
   * No more tasks will come: groups are sealed, and the run ends when all is judged. A batch that has begun is still taken
   * in whole.
   */
  | { readonly kind: 'close-source' }
  /** No more tasks will join the group: its dependents may go on once its members are judged. */
  | { readonly kind: 'seal-group'; readonly group: string }
  | { readonly kind: 'pause' }
  | { readonly kind: 'unpause' }
  | { readonly kind: 'cancel'; readonly scope: CancelScope; readonly by: string }
  /** Start nothing more; let what runs end; leave the rest open for a resume. */
  | { readonly kind: 'drain'; readonly by: string }
  /** As `drain`, and end what runs now; those attempts are lost, uncharged, and open for a resume. */
  | { readonly kind: 'interrupt'; readonly by: string }

/** Everything the kernel can be told. */
export type Signal = AttemptSignal | WorkerSignal | ControlSignal
