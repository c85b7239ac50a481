// Levels for plans and pictures. Nothing is ever run by levels: a barrier would make everybody wait for the slowest.
import type { Followers } from './followers.ts'
import type { ReadonlyInts } from './readonly-ints.ts'

/** The part of a graph that levels are worked out from. */
export interface LevelledGraph {
  readonly size: number
  readonly followers: Followers
  readonly orderedHandles: ReadonlyInts
  isGroup(handle: number): boolean
  id(handle: number): string
}

/** The level of each node by handle: how many tasks, at most, come before it one after the other. */
function levelNumbers(graph: LevelledGraph): Int32Array {
  const { starts, packed } = graph.followers
  const level = new Int32Array(graph.size)
  const handles = graph.orderedHandles
  for (let at = 0; at < handles.length; at++) {
    const node = handles[at] ?? 0
    const next = (level[node] ?? 0) + (graph.isGroup(node) ? 0 : 1)
    for (let place = starts[node] ?? 0; place < (starts[node + 1] ?? 0); place++) {
      const edge = packed[place] ?? 0
      if ((edge & 1) === 0 && (level[edge >>> 1] ?? 0) < next) level[edge >>> 1] = next
    }
  }
  return level
}

/** Ids of the tasks of each level. */
export function levelsOf(graph: LevelledGraph): readonly (readonly string[])[] {
  const level = levelNumbers(graph)
  const levels: string[][] = []
  for (let handle = 0; handle < graph.size; handle++) {
    if (graph.isGroup(handle)) continue
    const number = level[handle] ?? 0
    while (levels.length <= number) levels.push([])
    levels[number]?.push(graph.id(handle))
  }
  return levels
}
