// How long everything takes with workers without end, and what could be late without anybody noticing. Schedulers start
// what has the longest way still to go; the rest is for people who ask why it takes so long.
import { MusterError } from '../errors/muster-error.ts'
import type { Graph } from './graph.ts'
import type { GraphTask } from './graph-task.ts'
import type { ReadonlyReals } from './readonly-ints.ts'

/** Times of every node by handle, in milliseconds; groups take no time. */
export interface CriticalPath {
  /** The shortest time in which everything can be done. */
  readonly lengthMs: number
  /** Ids of the tasks of a longest chain, first to last. */
  readonly path: readonly string[]
  /** The node itself and the longest chain after it: what a scheduler looks at. */
  readonly tailMs: ReadonlyReals
  /** The earliest start: the longest chain before it. */
  readonly earliestMs: ReadonlyReals
  /** How much later it could start without making everything longer; 0 on a longest chain. */
  readonly slackMs: ReadonlyReals
}

/**
 * The longest chain of a graph, with slack. Optional edges wait for nothing and so do not count.
 *
 * `durationMs` says how long a task takes, in milliseconds from 0 up; without it a task takes its `expectedMs`, and 1
 * where it has none.
 *
 * @example
 * ```ts
 * const { lengthMs, path } = criticalPath(graph, (id) => history.get(id) ?? 1000)
 * ```
 */
export function criticalPath<Task extends GraphTask>(
  graph: Graph<Task>,
  durationMs?: (id: string, handle: number) => number,
): CriticalPath {
  const durations = durationsOf(graph, durationMs)
  const tailMs = tailsOf(graph, durations)
  const earliestMs = earliestOf(graph, durations)
  let first = -1
  // In topological order, so that what takes no time and comes before the first of a longest chain is on it too.
  const handles = graph.orderedHandles
  for (let at = 0; at < handles.length; at++) {
    const node = handles[at] ?? 0
    if (!graph.isGroup(node) && (first < 0 || (tailMs[node] ?? 0) > (tailMs[first] ?? 0))) first = node
  }
  const lengthMs = tailMs[first] ?? 0
  const slackMs = new Float64Array(graph.size)
  for (let node = 0; node < graph.size; node++)
    slackMs[node] = Math.max(0, lengthMs - (earliestMs[node] ?? 0) - (tailMs[node] ?? 0))
  return { lengthMs, path: pathFrom(graph, first, tailMs), tailMs, earliestMs, slackMs }
}

function durationsOf<Task extends GraphTask>(
  graph: Graph<Task>,
  durationMs: ((id: string, handle: number) => number) | undefined,
): Float64Array {
  const durations = new Float64Array(graph.size)
  for (let node = 0; node < graph.size; node++) {
    const task = graph.taskAt(node)
    if (task === undefined) continue
    const duration = durationMs === undefined ? (task.expectedMs ?? 1) : durationMs(task.id, node)
    if (!(duration >= 0 && duration < Infinity))
      throw new MusterError('OPTIONS_INVALID', {
        expected: '`durationMs` to give a number from 0 up',
        got: `${duration} for ${JSON.stringify(task.id)}`,
      })
    durations[node] = duration
  }
  return durations
}

function tailsOf<Task extends GraphTask>(graph: Graph<Task>, durations: Float64Array): Float64Array {
  const { starts, packed } = graph.followers
  const handles = graph.orderedHandles
  const tails = new Float64Array(graph.size)
  for (let at = handles.length - 1; at >= 0; at--) {
    const node = handles[at] ?? 0
    let longest = 0
    for (let place = starts[node] ?? 0; place < (starts[node + 1] ?? 0); place++) {
      const edge = packed[place] ?? 0
      if ((edge & 1) === 0) longest = Math.max(longest, tails[edge >>> 1] ?? 0)
    }
    tails[node] = longest + (durations[node] ?? 0)
  }
  return tails
}

function earliestOf<Task extends GraphTask>(graph: Graph<Task>, durations: Float64Array): Float64Array {
  const { starts, packed } = graph.followers
  const handles = graph.orderedHandles
  const earliest = new Float64Array(graph.size)
  for (let at = 0; at < handles.length; at++) {
    const node = handles[at] ?? 0
    const end = (earliest[node] ?? 0) + (durations[node] ?? 0)
    for (let place = starts[node] ?? 0; place < (starts[node + 1] ?? 0); place++) {
      const edge = packed[place] ?? 0
      if ((edge & 1) === 0 && end > (earliest[edge >>> 1] ?? 0)) earliest[edge >>> 1] = end
    }
  }
  return earliest
}

function pathFrom<Task extends GraphTask>(graph: Graph<Task>, first: number, tails: Float64Array): readonly string[] {
  const { starts, packed } = graph.followers
  const path: string[] = []
  for (let node = first; node >= 0;) {
    if (!graph.isGroup(node)) path.push(graph.id(node))
    let next = -1
    for (let place = starts[node] ?? 0; place < (starts[node + 1] ?? 0); place++) {
      const edge = packed[place] ?? 0
      if ((edge & 1) === 0 && (next < 0 || (tails[edge >>> 1] ?? 0) > (tails[next] ?? 0))) next = edge >>> 1
    }
    node = next
  }
  return path
}
