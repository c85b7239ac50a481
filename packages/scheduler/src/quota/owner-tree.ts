// Owners as a tree, and what each holds now and has used. A fold over what happened: nothing here decides.
import { DecayClock } from './decay-clock.ts'
import { nobody, ownerAbove } from './owner-path.ts'
import type { ReadShare, ReadShareOptions } from './share-options.ts'

/** An owner, or all of them at the root. */
export class OwnerNode {
  readonly id: number
  readonly path: string
  readonly parent: OwnerNode | undefined
  readonly children: OwnerNode[] = []
  readonly weight: number
  readonly limit: number
  /** What it is promised of everything, as it was asked for; absent where nothing was. */
  readonly share: ReadShare | undefined
  readonly promised: number
  /** What it is promised now: shares may follow use. */
  nominal: number
  /** By resource: what its open attempts hold, and what was used on the growing scale. */
  readonly held: number[] = []
  readonly used: number[] = []
  /** Open attempts. */
  open = 0
  /** Places that it is given back: what they need counts as held already. */
  readonly pending: number[] = []
  /** What its attempts hold that were asked to make room. */
  readonly leaving: number[] = []
  /** What it owes, less what it is owed, on the scale of debts: share times milliseconds. */
  debt = 0
  /** Lanes below it in which tasks wait. */
  readonly lanes: Set<string> = new Set()

  constructor(id: number, path: string, parent: OwnerNode | undefined, options: ReadShareOptions) {
    this.id = id
    this.path = path
    this.parent = parent
    this.share = options.shares.get(path)
    this.promised = this.share === undefined ? 0 : this.share.nominal * (parent?.isRoot === false ? parent.promised : 1)
    this.nominal = this.promised
    this.limit = options.limits.get(path) ?? Infinity
    this.weight = options.weights.get(path) ?? (this.share === undefined ? 1 : Math.max(this.share.nominal, 1e-6))
  }

  get isRoot(): boolean {
    return this.parent === undefined
  }

  /** Most that it may hold. */
  get most(): number {
    const { share } = this
    return Math.min(this.limit, share === undefined ? Infinity : this.nominal * (1 + share.borrowing))
  }

  /** What nobody else may use of its own. */
  get kept(): number {
    return this.share === undefined ? 0 : this.nominal * (1 - this.share.lending)
  }
}

/** What an attempt needs, by resource. */
export type Needs = readonly { readonly resource: number; readonly amount: number }[]

/** All owners of a run. */
export class OwnerTree {
  readonly root: OwnerNode
  readonly clock: DecayClock
  readonly debts: DecayClock
  readonly #options: ReadShareOptions
  readonly #nodes = new Map<string, OwnerNode>()
  readonly #resources = new Map<string, number>()
  readonly #totals: number[] = []
  readonly #workers = new Map<string, Readonly<Record<string, number>>>()
  #ids = 0

  constructor(options: ReadShareOptions) {
    this.#options = options
    this.clock = new DecayClock(options.halfLifeMs === 0 ? Infinity : options.halfLifeMs)
    this.debts = new DecayClock(options.debtHalfLifeMs)
    this.root = new OwnerNode(this.#ids++, '', undefined, options)
    // Those who are promised something are there from the start: what they keep for themselves counts before they come.
    for (const path of options.shares.keys()) this.node(path)
  }

  get nodes(): Iterable<OwnerNode> {
    return this.#nodes.values()
  }

  find(path: string): OwnerNode | undefined {
    return this.#nodes.get(path)
  }

  /** The owner of that name; those above it come into being with it. */
  node(path: string): OwnerNode {
    const known = this.#nodes.get(path)
    if (known !== undefined) return known
    const above = ownerAbove(path)
    const parent = above === undefined ? this.root : this.node(above)
    const node = new OwnerNode(this.#ids++, path, parent, this.#options)
    parent.children.push(node)
    this.#nodes.set(path, node)
    return node
  }

  /** Where an owner's own tasks are counted: beside its members, as one of them. */
  leaf(owner: string): OwnerNode {
    return this.node(`${owner === '' ? nobody : owner}/`)
  }

  needs(amounts: Readonly<Record<string, number>>): Needs {
    return Object.entries(amounts).flatMap(([name, amount]) =>
      amount > 0 ? [{ resource: this.#resource(name), amount }] : [],
    )
  }

  /** All there is of a resource; 0 where no worker is known. */
  total(resource: number): number {
    return this.#totals[resource] ?? 0
  }

  /** The largest part of anything that amounts come to. */
  dominant(amounts: readonly number[]): number {
    let largest = 0
    for (let resource = 0; resource < amounts.length; resource++) {
      const total = this.#totals[resource] ?? 0
      const part = total > 0 ? (amounts[resource] ?? 0) / total : 0
      if (part > largest) largest = part
    }
    return largest
  }

  /** The same for needs. */
  dominantNeed(needs: Needs): number {
    return needs.reduce((largest, { resource, amount }) => {
      const total = this.total(resource)
      return total > 0 ? Math.max(largest, amount / total) : largest
    }, 0)
  }

  setWorker(id: string, capacity: Readonly<Record<string, number>> | undefined): void {
    this.#addCapacity(this.#workers.get(id), -1)
    if (capacity === undefined) this.#workers.delete(id)
    else this.#workers.set(id, capacity)
    this.#addCapacity(capacity, 1)
    // Sums of fractions never drift.
    if (this.#workers.size === 0) this.#totals.fill(0)
  }

  #addCapacity(capacity: Readonly<Record<string, number>> | undefined, sign: number): void {
    for (const [name, amount] of Object.entries(capacity ?? {})) {
      const resource = this.#resource(name)
      this.#totals[resource] = (this.#totals[resource] ?? 0) + sign * amount
    }
  }

  #resource(name: string): number {
    const known = this.#resources.get(name)
    if (known !== undefined) return known
    this.#resources.set(name, this.#resources.size)
    return this.#resources.size - 1
  }
}

/** Adds needs, times a factor, to amounts. */
export function addTo(amounts: number[], needs: Needs, factor: number): void {
  for (const { resource, amount } of needs) {
    // What is left of fractions that were given back is nothing.
    const sum = (amounts[resource] ?? 0) + factor * amount
    amounts[resource] = Math.abs(sum) < 1e-9 ? 0 : sum
  }
}
