// The same graph in the most obvious way: sets of ids, reachability by asking again and again. Slow, short, and what the
// real one is compared with. Only laws use this.
import type { DependencyKind } from '../../model/dependency.ts'
import type { AnyTasks } from './any-tasks.ts'

/** What each node comes after, by the kind of the edge. */
export type Before = ReadonlyMap<string, ReadonlyMap<string, DependencyKind | 'member'>>

/** Nodes in the order of their handles with what they come after. */
export function beforeOf({ tasks, groups }: AnyTasks): Before {
  const before = new Map<string, Map<string, DependencyKind | 'member'>>()
  for (const { id } of [...tasks, ...groups]) before.set(id, new Map())
  for (const task of tasks)
    for (const group of task.groups ?? []) {
      if (!before.has(group)) before.set(group, new Map())
      before.get(group)?.set(task.id, 'member')
    }
  for (const task of tasks)
    for (const edge of task.dependsOn ?? [])
      before
        .get(task.id)
        ?.set(typeof edge === 'string' ? edge : edge.on, typeof edge === 'string' ? 'hard' : (edge.kind ?? 'hard'))
  return before
}

/** Only edges that wait. */
export function waitingOf(before: Before): Before {
  return new Map([...before].map(([id, edges]) => [id, new Map([...edges].filter(([, kind]) => kind !== 'optional'))]))
}

/** Everything that can be got to from a node, itself not included unless it lies on a cycle. */
export function reachable(before: Before, from: string): ReadonlySet<string> {
  const met = new Set<string>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const next of before.get(id)?.keys() ?? [])
      if (!met.has(next)) {
        met.add(next)
        open.push(next)
      }
  return met
}

/** Components of nodes that reach each other, each with the length of its shortest cycle. */
export function tangles(
  before: Before,
): readonly { readonly members: ReadonlySet<string>; readonly shortest: number }[] {
  const found: { members: ReadonlySet<string>; shortest: number }[] = []
  for (const id of before.keys()) {
    if (found.some(({ members }) => members.has(id)) || !reachable(before, id).has(id)) continue
    const members = new Set([...reachable(before, id)].filter((other) => reachable(before, other).has(id)))
    found.push({ members, shortest: Math.min(...[...members].map((member) => shortestCycle(before, member))) })
  }
  return found
}

function shortestCycle(before: Before, start: string): number {
  let ring: ReadonlySet<string> = new Set([start])
  for (let length = 1; length <= before.size; length++) {
    ring = new Set([...ring].flatMap((id) => [...(before.get(id)?.keys() ?? [])]))
    if (ring.has(start)) return length
  }
  return Infinity
}
