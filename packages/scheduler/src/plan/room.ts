// What is free while a schedule is made: resources of each worker, locks and group limits. It also knows when all workers
// are full, so that nobody looks through a hundred thousand ready tasks to find that none fits.
import type { PlanProblem } from './plan-problem.ts'

/** Fractions that were taken and given back need not add up to the last digit. */
const rounding = 1e-9

/** Free resources and ledgers at one moment. */
export class Room {
  readonly #problem: PlanProblem
  readonly #free: Float64Array
  readonly #freeLedgers: Float64Array
  /** The least that any node takes of a resource, 0 where some take nothing. */
  readonly #least: Float64Array
  readonly #isOpen: Uint8Array
  #open = 0

  constructor(problem: PlanProblem) {
    this.#problem = problem
    this.#free = new Float64Array(problem.capacity.length)
    this.#freeLedgers = new Float64Array(problem.ledgerLimits.length)
    this.#least = leastDemands(problem)
    this.#isOpen = new Uint8Array(problem.workers)
  }

  /** Whether some worker might have room for something. */
  get isAnyOpen(): boolean {
    return this.#open > 0
  }

  /** Everything is free again. */
  clear(): void {
    this.#free.set(this.#problem.capacity)
    this.#freeLedgers.set(this.#problem.ledgerLimits)
    this.#isOpen.fill(1)
    this.#open = this.#problem.workers
  }

  hasLedgers(node: number): boolean {
    const { starts, packed } = this.#problem.ledgers
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++)
      if ((this.#freeLedgers[packed[at] ?? 0] ?? 0) < 1) return false
    return true
  }

  fits(node: number, worker: number): boolean {
    const { demands, resources } = this.#problem
    const base = worker * resources
    const end = demands.starts[node + 1] ?? 0
    for (let at = demands.starts[node] ?? 0; at < end; at++)
      if ((demands.amounts[at] ?? 0) > (this.#free[base + (demands.packed[at] ?? 0)] ?? 0) + rounding) return false
    return true
  }

  take(node: number, worker: number): void {
    this.#add(node, worker, -1)
  }

  release(node: number, worker: number): void {
    this.#add(node, worker, 1)
  }

  #add(node: number, worker: number, sign: number): void {
    const { demands, resources, ledgers } = this.#problem
    const base = worker * resources
    const end = demands.starts[node + 1] ?? 0
    for (let at = demands.starts[node] ?? 0; at < end; at++) {
      const column = base + (demands.packed[at] ?? 0)
      this.#free[column] = (this.#free[column] ?? 0) + sign * (demands.amounts[at] ?? 0)
    }
    for (let at = ledgers.starts[node] ?? 0; at < (ledgers.starts[node + 1] ?? 0); at++) {
      const ledger = ledgers.packed[at] ?? 0
      this.#freeLedgers[ledger] = (this.#freeLedgers[ledger] ?? 0) + sign
    }
    let isOpen = 1
    for (let r = 0; r < resources; r++) if ((this.#free[base + r] ?? 0) + rounding < (this.#least[r] ?? 0)) isOpen = 0
    this.#open += isOpen - (this.#isOpen[worker] ?? 0)
    this.#isOpen[worker] = isOpen
  }
}

function leastDemands({ nodes, runs, resources, demands }: PlanProblem): Float64Array {
  const least = new Float64Array(resources).fill(Infinity)
  const taken = new Float64Array(resources)
  for (let node = 0; node < nodes; node++) {
    if (runs[node] !== 1) continue
    taken.fill(0)
    for (let at = demands.starts[node] ?? 0; at < (demands.starts[node + 1] ?? 0); at++)
      taken[demands.packed[at] ?? 0] = demands.amounts[at] ?? 0
    for (let r = 0; r < resources; r++) least[r] = Math.min(least[r] ?? 0, taken[r] ?? 0)
  }
  return least
}
