// First look at the tasks: their ids become handles, their numbers are checked, and what comes next is counted so that
// nothing has to grow while it is read.
import { checkNumbers, fieldProblem, isObject, type Unchecked } from './check-fields.ts'
import type { GraphReading } from './graph-reading.ts'
import type { GraphTask } from './graph-task.ts'
import { hashId } from './id-index.ts'
import { isSameDefinition } from './same-definition.ts'

/** Ids are hashed some at a time before they are looked up, so that neither waits for the other's memory. */
const HASHED_AHEAD = 256

/** Adds the tasks to the tables, without their edges. */
export function readTasks<Task extends GraphTask>(reading: GraphReading<Task>, given: readonly Task[]): void {
  const { tables, problems, firstNode } = reading
  const { index, tasks } = tables
  const duplicates = new Map<string, number>()
  let edgeEntries = 0
  let groupEntries = 0
  const hashes = new Int32Array(HASHED_AHEAD)
  for (let position = 0; position < given.length; position++) {
    if (position % HASHED_AHEAD === 0) hashIds(given, position, hashes)
    const task = given[position]
    const found: Unchecked | undefined = isObject(task) ? task : undefined
    const id = found?.['id']
    if (task === undefined || found === undefined || typeof id !== 'string' || id === '') {
      const of = `tasks[${position}]`
      if (found === undefined) problems.push(fieldProblem(of, of, 'a task', task))
      else problems.push(fieldProblem(of, 'id', 'a text that is not empty', id))
      continue
    }
    const next = index.size
    const handle = index.add(id, hashes[position % HASHED_AHEAD])
    if (handle < next) {
      if (handle >= firstNode) duplicates.set(id, (duplicates.get(id) ?? 1) + 1)
      else readAgain(reading, handle, task)
      continue
    }
    tasks[handle] = task
    checkNumbers(found, id, problems)
    edgeEntries += countEntries(found, 'dependsOn', id, reading)
    groupEntries += countEntries(found, 'groups', id, reading)
  }
  for (const [id, times] of duplicates) problems.push({ kind: 'task-duplicate', id, times })
  reading.taskEnd = index.size
  reading.edgeEntries = edgeEntries
  reading.groupEntries = groupEntries
}

function hashIds(given: readonly unknown[], from: number, hashes: Int32Array): void {
  const end = Math.min(given.length - from, hashes.length)
  for (let at = 0; at < end; at++) {
    const task = given[from + at]
    const id = isObject(task) ? task['id'] : undefined
    hashes[at] = typeof id === 'string' ? hashId(id) : 0
  }
}

/** A task that an extension names although it is there: nothing new, or a mistake. */
function readAgain<Task extends GraphTask>({ tables, problems }: GraphReading<Task>, handle: number, task: Task): void {
  const known = tables.tasks[handle]
  if (known === undefined) problems.push({ kind: 'task-and-group', id: task.id })
  else if (!isSameDefinition(known, task)) problems.push({ kind: 'task-duplicate', id: task.id, times: 2 })
}

function countEntries<Task extends GraphTask>(
  task: Unchecked,
  field: 'dependsOn' | 'groups',
  of: string,
  { problems }: GraphReading<Task>,
): number {
  const entries = task[field]
  if (entries === undefined) return 0
  if (Array.isArray(entries)) return entries.length
  problems.push(fieldProblem(of, field, 'a list', entries))
  return 0
}
