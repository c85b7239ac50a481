// What may stand in `muster.config.ts`. It is plain data wherever it can be, so that the same configuration fits a JSON file;
// only runners and strategies of your own are objects.
import type {
  CgroupUse,
  AttemptLimits,
  BreakersOptions,
  DependencyDefinition,
  FailureRule,
  GroupDefinition,
  NeedDefinition,
  Policy,
  Isolation,
  RecycleOptions,
  RetryOptions,
  RunRetryOptions,
  Runner,
  SlotStrategy,
} from '@muster/core'
import type { StrategyOptions } from '@muster/core/recovery'
import type { StrategyName } from '../strategy/strategy-names.ts'

/** A runner by name with its options, for configurations that cannot import. */
export interface NamedRunner {
  readonly runner: 'vitest' | 'node' | 'command'
  /** Options of that runner. */
  readonly [option: string]: unknown
}

/** A command that is a task of its own. */
export interface ConfiguredTask {
  /** Unique among all tasks and groups. */
  readonly id: string
  /** Program and arguments, started without a shell. */
  readonly argv: readonly string[]
  /** File in which the command leaves its test cases (JUnit, CTRF or TAP), or TAP that it prints. @defaultValue the exit code alone decides */
  readonly results?: string | { readonly file: string } | { readonly printed: 'tap' } | undefined
  /** Working folder, relative to the root. @defaultValue the root */
  readonly cwd?: string | undefined
  /** Variables to set. @defaultValue nothing */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** Source file, for selection and reports. */
  readonly file?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly groups?: readonly string[] | undefined
  /** Tasks and groups waited for; a bare id is a hard dependency. */
  readonly dependsOn?: readonly (string | DependencyDefinition)[] | undefined
  readonly needs?: NeedDefinition | undefined
  /** @defaultValue the run's `timeoutMs` */
  readonly timeoutMs?: number | undefined
  /** What one attempt may use. @defaultValue the run's `limits` */
  readonly limits?: AttemptLimits | undefined
  /** Attempts in all, or what is tried again, how soon and where. @defaultValue the run's `retry` */
  readonly retry?: number | RetryOptions | undefined
  /** Whether it may run twice; what may not is not tried again. @defaultValue `true` */
  readonly idempotent?: boolean | undefined
  /** A reason not to run it. */
  readonly skip?: string | undefined
  /** Larger goes earlier. @defaultValue `0` */
  readonly priority?: number | undefined
  /** Whom its use is charged to: names parted by `/`, the largest first. */
  readonly owner?: string | undefined
  /** Milliseconds after the begin of the run by which it should have its verdict. */
  readonly deadlineMs?: number | undefined
  /** What it is expected to take, in milliseconds, until history knows better. */
  readonly expectedMs?: number | undefined
  /**
   * Globs, relative to `cwd`, of files that it writes and that are kept with its result. What it writes into the folder that
   * `MUSTER_ARTIFACTS` names is kept without being declared. @defaultValue none
   */
  readonly artifacts?: string | readonly string[] | undefined
  /**
   * Globs, relative to `cwd`, of files of which every attempt gets read-only copies, in the folder that `MUSTER_INPUTS`
   * names, under their names in the project. @defaultValue none
   */
  readonly inputs?: string | readonly string[] | undefined
}

/** A group; `files` puts every task of those files into it. */
export interface ConfiguredGroup extends GroupDefinition {
  /** Globs over the files of tasks, relative to the root. @defaultValue none */
  readonly files?: string | readonly string[] | undefined
}

/** Something said about all tasks of some files. */
export interface FileRule {
  /** Globs over the files of tasks, relative to the root. */
  readonly files: string | readonly string[]
  readonly tags?: readonly string[] | undefined
  readonly needs?: NeedDefinition | undefined
  readonly timeoutMs?: number | undefined
  readonly limits?: AttemptLimits | undefined
  readonly retry?: number | RetryOptions | undefined
  /** Whether it may run twice; what may not is not tried again. @defaultValue `true` */
  readonly idempotent?: boolean | undefined
  readonly priority?: number | undefined
  /** Whom their use is charged to: names parted by `/`, the largest first. */
  readonly owner?: string | undefined
  /** Milliseconds after the begin of the run by which they should have their verdicts. */
  readonly deadlineMs?: number | undefined
  /** A reason not to run them. */
  readonly skip?: string | undefined
  /** Globs, relative to the root, of files that they write and that are kept with their results. */
  readonly artifacts?: string | readonly string[] | undefined
  /** Globs, relative to the root, of files of which each of their attempts gets read-only copies. */
  readonly inputs?: string | readonly string[] | undefined
}

/** How much is kept of the files that attempts leave behind. They are kept beside the database, and go with their run. */
export interface ConfiguredArtifacts {
  /** Files kept of one attempt at most. @defaultValue `200` */
  readonly maxFiles?: number | undefined
  /** Bytes kept of one attempt at most. @defaultValue `268_435_456`, 256 MiB */
  readonly maxBytes?: number | undefined
}

/** Tasks of some files wait for tasks or groups. */
export interface FileDependency {
  /** Globs over the files of the tasks that wait, relative to the root. */
  readonly files: string | readonly string[]
  /** Ids of tasks and groups waited for. A file's task has the file's path as its id. */
  readonly on: string | readonly string[]
  /** @defaultValue `'hard'` */
  readonly kind?: 'hard' | 'soft' | 'optional' | undefined
  /** Longest wait in milliseconds. @defaultValue no limit */
  readonly timeLimitMs?: number | undefined
}

/** The whole configuration. */
export interface MusterConfig {
  /** Version of this format. @defaultValue `1` */
  readonly version?: 1 | undefined
  /** Name of the project in the history. @defaultValue the root's last part */
  readonly name?: string | undefined
  /** What finds tests: a name, a name with options, or a runner object. @defaultValue every runner that is found in the project */
  readonly runners?: readonly ('vitest' | 'node' | NamedRunner | Runner)[] | undefined
  /** Commands that are tasks of their own. @defaultValue none */
  readonly tasks?: readonly ConfiguredTask[] | undefined
  readonly groups?: readonly ConfiguredGroup[] | undefined
  readonly dependencies?: readonly FileDependency[] | undefined
  /** Said about the tasks of some files; a later rule goes over an earlier one. */
  readonly rules?: readonly FileRule[] | undefined
  /** Attempts in all, or what is tried again, how soon and where. @defaultValue `1`, no retry */
  readonly retry?: number | RunRetryOptions | undefined
  /** Time limit of one attempt in milliseconds. @defaultValue no limit */
  readonly timeoutMs?: number | undefined
  /** What one attempt may use: memory, processor time, output. @defaultValue no limits */
  readonly limits?: AttemptLimits | undefined
  /** When the warm processes that run tests are replaced by fresh ones. @defaultValue never */
  readonly recycle?: RecycleOptions | undefined
  /**
   * What separates one attempt from the next: `'process'`, a warm process; `'thread'`, in it a fresh worker thread for each,
   * for runners of your own that allow it. @defaultValue `'process'`
   */
  readonly isolation?: Isolation | undefined
  /** Whether tests are held by control groups where this machine has some for us; Linux. @defaultValue `'auto'` */
  readonly cgroups?: CgroupUse | undefined
  /** Rules of your own that tell the category of a failure; the first that matches decides. @defaultValue none */
  readonly failureRules?: readonly FailureRule[] | undefined
  /**
   * Circuit breakers of workers, hosts, resources and categories of failure; `false` turns all of them off.
   * @defaultValue all of them on
   */
  readonly breakers?: BreakersOptions | false | undefined
  /**
   * Tasks that fail one after another on a worker, by infrastructure or a device, before it is given nothing more; `null`
   * puts no worker out. @defaultValue `2`
   */
  readonly quarantineAfter?: number | null | undefined
  /**
   * Strategies of your own for what is tried again, and built-in ones that are not used; `false` learns nothing into retries.
   * @defaultValue the built-in strategies, by what has helped in this project
   */
  readonly recovery?: StrategyOptions | false | undefined
  /** Failed tasks after which nothing more is started. @defaultValue no limit */
  readonly maxFailures?: number | undefined
  /** Run time in milliseconds after which the run is cancelled. @defaultValue no limit */
  readonly deadlineMs?: number | undefined
  /** How long a runner may take to find its tests, in milliseconds, before nothing is run. @defaultValue `120_000` */
  readonly discoveryTimeoutMs?: number | undefined
  /** Attempts at the same time: a number or how to choose it. @defaultValue `'simple'`, one a core */
  readonly slots?: number | SlotStrategy | undefined
  /** Order of ready tasks. @defaultValue `'auto'`: by the critical path or the longest first where durations are known */
  readonly strategy?: StrategyName | Policy | undefined
  /** Database file, relative to the root. @defaultValue `'.muster/muster.db'` */
  readonly store?: string | undefined
  /** Environment variables that tests get besides the usual ones, by name, and fixed values. */
  readonly env?:
    | {
        readonly allow?: readonly string[] | undefined
        readonly set?: Readonly<Record<string, string>> | undefined
      }
    | undefined
  /** How much is kept of what attempts leave behind. */
  readonly artifacts?: ConfiguredArtifacts | undefined
  /** How the run is shown. @defaultValue `'auto'`: the board on a terminal, else plain lines */
  readonly reporter?: 'auto' | 'board' | 'plain' | 'json' | undefined
  /** Report files written after every run, relative to the root. */
  readonly reports?:
    | {
        readonly junit?: string | undefined
        readonly json?: string | undefined
        readonly ctrf?: string | undefined
        readonly tap?: string | undefined
        /** One HTML page with everything in it. */
        readonly html?: string | undefined
        /** Chrome trace, for Perfetto. */
        readonly trace?: string | undefined
        /** Markdown for the summary page of a CI job. */
        readonly markdown?: string | undefined
      }
    | undefined
  /** Exit with 1 when a task was flaky. @defaultValue `false` */
  readonly failOnFlaky?: boolean | undefined
}

/**
 * Gives a configuration its type; returns it as it is.
 *
 * @example
 * ```ts
 * export default defineConfig({
 *   tasks: [{ id: 'build', argv: ['npm', 'run', 'build'] }],
 *   dependencies: [{ files: 'e2e/**', on: 'build' }],
 *   retry: 2,
 * })
 * ```
 */
export function defineConfig(config: MusterConfig): MusterConfig {
  return config
}
