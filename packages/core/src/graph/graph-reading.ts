// What one building or extending found so far: the tables it appends to, every problem, and how far it got.
import type { GraphProblem } from './graph-problem.ts'
import type { GraphTables } from './graph-tables.ts'
import type { GraphTask } from './graph-task.ts'
import { nameBudget, type NameBudget } from './nearest-name.ts'

/** The state of one building or extending. */
export interface GraphReading<Task extends GraphTask> {
  readonly tables: GraphTables<Task>
  readonly problems: GraphProblem[]
  readonly names: NameBudget
  /** First handle of what is being added. */
  readonly firstNode: number
  /** Handle after the last task added; groups that come into being lie behind it. */
  taskEnd: number
  /** Entries of `dependsOn` and of `groups` in all tasks added. */
  edgeEntries: number
  groupEntries: number
  /** Groups that were there before and that a task joined. */
  readonly joinedGroups: Set<number>
}

/** The state before anything is read on top of what the tables hold. */
export function startReading<Task extends GraphTask>(tables: GraphTables<Task>): GraphReading<Task> {
  const firstNode = tables.extent.nodes
  return {
    tables,
    problems: [],
    names: nameBudget(),
    firstNode,
    taskEnd: firstNode,
    edgeEntries: 0,
    groupEntries: 0,
    joinedGroups: new Set(),
  }
}
