// What coordinator, supervisor and agent say to each other: one JSON object a line, each with the version of this protocol.
// Whoever receives a line looks at it before believing it, since an agent shares its process with code of strangers.
import type { AttemptLimits } from '../../model/limits.ts'
import type { AttemptDetails, CaseResult, Outcome } from '../../model/outcome.ts'
import type { AttemptFolders, LaunchCommand } from '../../ports/engine.ts'
import type { AttemptResult, ExecutableTask, ExecutorModule, LostProcess } from '../../ports/executor.ts'
import type { OutputCaps } from '../captured-output.ts'
import type { StopCause } from '../conclude-attempt.ts'
import type { CgroupPaths } from './cgroups/slot-cgroup.ts'
import type { Fence } from './fence.ts'
import type { RecycleOptions } from './recycling.ts'

/** Version of all messages below. */
export const protocolVersion = 1

/** Longest message, in bytes; a result that is longer fails its attempt. */
export const longestMessageBytes: number = 256 * 1024 * 1024

/** An attempt within the run that the process serves. */
interface OfAttempt {
  readonly task: number
  readonly n: number
}

/**
 * What separates one attempt from the next in a slot: `process`, a warm process that runs one after another; `thread`, in
 * that process a fresh thread for each, where the executor allows it.
 */
export type Isolation = 'process' | 'thread'

/** Told a supervisor once, before anything else. */
export interface ServeSlot {
  readonly kind: 'serve'
  readonly run: string
  readonly root: string
  /** Of the owner that it serves. */
  readonly epoch: number
  readonly slot: number
  /** Attempts start only while this fence is held. */
  readonly fence: Fence
  readonly graceMs: number
  readonly beatMs: number
  readonly output: OutputCaps
  readonly recycle: RecycleOptions
  /** Whole environment of the agent, markers included. */
  readonly env: Readonly<Record<string, string>>
  /** Arguments for Node itself in the agent. */
  readonly nodeArgs: readonly string[]
  readonly executors: Readonly<Record<string, ExecutorModule>>
  readonly isolation: Isolation
  /** Where the control group of the slot is to be; none where processes are found by their markers. */
  readonly cgroup?: CgroupPaths | undefined
}

/** Start an attempt. */
export interface RunAttempt extends OfAttempt {
  readonly kind: 'run'
  readonly definition: ExecutableTask
  readonly timeoutMs?: number | undefined
  readonly limits: AttemptLimits
  readonly folders?: AttemptFolders | undefined
  /** The agent that runs it: one that has run nothing, and that for `fresh-without-cache` is told to use no cache. */
  readonly process?: LaunchCommand['process'] | undefined
}

export interface CancelAttempt extends OfAttempt {
  readonly kind: 'cancel'
  readonly because: string
}

/** Get ready for attempts of these kinds. */
export interface PrepareKinds {
  readonly kind: 'prepare'
  readonly kinds: readonly string[]
}

/** End everything and go. */
export interface Stop {
  readonly kind: 'stop'
}

/** From the coordinator to a supervisor. */
export type SupervisorCommand = ServeSlot | PrepareKinds | RunAttempt | CancelAttempt | Stop

/** News of a running attempt. Output may have lost `omittedBytes` just before `text`. */
export type AttemptNews = OfAttempt &
  (
    | { readonly kind: 'progress'; readonly fraction: number; readonly message?: string | undefined }
    | {
        readonly kind: 'output'
        readonly stream: 'stdout' | 'stderr'
        readonly text: string
        readonly omittedBytes?: number | undefined
      }
    | { readonly kind: 'case'; readonly result: CaseResult }
  )

/** The agent has its executor and hands it the task. */
export interface AttemptBegun extends OfAttempt {
  readonly kind: 'begun'
}

/** From a supervisor to the coordinator. */
export type SupervisorSignal =
  | { readonly kind: 'ready' }
  | { readonly kind: 'beat' }
  | AttemptBegun
  | AttemptNews
  | (OfAttempt & {
      readonly kind: 'ended'
      readonly outcome: Outcome
      readonly details?: AttemptDetails | undefined
    })
  | (OfAttempt & { readonly kind: 'refused'; readonly because: string })
  | { readonly kind: 'warning'; readonly text: string }

/** From a supervisor to its agent. */
export type AgentCommand =
  | {
      readonly kind: 'serve'
      readonly run: string
      readonly root: string
      readonly epoch: number
      readonly slot: number
      readonly env: Readonly<Record<string, string>>
      readonly executors: Readonly<Record<string, ExecutorModule>>
      readonly isolation: Isolation
      readonly cgroup?: CgroupPaths | undefined
    }
  /**
   * `mark` is printed on both output streams when the attempt is over; `placeFile` is where a slow one says what it does.
   * With `lost` it is taken up after another agent.
   */
  | (RunAttempt & { readonly mark: string; readonly placeFile: string; readonly lost?: LostProcess | undefined })
  | { readonly kind: 'abort'; readonly cause: StopCause }
  | PrepareKinds
  | Stop

/** From an agent to its supervisor. */
export type AgentSignal =
  /** Its executor may go on for `overtimeMs` after the time limit, and `takesUp` what another agent left behind. */
  | (AttemptBegun & { readonly overtimeMs?: number | undefined; readonly takesUp?: boolean | undefined })
  | (OfAttempt & { readonly kind: 'remembered'; readonly value: Readonly<Record<string, unknown>> })
  | AttemptNews
  | (OfAttempt & { readonly kind: 'warning'; readonly text: string })
  | (OfAttempt & {
      readonly kind: 'done'
      readonly result: AttemptResult
      /** Some executor here keeps child processes between attempts. */
      readonly keepsProcesses: boolean
    })
