// What a simulated schedule is made of: tasks that come at times and take how long they take, on workers that are there. The
// policy is told what it would be told in a run, the past, and not how long a task will really take.
import type { GroupDefinition, TaskDefinition, TaskFacts, WorkerDefinition } from '@muster/core'

/** Work to be scheduled. */
export interface Workload {
  readonly tasks: readonly TaskDefinition[]
  /** @defaultValue those that tasks name, without limits */
  readonly groups?: readonly GroupDefinition[] | undefined
  /** Workers that are there from the start and stay. */
  readonly workers: readonly WorkerDefinition[]
  /** What the policy knows of the past, by task id. @defaultValue nothing */
  readonly facts?: Readonly<Record<string, TaskFacts>> | undefined
  /**
   * How long a task really takes on a worker, in milliseconds.
   * @defaultValue the median of its facts, else its `expectedMs`, else the median of the known ones
   */
  readonly durationMs?: ((task: TaskDefinition, worker: WorkerDefinition) => number) | undefined
  /** When a task comes, in milliseconds of run time. A task may depend on such as came before it. @defaultValue all at 0 */
  readonly arrivesAtMs?: ((task: TaskDefinition) => number) | undefined
  /** How its attempt ends. @defaultValue it passes */
  readonly result?: ((task: TaskDefinition) => 'passed' | 'failed') | undefined
  /** What a millisecond of a busy slot of a worker costs. @defaultValue `1` */
  readonly costPerMs?: ((worker: WorkerDefinition) => number) | undefined
}
