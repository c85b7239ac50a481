// Orders ready tasks and says which worker suits them. Pure: it sees plain views and answers with plain data.
import type { TaskFacts } from '../model/facts.ts'
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
  readonly wakesOn: 'capacity' | 'worker' | 'task-judged'
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
}
