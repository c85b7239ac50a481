// Optional edges only order, so they may not make a deadlock: where they close a cycle, some of them are left out. Which
// ones is found in one walk through each tangle, taking optional edges along as far as they go; every edge left out lies
// on a cycle. The fewest possible would be a search without a good bound, and nobody minds one more.
import { OPTIONAL } from './edge-kind.ts'
import type { Followers } from './followers.ts'
import type { GraphTables } from './graph-tables.ts'
import type { GraphTask } from './graph-task.ts'
import { HandleSet } from './handle-set.ts'
import { strongComponents } from './strong-components.ts'

/** The optional edges that do not order, among nodes whose waiting edges have no cycle. */
export function optionalEdgesLeftOut<Task extends GraphTask>(
  tables: GraphTables<Task>,
  followers: Followers,
  among: readonly number[],
): ReadonlySet<number> {
  const leftOut = new Set<number>()
  const walk: Walk = {
    position: new Int32Array(followers.nodeCount),
    component: new Int32Array(followers.nodeCount),
    strong: new Int32Array(followers.nodeCount),
    weak: new Int32Array(followers.nodeCount),
    clear: new HandleSet(followers.nodeCount),
    held: new HandleSet(followers.nodeCount),
  }
  for (const [at, component] of strongComponents({ followers, among, withOptional: true }).entries()) {
    const number = at + 1
    for (const node of component) walk.component[node] = number
    orderComponent(followers, component, walk, number)
    for (const node of component) {
      const handle = followers.first + node
      for (let edge = tables.starts[handle] ?? 0; edge < (tables.starts[handle + 1] ?? 0); edge++) {
        const target = (tables.to[edge] ?? 0) - followers.first
        if (tables.kind[edge] !== OPTIONAL || target < 0 || walk.component[target] !== number) continue
        if ((walk.position[target] ?? 0) > (walk.position[node] ?? 0)) leftOut.add(edge)
      }
    }
  }
  return leftOut
}

interface Walk {
  /** Position of each node in the order of its component. */
  readonly position: Int32Array
  readonly component: Int32Array
  /** How many waiting and how many optional edges each node still comes after. */
  readonly strong: Int32Array
  readonly weak: Int32Array
  /** Nodes that come after nothing more, and those that only optional edges hold back. */
  readonly clear: HandleSet
  readonly held: HandleSet
}

function orderComponent(
  { starts, packed }: Followers,
  component: readonly number[],
  { position, component: componentOf, strong, weak, clear, held }: Walk,
  number: number,
): void {
  const eachFollower = (node: number, then: (follower: number, counts: Int32Array) => void): void => {
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
      const edge = packed[at] ?? 0
      if (componentOf[edge >>> 1] === number) then(edge >>> 1, (edge & 1) === 1 ? weak : strong)
    }
  }
  const sort = (node: number): void => {
    if (strong[node] !== 0 || position[node] !== 0) return
    if (weak[node] === 0) {
      held.delete(node)
      clear.add(node)
    } else held.add(node)
  }
  for (const node of component)
    eachFollower(node, (follower, counts) => {
      counts[follower] = (counts[follower] ?? 0) + 1
    })
  for (const node of component) sort(node)
  for (let placed = 1; placed <= component.length; placed++) {
    const isClear = clear.size > 0
    const node = isClear ? clear.takeFirst() : held.takeFirst()
    position[node] = placed
    eachFollower(node, (follower, counts) => {
      counts[follower] = (counts[follower] ?? 0) - 1
      sort(follower)
    })
  }
}
