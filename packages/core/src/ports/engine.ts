// Carries launch commands to workers and signals back. It may deliver twice, late or out of order: the kernel judges.
import type { AttemptRef } from '../model/attempt.ts'
import type { CaseName, CaseResult } from '../model/outcome.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { AttemptSignal, WorkerSignal } from '../run/signal.ts'

/** One attempt to start. Launching the same attempt twice must start it once. */
export interface LaunchCommand {
  readonly attempt: AttemptRef
  /** Id of the worker that the kernel chose. */
  readonly worker: string
  /**
   * The life of the worker that it is meant for, where the engine states lives: another one refuses it.
   * @defaultValue whichever there is
   */
  readonly incarnation?: number | undefined
  readonly task: TaskDefinition
  /** Time limit of the attempt; the worker's own clock holds it. */
  readonly timeoutMs: number | undefined
  /**
   * The process that runs it: one in which nothing ran before, or such a one in which nothing is used that was compiled or
   * transformed before. Asked only of workers that state `freshProcesses`. @defaultValue any process
   */
  readonly process?: 'fresh' | 'fresh-without-cache' | undefined
  /**
   * The cases that are to be run, where it is not all: the engine hands them to the executor with the task. One that does not
   * runs more than it needs to, and is no less right. @defaultValue all
   */
  readonly cases?: readonly CaseName[] | undefined
  /**
   * Folders of the attempt on the coordinator's machine, for an engine whose attempts run there; absent where no artifacts
   * are kept. An engine elsewhere leaves them aside.
   */
  readonly folders?: AttemptFolders | undefined
}

/** Where the files of one attempt are, absolute. */
export interface AttemptFolders {
  /** Empty when it starts; what it leaves there is kept with its result. */
  readonly artifactsDir: string
  /** Read-only copies of what the task declares as inputs; absent where it declares none. */
  readonly inputsDir?: string | undefined
}

/** An attempt that was open when the run was opened again. */
export interface OpenAttempt {
  readonly attempt: AttemptRef
  readonly worker: string
}

/** What became of an open attempt. */
export type AttachAnswer =
  | { readonly attempt: AttemptRef; readonly kind: 'running' }
  /** The launch never arrived; it is sent again under the same number. */
  | { readonly attempt: AttemptRef; readonly kind: 'never-delivered' }
  /** Nothing of it lives and no outcome is to be had. */
  | { readonly attempt: AttemptRef; readonly kind: 'lost' }

/** Lossy news of a running attempt: shown, never journaled. */
export type ProvisionalNews =
  | {
      readonly kind: 'progress'
      readonly attempt: AttemptRef
      readonly fraction: number
      readonly message?: string | undefined
    }
  | {
      readonly kind: 'output'
      readonly attempt: AttemptRef
      readonly stream: 'stdout' | 'stderr'
      readonly text: string
    }
  | { readonly kind: 'case'; readonly attempt: AttemptRef; readonly result: CaseResult }

/** What an engine is given when a run opens it. */
export interface EngineContext {
  readonly run: string
  readonly epoch: number
  readonly root: string
  /** Hands a signal to the run. `acknowledge` is called once the signal is durable, or known to change nothing. */
  deliver(signal: AttemptSignal | WorkerSignal, acknowledge?: () => void): void
  /** Hands over news that may be dropped. */
  news(news: ProvisionalNews): void
  /** Says something a person should read. */
  warn(message: string): void
}

/**
 * Why an engine lets go of a run: it is over for this owner, or a later owner serves it. In the second case only what this
 * process started itself is ended, never what the new owner may have attached to.
 */
export type DetachReason = 'over' | 'taken-over'

/** A run that is about to begin. */
export interface WarmUp {
  /** Its id; it must be new. */
  readonly run: string
  /** Project root, absolute. */
  readonly root: string
  /** Most attempts that it will run at once, as far as is known. @defaultValue as many as there are slots */
  readonly attempts?: number | undefined
}

/** Carries launches and cancels to workers, and their signals back. */
export interface Engine {
  /** Unique among the engines of an orchestrator. */
  readonly name: string
  /**
   * Says that a new run will attach soon, so that processes may start while its tasks are still being looked for. Where it
   * never does, `close` ends them.
   */
  warmUp?(run: WarmUp): void
  /**
   * Starts serving a run: makes sure that nothing of an earlier owner of the run starts anything more, answers for each
   * open attempt, and from then on reports workers and attempts through `context`. What it tells of a worker states its
   * incarnation: higher with every new life, and the same as long as attempts there live on, whoever owns the run.
   */
  attach(context: EngineContext, open: readonly OpenAttempt[]): Promise<readonly AttachAnswer[]>
  /** Idempotent by attempt. A launch that cannot be carried out is a `refused` signal, never a throw. */
  launch(commands: readonly LaunchCommand[]): void
  /** Asks for an end; may be repeated. */
  cancel(attempt: AttemptRef, because: string): void
  /**
   * Gives an attempt back that has not begun, by a `refused` signal; one that has begun goes on. For engines whose workers
   * state a prefetch.
   */
  recall?(attempt: AttemptRef): void
  /** Ends everything that still runs for this run; resolves when nothing of it lives. @defaultValue `'over'` */
  detach(run: string, why?: DetachReason): Promise<void>
  /** Lets go of everything. */
  close(): Promise<void>
}
