// What an orchestrator is made of. Everything has a default but the executors or runners that do the work.
import type { ArtifactOptions } from '../artifacts/artifact-options.ts'
import type { TaskFacts } from '../model/facts.ts'
import type { AttemptLimits } from '../model/limits.ts'
import type { Verdict } from '../model/verdict.ts'
import type { Outcome } from '../model/outcome.ts'
import type { RunReport } from '../model/report.ts'
import type { GroupDefinition, TaskDefinition } from '../model/task.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { Executor } from '../ports/executor.ts'
import type { Logger } from '../ports/logger.ts'
import type { Observer } from '../ports/observer.ts'
import type { FailureRule } from '../failure/rules/failure-rule.ts'
import type { RecoveryOptions } from '../recovery/recovery-options.ts'
import type { Policy } from '../ports/policy.ts'
import type { Runner } from '../ports/runner.ts'
import type { Store } from '../ports/store.ts'
import type { SlotStrategy } from '../run/decide-slots.ts'
import type { KernelOptionsInput } from '../run/kernel-options.ts'
import type { CgroupUse } from './local/cgroups/use-cgroups.ts'
import type { Isolation } from './local/messages.ts'
import type { RecycleOptions } from './local/recycling.ts'
import type { EnvironmentOptions } from './environment.ts'
import type { Plan } from './plan.ts'

/**
 * Called around a run, a task and an attempt. Those before something are awaited before it happens; those after are told of
 * it once it is recorded. Nothing of the run waits for them but its end: the report resolves when they are done, or after
 * `hookTimeoutMs`.
 */
export interface Hooks {
  /** Before anything is launched, also by a resume. A throw ends the run before it is recorded. */
  readonly beforeRun?: ((run: { readonly run: string; readonly tasks: number }) => void | Promise<void>) | undefined
  /** After a run that ended, also by an interrupt; its report resolves afterwards. A throw is reported as a note. */
  readonly afterRun?: ((report: RunReport) => void | Promise<void>) | undefined
  /** Before the first attempt of a task. A throw fails the attempt; where it is tried again, this is called again. */
  readonly beforeTask?: ((task: TaskDefinition) => void | Promise<void>) | undefined
  /** After a task got its verdict. A throw is reported as a note. */
  readonly afterTask?: ((task: string, verdict: Verdict) => void | Promise<void>) | undefined
  /** Before each attempt. A throw fails the attempt, which counts like any other failure. */
  readonly beforeAttempt?: ((task: TaskDefinition, n: number) => void | Promise<void>) | undefined
  /** After each attempt that ended. A throw is reported as a note. */
  readonly afterAttempt?: ((task: string, n: number, outcome: Outcome) => void | Promise<void>) | undefined
}

/** How an orchestrator works. */
export interface OrchestratorOptions extends KernelOptionsInput {
  /** Run tasks in this process. @defaultValue none */
  readonly executors?: readonly Executor[] | undefined
  /** Discover tasks, and run them in child processes of this machine. @defaultValue none */
  readonly runners?: readonly Runner[] | undefined
  /** Carry out the attempts. @defaultValue one for the executors and one for the runners */
  readonly engines?: readonly Engine[] | undefined
  /** Where runs are kept; `'none'` keeps nothing. @defaultValue a store in memory */
  readonly store?: Store | 'none' | undefined
  /** @defaultValue first in, first out */
  readonly policy?: Policy | undefined
  /** Hear every event of every run. @defaultValue none */
  readonly observers?: readonly Observer[] | undefined
  /** Called around runs, tasks and attempts. @defaultValue none */
  readonly hooks?: Hooks | undefined
  /** What the past says of tasks; asked once a run. @defaultValue nothing is known */
  readonly facts?: ((tasks: readonly TaskDefinition[]) => Promise<Readonly<Record<string, TaskFacts>>>) | undefined
  /**
   * Rules of your own that tell the category of a failure, before every other; the first that matches decides.
   * @defaultValue the built-in rules alone
   */
  readonly failureRules?: readonly FailureRule[] | undefined
  /**
   * What is tried again climbs from one strategy to the next, chosen by what has helped; strategies of your own may be among them.
   * What `retry` says of a category goes before. @defaultValue retries are as `retry` says alone
   */
  readonly recovery?: RecoveryOptions | undefined
  /** Project root. @defaultValue the working directory */
  readonly root?: string | undefined
  /**
   * Attempts at the same time on this machine, of executors and of runners each: a number or a strategy.
   * @defaultValue `'simple'`, one a core, for runners; `16` for executors, which share one process and mostly wait
   */
  readonly slots?: number | SlotStrategy | undefined
  /**
   * Names of environment variables that child processes get besides the usual ones, or fixed values.
   * @defaultValue the usual ones alone
   */
  readonly env?: EnvironmentOptions | undefined
  /** What each attempt in a child process may use; a task's own `limits` go before these. @defaultValue no limits */
  readonly limits?: AttemptLimits | undefined
  /** When warm child processes are replaced by fresh ones. @defaultValue never */
  readonly recycle?: RecycleOptions | undefined
  /**
   * What separates one attempt of a runner's task from the next: `'process'`, a warm process that runs one after another;
   * `'thread'`, in that process a fresh worker thread for each, where the runner's executor allows it. @defaultValue `'process'`
   */
  readonly isolation?: Isolation | undefined
  /**
   * Whether attempts in child processes are held by control groups of the kernel where this machine lets us make some;
   * `'off'` goes by markers alone. Linux only. @defaultValue `'auto'`
   */
  readonly cgroups?: CgroupUse | undefined
  /** Where the files are kept that attempts leave behind. @defaultValue nowhere: attempts get no folder of their own */
  readonly artifacts?: ArtifactOptions | undefined
  /** Is told what happens, in the manner of pino; nothing is printed otherwise. @defaultValue none */
  readonly logger?: Logger | undefined
  /** Name of the project, for people. @defaultValue the root's last part */
  readonly name?: string | undefined
  /** How long the ownership of a run lasts without a heartbeat, in milliseconds. @defaultValue `10_000` */
  readonly leaseMs?: number | undefined
  /** How long the store may take to answer before the run stops with `STORE_FAILED`, in milliseconds. @defaultValue `30_000` */
  readonly storeTimeoutMs?: number | undefined
  /**
   * How long an engine may take to attach to a run, to let go of it or to close, in milliseconds. One that does not attach
   * stops the run with `ENGINE_FAILED`. Longer than what its attempts are given to end by themselves. @defaultValue `60_000`
   */
  readonly engineTimeoutMs?: number | undefined
  /**
   * How long a hook, or `facts`, may take, in milliseconds: `beforeRun` that does not answer ends the run with `HOOK_FAILED`
   * before it is recorded, without `facts` the run goes on, `beforeTask` and `beforeAttempt` fail their attempt, and the end of
   * a run waits no longer for the hooks after something. @defaultValue `60_000`
   */
  readonly hookTimeoutMs?: number | undefined
  /**
   * How long a runner may take to discover its tasks, in milliseconds, before the run ends with `RUNNER_FAILED`; a note says
   * so after five seconds. @defaultValue `120_000`
   */
  readonly discoveryTimeoutMs?: number | undefined
  /** @defaultValue the clock of this machine */
  readonly clock?: Clock | undefined
}

/** What one run is asked to do. */
export interface RunRequest extends KernelOptionsInput {
  /** Id of the run. @defaultValue made from the time and random letters */
  readonly run?: string | undefined
  /** A plan made before; the fields below that shape a plan are then ignored. @defaultValue planned when the run starts */
  readonly plan?: Plan | undefined
  /** Tasks to run. @defaultValue what the runners discover */
  readonly tasks?: readonly TaskDefinition[] | undefined
  /** Groups with rules of their own. @defaultValue none but those that the runners discover */
  readonly groups?: readonly GroupDefinition[] | undefined
  /** Which of the tasks: expressions as `muster plan` takes them. @defaultValue all */
  readonly select?: readonly string[] | undefined
  /** Keep the source open so that `add` may bring more tasks; `close` ends that. @defaultValue `false` */
  readonly keepOpen?: boolean | undefined
  /** Feeds every roll of the dice. @defaultValue a hash of the run's id */
  readonly seed?: number | undefined
  /**
   * Ends the run at once, as a second Ctrl-C would; before anything is recorded its report rejects with `ABORTED`.
   * @defaultValue nobody does
   */
  readonly signal?: AbortSignal | undefined
}
