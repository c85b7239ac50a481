// Nodes that can all reach each other (Tarjan), with a stack of its own: a chain of a million tasks must not overflow
// the platform's. Only what an order left over is looked at, since nothing else can lie on a cycle.
import type { Followers } from './followers.ts'

/** Where components are looked for. */
export interface ComponentsRequest {
  readonly followers: Followers
  /** Nodes that are looked at, ascending. */
  readonly among: readonly number[]
  /** Whether optional edges count too. */
  readonly withOptional: boolean
}

/** Components of more than one node, each ascending, in the order of their smallest nodes. */
export function strongComponents({
  followers,
  among,
  withOptional,
}: ComponentsRequest): readonly (readonly number[])[] {
  const { nodeCount, starts, packed } = followers
  const isAmong = new Uint8Array(nodeCount)
  for (const node of among) isAmong[node] = 1
  // 0 before a node is met; then its number, and in `low` the smallest number that it reaches and that is still open.
  const number = new Int32Array(nodeCount)
  const low = new Int32Array(nodeCount)
  const next = new Int32Array(nodeCount)
  const isOpen = new Uint8Array(nodeCount)
  const open: number[] = []
  const path: number[] = []
  const components: number[][] = []
  let numbers = 0

  const enter = (node: number): void => {
    number[node] = low[node] = ++numbers
    next[node] = starts[node] ?? 0
    isOpen[node] = 1
    open.push(node)
    path.push(node)
  }
  const leave = (node: number): void => {
    path.pop()
    const parent = path.at(-1)
    if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0)
    if (low[node] !== number[node]) return
    const component = open.splice(open.lastIndexOf(node))
    for (const member of component) isOpen[member] = 0
    if (component.length > 1) components.push(component.sort((a, b) => a - b))
  }

  for (const root of among) {
    if (number[root] !== 0) continue
    enter(root)
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const at = next[node] ?? 0
      if (at >= (starts[node + 1] ?? 0)) {
        leave(node)
        continue
      }
      next[node] = at + 1
      const edge = packed[at] ?? 0
      const follower = edge >>> 1
      if (isAmong[follower] === 0 || ((edge & 1) === 1 && !withOptional)) continue
      if (number[follower] === 0) enter(follower)
      else if (isOpen[follower] === 1) low[node] = Math.min(low[node] ?? 0, number[follower] ?? 0)
    }
  }
  return components.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
}
