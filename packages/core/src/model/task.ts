// What is scheduled. A definition is plain data that can be journaled, so it holds no functions.
import type { RetryOptions } from '../retry/retry-options.ts'
import type { DependencyDefinition } from './dependency.ts'
import type { AttemptLimits } from './limits.ts'

/** What a task holds on its worker while an attempt runs. */
export interface NeedDefinition {
  /**
   * Amounts by resource name: `slots`, `cpu` (cores), `memory` (bytes), `gpu`, `gpu-memory` (bytes) or a name of your own.
   * @defaultValue `{ slots: 1 }`; a vector that does not name `slots` also takes one.
   */
  readonly resources?: Readonly<Record<string, number>> | undefined
  /** Names of locks that only one running task of the run may hold. @defaultValue none */
  readonly locks?: readonly string[] | undefined
  /** Labels that the worker has to carry, all of them. @defaultValue none */
  readonly labels?: readonly string[] | undefined
  /**
   * Names of things outside of its worker that it depends on, such as a server or a database. Nothing is counted by them:
   * where one of them is down, a circuit breaker keeps the tasks from starting that use it. @defaultValue none
   */
  readonly uses?: readonly string[] | undefined
}

/** A task as an application or a runner defines it. */
export interface TaskDefinition<Payload = unknown> {
  /** Unique within the run, any Unicode text. */
  readonly id: string
  /** Name of the executor or runner that runs it. */
  readonly kind: string
  /** What the executor needs to know; must survive JSON. @defaultValue nothing */
  readonly payload?: Payload | undefined
  /** Source file, relative to the project's root; used by selection and reports. @defaultValue none */
  readonly file?: string | undefined
  /** Words to select by. @defaultValue none */
  readonly tags?: readonly string[] | undefined
  /** Groups the task belongs to; groups that nobody declared come into being by this. @defaultValue none */
  readonly groups?: readonly string[] | undefined
  /** Tasks and groups waited for; a bare id is a hard dependency. @defaultValue none */
  readonly dependsOn?: readonly (string | DependencyDefinition)[] | undefined
  /** What it holds while it runs, and what its worker has to be. @defaultValue one slot of any worker */
  readonly needs?: NeedDefinition | undefined
  /** Time limit of one attempt in milliseconds. @defaultValue the run's `timeoutMs` */
  readonly timeoutMs?: number | undefined
  /** What one attempt may use; each goes before the engine's. @defaultValue the engine's `limits` */
  readonly limits?: AttemptLimits | undefined
  /** @defaultValue the run's `retry` */
  readonly retry?: RetryOptions | undefined
  /**
   * Whether it may run twice. What may not is tried again only where nothing of it had started: not after a failure, nor
   * after its worker was lost. @defaultValue `true`
   */
  readonly idempotent?: boolean | undefined
  /** A reason not to run it at all. @defaultValue it runs */
  readonly skip?: string | undefined
  /**
   * Globs, relative to the project's root, of files that an attempt writes and that are kept with its result. What it writes
   * into its own folder, `context.artifactsDir`, is kept without being declared. @defaultValue none
   */
  readonly artifacts?: readonly string[] | undefined
  /**
   * Globs, relative to the project's root, of files of which every attempt gets read-only copies, in `context.inputsDir`.
   * @defaultValue none
   */
  readonly inputs?: readonly string[] | undefined
  /** Larger goes earlier where the strategy looks at it. @defaultValue `0` */
  readonly priority?: number | undefined
  /**
   * Whom its use is charged to: names parted by `/`, the largest first, such as `web/checkout`. Policies that share out look
   * at it. @defaultValue nobody
   */
  readonly owner?: string | undefined
  /**
   * Run time in milliseconds by which it should have its verdict. Policies look at it; nothing is cancelled for it.
   * @defaultValue none
   */
  readonly deadlineMs?: number | undefined
  /** What its author expects it to take, in milliseconds; history knows better. @defaultValue unknown */
  readonly expectedMs?: number | undefined
  /** Bytes of its file; where no duration is known the larger goes first. @defaultValue unknown */
  readonly sizeBytes?: number | undefined
}

/** A named set of tasks that can be waited for, limited and cancelled as one. */
export interface GroupDefinition {
  /** Unique among groups and tasks. */
  readonly id: string
  /** Most tasks of the group that may run at the same time. @defaultValue no limit */
  readonly concurrency?: number | undefined
}
