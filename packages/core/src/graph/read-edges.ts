// Edges from names to handles. Half of building a graph happens here, so it goes in blocks of tasks whose texts fit the
// cache, three times over each block: hash every name, look all hashes up, then compare each name with what was found.
import { EdgeAdder, SHORT_ROW } from './edge-adder.ts'
import type { GraphReading } from './graph-reading.ts'
import type { GraphTask } from './graph-task.ts'
import { hashTargets, TASKS_A_BLOCK } from './hash-targets.ts'

const NONE = -1

/** Adds the edges of the tasks that were read. */
export function readEdges<Task extends GraphTask>(reading: GraphReading<Task>): void {
  const { tables, firstNode, taskEnd } = reading
  const { tasks } = tables
  tables.reserve({ nodes: tasks.length - firstNode, edges: reading.edgeEntries })
  const adder = new EdgeAdder(reading)
  for (let block = firstNode; block < taskEnd; block += TASKS_A_BLOCK)
    readBlock(reading, adder, block, Math.min(block + TASKS_A_BLOCK, taskEnd))
  tables.starts.fill(adder.edges, taskEnd, tasks.length + 1)
  tables.extent = { ...tables.extent, nodes: tasks.length, edges: adder.edges }
}

function readBlock<Task extends GraphTask>(
  reading: GraphReading<Task>,
  adder: EdgeAdder<Task>,
  block: number,
  blockEnd: number,
): void {
  const { index, tasks, to } = reading.tables
  // What is looked up lies where the edges will: an edge is never written past the one that is read.
  const begin = adder.edges
  let end = begin
  for (let handle = block; handle < blockEnd; handle++) end = hashTargets(tasks[handle]?.dependsOn, to, end)
  const isAnyFound = index.findCandidates(to, begin, end) > 0
  const { ids } = index
  const { starts } = reading.tables
  const isPlain = isAnyFound && reading.tables.groups.size === 0
  let read = begin
  for (let handle = block; handle < blockEnd; handle++) {
    starts[handle] = adder.edges
    const entries: unknown = tasks[handle]?.dependsOn
    if (!Array.isArray(entries)) continue
    const isQuick = isPlain && entries.length <= SHORT_ROW && isRowPlain(entries, to, read, ids, handle)
    if (isQuick) adder.edges = moveRow(to, read, read + entries.length, adder.edges)
    else adder.addRow(handle, entries, read)
    read += entries.length
  }
}

/** Whether every entry is a mere id, was found where its hash said, and is another task than this one. */
function isRowPlain(
  entries: readonly unknown[],
  to: Int32Array,
  read: number,
  ids: readonly string[],
  handle: number,
): boolean {
  for (let position = 0; position < entries.length; position++) {
    const target = to[read + position] ?? NONE
    const entry = entries[position]
    if (target < 0 || target === handle || typeof entry !== 'string' || ids[target] !== entry) return false
  }
  return true
}

/** Moves found targets to where their edges belong, each once. */
function moveRow(to: Int32Array, read: number, readEnd: number, row: number): number {
  let edges = row
  for (let at = read; at < readEnd; at++) {
    const target = to[at] ?? 0
    let before = row
    while (before < edges && to[before] !== target) before++
    if (before === edges) to[edges++] = target
  }
  return edges
}
