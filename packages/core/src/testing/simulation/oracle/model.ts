// A run as the oracle sees it: plain objects, nothing kept that could be worked out. It is rebuilt from journal entries alone
// and shares no table, queue or counter with the kernel it is compared with.
import type { LossCause } from '../../../model/report.ts'
import type { CaseScope, Outcome } from '../../../model/outcome.ts'
import type { TaskDefinition, GroupDefinition } from '../../../model/task.ts'
import type { VerdictKind } from '../../../model/verdict.ts'
import type { WorkerDefinition } from '../../../model/worker.ts'
import type { Claim } from '../../../ports/policy.ts'
import type { KernelOptions } from '../../../run/kernel-options.ts'

/** A dependency that waits; optional ones wait for nothing and are left out. */
export interface ModelDependency {
  /** Its handle: counted over all waiting dependencies, in the order in which they came. */
  readonly edge: number
  readonly on: string
  readonly kind: 'hard' | 'soft'
  readonly limitAtMs: number
  hasLetGo: boolean
}

/** One try. */
export interface ModelAttempt {
  readonly n: number
  readonly worker: number
  readonly launchedAtMs: number
  /** The cases that it is to run, where it is not all. */
  readonly scope: CaseScope | undefined
  readonly claims: readonly Claim[]
  isStarted: boolean
  isCancelling: boolean
  outcome: Outcome | undefined
  lost: LossCause | undefined
}

/** What the oracle expects of a verdict: its kind, and who may be named in it. */
export interface ModelVerdict {
  readonly kind: VerdictKind
  /** Empty where nobody is named. Several where several are to blame alike. */
  readonly by: ReadonlySet<string>
  /** It would not wait any longer, so nobody but itself is to blame for what follows. */
  readonly isLate?: boolean
}

/** Where a task stands, in the kernel's words. */
export type ModelStatus = 'waiting' | 'ready' | 'running' | 'backing-off' | 'deciding' | 'judged'

/** A task. */
export interface ModelTask {
  readonly handle: number
  readonly definition: TaskDefinition
  /** Everything it needs of a worker while it runs, by resource. */
  needs: readonly (readonly [string, number])[]
  /** The same for all tasks that the same workers suit. */
  needsKey: string
  readonly dependencies: readonly ModelDependency[]
  readonly attempts: ModelAttempt[]
  status: ModelStatus
  cancelledBy: string | undefined
  dueMs: number
  /** Deaths of workers that it may have caused, and whether it was a suspect when its open attempt started. */
  deaths: number
  isOpenSuspect: boolean
  /** The worker that its retry wants for the next attempt. */
  wish: 'other' | 'same' | undefined
  /** The cases that its retry wants the next attempt to run. */
  scope: CaseScope | undefined
  verdict: ModelVerdict | undefined
}

/** A worker. */
export interface ModelWorker {
  readonly definition: WorkerDefinition
  state: 'joined' | 'draining' | 'left'
  /** Which of its lives it is, where the engine says so, and whether that life was told to drain or to be over. */
  readonly incarnation: number | undefined
  readonly isLeaving: boolean
  /** It was put out of the run. */
  readonly isOut: boolean
}

/** A group. */
export interface ModelGroup {
  readonly definition: GroupDefinition
  isSealed: boolean
}

/** A run. */
export interface Model {
  options: KernelOptions | undefined
  epoch: number
  isPaused: boolean
  /** `hard` is an interrupt. */
  draining: 'no' | 'soft' | 'hard'
  over: 'finished' | 'interrupted' | undefined
  isSourceClosed: boolean
  /** The source closes once the batch is whole that has begun. */
  isSourceClosing: boolean
  stoppedBy: string | undefined
  atMs: number
  readonly tasks: ModelTask[]
  readonly groups: Map<string, ModelGroup>
  readonly workers: ModelWorker[]
  /** How many more attempts of a task its breakers and those of a worker let start there. */
  admits: (task: ModelTask, worker: number) => number
  edges: number
  /** Places that running attempts leave to others, by the task that runs there. */
  readonly kept: Map<
    ModelTask,
    { readonly task: ModelTask; readonly worker: number; readonly needs: ModelTask['needs'] }
  >
  /** Tasks whose kept place is free: they go before all others until the end of the step. */
  readonly vacated: ModelTask[]
  /** Retries that were paid for from the budget of the run. */
  paidRetries: number
  /** Of them, those that only looked for flakiness. */
  flakinessRetries: number
}

/** A run before its first entry. */
export function emptyModel(): Model {
  return {
    options: undefined,
    epoch: 0,
    isPaused: false,
    draining: 'no',
    over: undefined,
    isSourceClosed: false,
    isSourceClosing: false,
    stoppedBy: undefined,
    atMs: 0,
    tasks: [],
    groups: new Map(),
    workers: [],
    admits: () => Infinity,
    edges: 0,
    kept: new Map(),
    vacated: [],
    paidRetries: 0,
    flakinessRetries: 0,
  }
}

/** The attempt of a task that is not over. */
export function openAttemptOf(task: ModelTask): ModelAttempt | undefined {
  return task.attempts.find(({ outcome, lost }) => outcome === undefined && lost === undefined)
}

/** Whether the kernel may place anything now. */
export function isPlacing(model: Model): boolean {
  return model.epoch > 0 && !model.isPaused && model.draining === 'no' && model.over === undefined
}

/** Tasks of a group. */
export function membersOf(model: Model, group: string): readonly ModelTask[] {
  return model.tasks.filter(({ definition }) => definition.groups?.includes(group) === true)
}
