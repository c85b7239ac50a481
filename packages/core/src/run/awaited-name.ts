// What a waiting task waits for, by name. A target is a task or a group, told apart by the sign of its handle.
import type { EdgeTarget, TaskTable } from './task-table.ts'

/** The target of an edge as people know it: the id of the task, or that of the group with the word before it. */
export function awaitedName(tasks: TaskTable, target: EdgeTarget): string {
  return target >= 0 ? tasks.id(target) : `group ${tasks.groupId(-target - 1)}`
}
