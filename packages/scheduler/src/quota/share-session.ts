// Shares of owners in one run: a fold over what happened, and what follows from it for lanes. A lane is an owner, and with
// quotas an owner and what its tasks need, so that a lane is shut exactly while its tasks would go beyond what is allowed.
import type { Happening, Preemption, PreemptionQuestion, TaskView } from '@muster/core'
import { effectiveNeeds } from '../strategies/resource-fit.ts'
import { type Refusal, refuse } from '../pipeline/plugin.ts'
import { adjustShares } from './adjust-shares.ts'
import { type LoanEntry, Loans } from './loans.ts'
import { ownerOf } from './owner-path.ts'
import { addTo, type Needs, type OwnerNode, OwnerTree } from './owner-tree.ts'
import { askGate, isPromised, pathOf } from './quota-gate.ts'
import { findReclaim } from './find-reclaim.ts'
import type { ReadShareOptions } from './share-options.ts'

interface Lane {
  readonly name: string
  readonly leaf: OwnerNode
  readonly needs: Needs
  /** Tasks that were seen to wait in it, by handle; some may have gone another way since. */
  readonly waiting: Map<number, TaskView>
}

interface Held {
  readonly path: readonly OwnerNode[]
  readonly needs: Needs
  readonly sinceMs: number
  isLeaving: boolean
}

/** What is told of shares while a run goes on. */
export interface ShareListeners {
  /** Hears every loan, its end, and whether it was taken back. @defaultValue nobody listens */
  readonly onLoan?: ((entry: LoanEntry) => void) | undefined
}

/** The owners of one run. */
export class ShareSession {
  readonly tree: OwnerTree
  readonly #options: ReadShareOptions
  readonly #loans: Loans
  readonly #lanes = new Map<string, Lane>()
  readonly #held = new Map<number, Held>()
  /** Who is given a place that is about to be free, by the task that leaves it. */
  readonly #promisedTo = new Map<
    number,
    { readonly task: number; readonly path: readonly OwnerNode[]; readonly needs: Needs }
  >()
  /** Lanes whose tasks would borrow: what others start may shut them. */
  readonly #borrowing = new Set<string>()
  readonly #hasGate: boolean
  /** Run time of what happened last. */
  #nowMs = 0
  #nextAdjustMs: number
  /** When keys that stand still are worked out again: what was used fades meanwhile. */
  #nextRefreshMs: number

  constructor(options: ReadShareOptions, { onLoan }: ShareListeners) {
    this.#options = options
    this.tree = new OwnerTree(options)
    this.#loans = new Loans(this.tree, onLoan)
    this.#hasGate = options.shares.size > 0 || options.limits.size > 0
    this.#nextAdjustMs = options.adjust?.everyMs ?? Infinity
    this.#nextRefreshMs = this.#refreshMs
  }

  lane(task: TaskView): string {
    const owner = ownerOf(task.definition)
    const amounts = this.#hasGate ? effectiveNeeds(task.definition) : undefined
    const name = amounts === undefined ? owner : `${owner} ${textOf(amounts)}`
    let lane = this.#lanes.get(name)
    if (lane === undefined) {
      lane = { name, leaf: this.tree.leaf(owner), needs: this.tree.needs(amounts ?? {}), waiting: new Map() }
      this.#lanes.set(name, lane)
    }
    if (this.#options.reclaim && this.#options.shares.size > 0) lane.waiting.set(task.handle, task)
    return name
  }

  laneKey(name: string): readonly number[] | Refusal {
    const lane = this.#lanes.get(name)
    if (lane === undefined) return [0]
    const { leaf, needs } = lane
    if (!this.#hasGate) return this.#fairKey(leaf)
    const answer = askGate(this.tree, leaf, needs)
    switch (answer.kind) {
      case 'shut':
        this.#borrowing.delete(name)
        return refuse(answer.because, 'capacity')
      case 'own':
        this.#borrowing.delete(name)
        return [0, 0, ...this.#fairKey(leaf)]
      case 'borrowed': {
        this.#borrowing.add(name)
        const { borrower } = answer
        // Who has borrowed yields to who has not, until that is balanced.
        return [1, borrower.debt / borrower.weight, ...this.#fairKey(leaf)]
      }
    }
  }

  observe(happening: Happening): readonly string[] | undefined {
    this.#nowMs = happening.atMs
    const lanes = this.#hear(happening)
    if (this.#nowMs < this.#nextRefreshMs) return lanes
    this.#nextRefreshMs = this.#nowMs + this.#refreshMs
    return this.#allLanes()
  }

  #hear(happening: Happening): readonly string[] | undefined {
    switch (happening.kind) {
      case 'launched':
        return this.#launched(happening.task, happening.atMs)
      case 'ended':
        return this.#closed(happening.task.handle, happening.atMs, false)
      case 'lost':
        return this.#closed(happening.task.handle, happening.atMs, happening.cause === 'pre-empted')
      case 'pre-empting':
        this.#preempting(happening.task.handle, happening.beneficiary)
        return undefined
      case 'lane-filled':
        return this.#filled(happening.lane, true)
      case 'lane-emptied':
        return this.#filled(happening.lane, false)
      case 'worker-joined':
        this.tree.setWorker(happening.worker.definition.id, happening.worker.definition.capacity)
        return this.#allLanes()
      case 'worker-left':
        this.tree.setWorker(happening.worker.definition.id, undefined)
        return this.#allLanes()
    }
  }

  /** Somebody who was promised a place, and who has borrowed one: the one that has to make room. */
  preempts({ allows }: PreemptionQuestion): Preemption | undefined {
    if (!this.#options.reclaim || this.#loans.size === 0) return undefined
    const claimants: Lane[] = []
    for (const lane of this.#lanes.values()) {
      if (lane.waiting.size > 0 && isPromised(this.tree, lane.leaf, lane.needs)) claimants.push(lane)
    }
    if (claimants.length === 0) return undefined
    claimants.sort((a, b) => compare(this.#fairKey(a.leaf), this.#fairKey(b.leaf)))
    const busy = new Set([...this.#promisedTo.values()].map(({ task }) => task))
    return findReclaim({
      tree: this.tree,
      claimants: claimants.map(({ leaf, waiting }) => ({
        leaf,
        waiting: [...waiting.keys()].filter((task) => !busy.has(task)),
      })),
      loans: [...this.#loans.all()].filter(({ task }) => this.#held.get(task)?.isLeaving === false),
      allows,
    })
  }

  /** How early an owner goes: who holds and held least of its dominant resource for its weight, level by level. */
  #fairKey(leaf: OwnerNode): readonly number[] {
    const key: number[] = []
    for (const node of pathOf(leaf)) {
      const past = this.#options.halfLifeMs === 0 ? 0 : this.tree.clock.mean(this.tree.dominant(node.used), this.#nowMs)
      key.push((this.tree.dominant(node.held) + past) / node.weight, node.id)
    }
    return key
  }

  /** A small part of a half-life; without one nothing fades, and means fall the slower the longer the run is. */
  get #refreshMs(): number {
    const { halfLifeMs } = this.#options
    return halfLifeMs === 0 ? Infinity : Math.min(halfLifeMs / 32, 60_000)
  }

  #launched(task: TaskView, atMs: number): readonly string[] {
    const { definition, handle } = task
    const leaf = this.tree.leaf(ownerOf(definition))
    const path = [this.tree.root, ...pathOf(leaf)]
    const needs = this.tree.needs(effectiveNeeds(definition))
    this.#renew(atMs)
    const answer = this.#options.shares.size > 0 ? askGate(this.tree, leaf, needs) : undefined
    if (answer !== undefined && answer.kind !== 'own') {
      const borrower = answer.kind === 'borrowed' ? answer.borrower : leaf
      const share = this.tree.dominantNeed(needs)
      this.#loans.lend(handle, { borrower, needs, share, atMs, name: definition.id })
    }
    for (const node of path) {
      addTo(node.held, needs, 1)
      node.open++
    }
    this.#held.set(handle, { path, needs, sinceMs: atMs, isLeaving: false })
    this.#laneOf(task)?.waiting.delete(handle)
    return this.#moved(path)
  }

  #closed(task: number, atMs: number, isReclaimed: boolean): readonly string[] | undefined {
    const held = this.#held.get(task)
    if (held === undefined) return undefined
    this.#held.delete(task)
    this.#renew(atMs)
    const { path, needs, sinceMs, isLeaving } = held
    const counts = this.tree.clock.span(sinceMs, atMs)
    for (const node of path) {
      addTo(node.held, needs, -1)
      addTo(node.used, needs, counts)
      node.open--
      if (node.open === 0) node.held.fill(0)
      if (isLeaving) addTo(node.leaving, needs, -1)
    }
    this.#loans.giveBack(task, atMs, isReclaimed)
    this.#keepPromise(task)
    return this.#isAdjusted(atMs) ? this.#allLanes() : this.#moved(path)
  }

  #preempting(victim: number, beneficiary: TaskView): void {
    const held = this.#held.get(victim)
    if (held === undefined || held.isLeaving) return
    held.isLeaving = true
    for (const node of held.path) addTo(node.leaving, held.needs, 1)
    const path = pathOf(this.tree.leaf(ownerOf(beneficiary.definition)))
    const needs = this.tree.needs(effectiveNeeds(beneficiary.definition))
    for (const node of path) addTo(node.pending, needs, 1)
    this.#promisedTo.set(victim, { task: beneficiary.handle, path, needs })
  }

  /** The place is free: from now on its new task counts by being launched. */
  #keepPromise(victim: number): void {
    const promised = this.#promisedTo.get(victim)
    if (promised === undefined) return
    this.#promisedTo.delete(victim)
    for (const node of promised.path) addTo(node.pending, promised.needs, -1)
  }

  /** What is asked of a lane that was empty may be long ago. */
  #filled(name: string, isFilled: boolean): readonly string[] | undefined {
    const lane = this.#lanes.get(name)
    if (lane === undefined) return undefined
    for (const node of [this.tree.root, ...pathOf(lane.leaf)]) {
      if (isFilled) node.lanes.add(name)
      else node.lanes.delete(name)
    }
    if (!isFilled) {
      lane.waiting.clear()
      this.#borrowing.delete(name)
    }
    return isFilled ? [name] : undefined
  }

  /** Lanes whose keys are others since somebody on the path holds more or less. */
  #moved(path: readonly OwnerNode[]): readonly string[] {
    const top = path[1]
    const lanes = top === undefined ? [] : [...top.lanes]
    if (this.#borrowing.size === 0) return lanes
    return [...new Set([...lanes, ...this.#borrowing])]
  }

  #allLanes(): readonly string[] {
    return [...this.tree.root.lanes]
  }

  #laneOf({ definition }: TaskView): Lane | undefined {
    const owner = ownerOf(definition)
    return this.#lanes.get(this.#hasGate ? `${owner} ${textOf(effectiveNeeds(definition))}` : owner)
  }

  #renew(atMs: number): void {
    const factor = this.tree.clock.renew(atMs)
    const debtFactor = this.tree.debts.renew(atMs)
    if (factor === 1 && debtFactor === 1) return
    for (const node of [this.tree.root, ...this.tree.nodes]) {
      for (const [resource, used] of node.used.entries()) node.used[resource] = used * factor
      node.debt *= debtFactor
    }
  }

  #isAdjusted(atMs: number): boolean {
    const { adjust } = this.#options
    if (adjust === undefined || atMs < this.#nextAdjustMs) return false
    this.#nextAdjustMs = (Math.floor(atMs / adjust.everyMs) + 1) * adjust.everyMs
    for (const node of [this.tree.root, ...this.tree.nodes]) {
      const level = node.children.filter(({ share }) => share !== undefined)
      const used = level.map((child) => this.tree.clock.mean(this.tree.dominant(child.used), atMs))
      const shares = adjustShares(
        level.map(({ promised }, at) => ({ promised, used: used[at] ?? 0 })),
        adjust.most,
      )
      for (const [at, child] of level.entries()) child.nominal = shares[at] ?? child.promised
    }
    return true
  }
}

function textOf(amounts: Readonly<Record<string, number>>): string {
  return Object.entries(amounts)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, amount]) => `${name}=${amount}`)
    .join(' ')
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, left] of a.entries()) {
    const right = b[at] ?? 0
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}
