// What a run would consist of, as data.
import type { Graph } from '../graph/graph.ts'
import type { TaskFacts } from '../model/facts.ts'
import type { GroupDefinition, TaskDefinition } from '../model/task.ts'
import type { GraphFacts } from '../run/graph-facts.ts'

/** What would run. */
export interface Plan {
  /** In the order of definition. */
  readonly tasks: readonly TaskDefinition[]
  readonly groups: readonly GroupDefinition[]
  readonly graph: Graph<TaskDefinition>
  /** What the person should know; nothing of it stops the run. */
  readonly warnings: readonly string[]
  /** What the past says, by id. */
  readonly facts: Readonly<Record<string, TaskFacts>>
  /** What a policy reads of the graph, by the position of the task. */
  graphFacts(facts: Readonly<Record<string, TaskFacts>>): GraphFacts
}
