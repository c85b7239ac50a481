// What the graph needs to know of a task. Smaller than a task of a run, so that anything with ids and edges can be a
// graph without pretending to be runnable.
import type { TaskDefinition } from '../model/task.ts'

/**
 * The part of a task that the graph reads; every {@link TaskDefinition} is one. Whatever else an object carries is kept
 * and handed back as it was given.
 */
export type GraphTask = Pick<
  TaskDefinition,
  'id' | 'dependsOn' | 'groups' | 'tags' | 'file' | 'expectedMs' | 'timeoutMs' | 'priority' | 'needs'
>
