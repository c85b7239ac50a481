// Whether an owner may hold more now, and whether it would be its own or borrowed. Reads the tree; changes nothing.
import type { Needs, OwnerNode, OwnerTree } from './owner-tree.ts'

/** Sums of shares are not exact. */
const hair = 1e-9

/** What more of its needs would be to an owner. */
export type GateAnswer =
  | { readonly kind: 'own' }
  /** Beyond what it is promised; `borrower` is the widest owner of whom that is so. */
  | { readonly kind: 'borrowed'; readonly borrower: OwnerNode }
  /** `wakesOn`: what it waits for is its own to give back, or anybody's. */
  | { readonly kind: 'shut'; readonly because: string }

const own: GateAnswer = { kind: 'own' }

/** Asks from the widest owner to the narrowest. */
export function askGate(tree: OwnerTree, leaf: OwnerNode, needs: Needs): GateAnswer {
  let borrower: OwnerNode | undefined
  for (const node of pathOf(leaf)) {
    const { parent } = node
    if (parent === undefined) continue
    const after = partAfter(tree, node, needs)
    // Whoever holds nothing may have one attempt, however coarse: a quota below one task would be none at all.
    if (after > node.most + hair && node.open > 0) return shut(node, after)
    if (!parent.children.some(({ share }) => share !== undefined)) continue
    if (after <= node.nominal + hair) continue
    borrower ??= node
    const keeper = keptFrom(tree, node, needs)
    // Nor does somebody wait for ever who is promised nothing, where all is promised and nobody lends.
    const mayHaveOne = node.open === 0 && (node.share !== undefined || tree.root.open === 0)
    if (keeper !== undefined && !mayHaveOne) {
      const because = `${nameOf(node)} would borrow what ${keeper} keep${keeper.includes(', ') ? '' : 's'} for ${keeper.includes(', ') ? 'themselves' : 'itself'}`
      return { kind: 'shut', because }
    }
  }
  return borrower === undefined ? own : { kind: 'borrowed', borrower }
}

/** Whether needs are within what everybody on the path is promised, with the places counted that it is given back already. */
export function isPromised(tree: OwnerTree, leaf: OwnerNode, needs: Needs): boolean {
  return pathOf(leaf).every((node) => {
    if (node.parent?.children.some(({ share }) => share !== undefined) !== true) return true
    return partAfter(tree, node, needs, node.pending) <= node.nominal + hair
  })
}

/** An owner and those above it, the widest first; without the root. */
export function pathOf(leaf: OwnerNode): readonly OwnerNode[] {
  const path: OwnerNode[] = []
  for (let node: OwnerNode = leaf; node.parent !== undefined; node = node.parent) path.push(node)
  return path.reverse()
}

/** The largest part of anything it needs that the owner would hold. */
function partAfter(tree: OwnerTree, { held }: OwnerNode, needs: Needs, pending: readonly number[] = []): number {
  let largest = 0
  for (const { resource, amount } of needs) {
    const total = tree.total(resource)
    if (total > 0) largest = Math.max(largest, ((held[resource] ?? 0) + (pending[resource] ?? 0) + amount) / total)
  }
  return largest
}

/** Names of those of the same level who keep for themselves what it would take, if there are such. */
function keptFrom(tree: OwnerTree, node: OwnerNode, needs: Needs): string | undefined {
  const { parent } = node
  if (parent === undefined) return undefined
  for (const { resource, amount } of needs) {
    const total = tree.total(resource)
    if (total <= 0) continue
    let kept = 0
    const keepers: string[] = []
    for (const other of parent.children) {
      if (other === node || other.kept <= 0) continue
      const rest = other.kept * total - (other.held[resource] ?? 0)
      if (rest <= hair * total) continue
      kept += rest
      keepers.push(nameOf(other))
    }
    // Nobody else's to keep: what is lacking then is room.
    if (keepers.length === 0) continue
    const room = (parent.isRoot ? 1 : parent.nominal) * total
    if ((parent.held[resource] ?? 0) + amount + kept > room + hair * total) return keepers.join(', ')
  }
  return undefined
}

function shut(node: OwnerNode, after: number): GateAnswer {
  const because = `${nameOf(node)} would hold ${percent(after)} and may hold ${percent(node.most)}`
  return { kind: 'shut', because }
}

/** The name of an owner for people. */
export function nameOf({ path }: OwnerNode): string {
  return path.endsWith('/') ? path.slice(0, -1) : path
}

function percent(part: number): string {
  return `${(Math.round(part * 1000) / 10).toString()} %`
}
