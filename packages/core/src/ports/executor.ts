// Who runs one task. The same shape serves a function in the application's process and a module inside a worker's.
import type { Failure } from '../model/failure.ts'
import type { Artifact, AttemptDetails, CaseName, CaseResult, Leaks, Outcome } from '../model/outcome.ts'

/** The task as its executor sees it. */
export interface ExecutableTask<Payload = unknown> {
  readonly id: string
  readonly kind: string
  readonly payload: Payload
  readonly file?: string | undefined
  readonly tags: readonly string[]
  /**
   * The cases that are to be run, where it is not all: those that failed in an attempt before, of whose outcome this executor
   * said `failedCases`. One that never says so is never asked. @defaultValue all
   */
  readonly cases?: readonly CaseName[] | undefined
}

/** What an executor may use while it runs one attempt. It may be taken apart: `({ log, signal }) => …`. */
export interface ExecutionContext {
  /** Run id and number of this attempt. */
  readonly run: string
  readonly n: number
  /** Aborts when the attempt is cancelled or out of time. Honour it: what ignores it in process cannot be killed. */
  readonly signal: AbortSignal
  /** Time limit of the attempt in milliseconds, where it has one. */
  readonly timeoutMs: number | undefined
  /** Milliseconds left, or `Infinity`. */
  readonly remainingMs: () => number
  /** Project root, absolute. */
  readonly root: string
  /**
   * Folder of this attempt alone, absolute: what is written into it is kept with the result, however the attempt ends.
   * Absent where the orchestrator keeps no artifacts.
   */
  readonly artifactsDir?: string | undefined
  /** Read-only copies of the task's inputs, under their names in the project; absent where it declares none. */
  readonly inputsDir?: string | undefined
  /** Environment that processes started for this attempt get: allow-listed, with the attempt's marker. */
  readonly env: Readonly<Record<string, string>>
  /** Shows how far the attempt is, 0 to 1. Lossy. */
  readonly progress: (fraction: number, message?: string) => void
  /** Captures text as if it had been printed. Shown live, kept with head and tail caps. */
  readonly log: (text: string, stream?: 'stdout' | 'stderr') => void
  /** Reports a test case as soon as it ended; shown as provisional until the attempt is accepted. */
  readonly caseEnded: (result: CaseResult) => void
  /** Tells the person who runs this of something odd; it becomes a note of the run and changes no result. */
  readonly warn: (text: string) => void
  /** Names a file that should be kept with the result. */
  readonly artifact: (artifact: Artifact) => void
  /** Tells of processes that were left running and have been killed; they become part of the outcome, and are warned of. */
  readonly leaked: (leaks: Leaks) => void
  /**
   * Keeps what a later process needs to take up this attempt, should this one die: it must survive JSON, and the last value
   * counts. For executors with `takeUp`; elsewhere it is kept for nobody.
   */
  readonly remember: (value: Readonly<Record<string, unknown>>) => void
}

/** An attempt whose process died before there was a result: a test killed it, or it was ended for a limit. */
export interface LostProcess {
  /** How it ended, and why where that is known. */
  readonly failure: Failure
  /** `timed-out` where its time was over before: then the signal of the context is aborted, and what is run is run in overtime. */
  readonly result: 'failed' | 'timed-out'
  /** `false` where nothing more may be run: it is only to be told what became of the cases. */
  readonly mayRun: boolean
  /** Every case that was told by then. */
  readonly cases: readonly CaseResult[]
  /** What the executor remembered last, or nothing. */
  readonly remembered?: Readonly<Record<string, unknown>> | undefined
}

/** How an attempt ended, with what the summary leaves out. */
export interface AttemptResult {
  readonly outcome: Outcome
  readonly details?: AttemptDetails | undefined
}

/** Runs tasks of one kind. A throw counts as a failed attempt. */
export interface Executor<Payload = unknown> {
  readonly kind: string
  /**
   * It keeps child processes of its own warm between attempts. Then only what carries the attempt's marker or has lost its
   * parent is ended after an attempt; otherwise everything that was started is.
   * @defaultValue `false`
   */
  readonly keepsProcesses?: boolean | undefined
  /**
   * After the time limit of an attempt, how long it may go on, in milliseconds: long enough to run what the culprit kept from
   * running. Its signal is aborted by then and its result `timed-out` whatever comes of it. An attempt that was cancelled
   * gets none of it.
   * @defaultValue half the grace of its engine
   */
  readonly overtimeMs?: number | undefined
  /**
   * Gets ready what the first attempt will need; called at most once, before it. A throw is left to that attempt, which will
   * meet the same.
   */
  warmUp?(project: { readonly root: string }): Promise<void>
  /** Carries out one attempt. A throw is a failed attempt; `context.signal` says when to stop. */
  execute(task: ExecutableTask<Payload>, context: ExecutionContext): Promise<AttemptResult>
  /**
   * Goes on, in a fresh process, with an attempt whose process died: tells every case once more, names the one that ran, and
   * runs the rest. Without it the attempt ends with its process. For engines that keep processes.
   */
  takeUp?(task: ExecutableTask<Payload>, context: ExecutionContext, lost: LostProcess): Promise<AttemptResult>
  /** Lets go of what was kept warm between attempts. */
  dispose?(): Promise<void>
}

/**
 * Where a worker process finds an executor: an importable module that exports
 * `createExecutor(options): Executor | Promise<Executor>`.
 */
export interface ExecutorModule {
  /** Absolute `file:` URL. */
  readonly module: string
  /** Handed to `createExecutor`; must survive JSON. */
  readonly options: unknown
  /**
   * It may run in a worker thread, a fresh one for each attempt, where the engine is asked for that: it neither changes the
   * working folder nor handles signals, and keeps nothing between attempts. @defaultValue `false`
   */
  readonly allowsThreads?: boolean | undefined
}
