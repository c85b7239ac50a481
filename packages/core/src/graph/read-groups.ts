// Groups: those declared, those that tasks name, and who is a member of which. They come after the tasks, so that the
// handles of a graph built in one go are the tasks' positions.
import type { GroupDefinition } from '../model/task.ts'
import { entriesOf, fieldProblem, isObject } from './check-fields.ts'
import type { GraphReading } from './graph-reading.ts'
import type { GraphTask } from './graph-task.ts'
import { isSameDefinition } from './same-definition.ts'

/** Adds the declared groups to the tables. */
export function readGroups<Task extends GraphTask>(
  reading: GraphReading<Task>,
  declared: readonly GroupDefinition[],
): void {
  const { tables, problems, firstNode } = reading
  for (const [position, group] of declared.entries()) {
    const found: unknown = group
    const id = isObject(found) ? found['id'] : undefined
    if (typeof id !== 'string' || id === '') {
      problems.push(fieldProblem(`groups[${position}]`, 'id', 'a text that is not empty', id))
      continue
    }
    const { concurrency } = group
    if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency >= 1))
      problems.push(fieldProblem(id, 'concurrency', 'a whole number from 1 up', concurrency))
    const known = tables.index.find(id)
    if (known < 0) addGroup(reading, group)
    else if (tables.tasks[known] !== undefined) problems.push({ kind: 'task-and-group', id })
    else if (known >= firstNode || !isSameDefinition(tables.groups.get(known), group))
      problems.push({ kind: 'group-duplicate', id })
  }
}

/** Adds who is a member of which group, and the groups that only their members name. */
export function readMembers<Task extends GraphTask>(reading: GraphReading<Task>): void {
  const { tables, problems, firstNode, taskEnd } = reading
  if (reading.groupEntries === 0) return
  tables.reserve({ members: reading.groupEntries })
  const tasksNamed = new Set<string>()
  let members = tables.extent.members
  for (let handle = firstNode; handle < taskEnd; handle++) {
    const first = members
    for (const [position, id] of entriesOf(tables.tasks[handle]?.groups).entries()) {
      if (typeof id !== 'string' || id === '') {
        const of = tables.index.ids[handle] ?? ''
        problems.push(fieldProblem(of, `groups[${position}]`, 'a text that is not empty', id))
        continue
      }
      let group = tables.index.find(id)
      if (group < 0) group = addGroup(reading, { id })
      if (tables.tasks[group] !== undefined) {
        if (!tasksNamed.has(id)) problems.push({ kind: 'task-and-group', id })
        tasksNamed.add(id)
      } else if (!tables.memberGroup.subarray(first, members).includes(group)) {
        tables.memberTask[members] = handle
        tables.memberGroup[members++] = group
        tables.filledGroups.add(group)
        if (group < firstNode) reading.joinedGroups.add(group)
      }
    }
  }
  tables.extent = { ...tables.extent, members }
}

function addGroup<Task extends GraphTask>({ tables }: GraphReading<Task>, group: GroupDefinition): number {
  const handle = tables.index.add(group.id)
  tables.tasks[handle] = undefined
  tables.groups.set(handle, group)
  tables.extent = { ...tables.extent, groups: tables.groups.size }
  return handle
}
