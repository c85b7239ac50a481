// Improves who runs what where tasks are independent and every worker runs one at a time: then only the loads count. Tasks
// of the fullest worker move away or change places until that helps no more; then a few are thrown about and it begins
// anew from there (iterated local search; the neighbourhood is that of Ghirardi and Potts 2005).
import type { PlanProblem, Schedule } from './plan-problem.ts'
import { assignBySufferage } from './assign-by-sufferage.ts'

/** What is improved, and for how long. */
export interface AssignmentSearch {
  readonly problem: PlanProblem
  /** What no assignment can beat. */
  readonly boundMs: number
  readonly roll: () => number
  /** Assignments that are worked out, the first included: each goes down to where no move helps. */
  readonly passes: number
  readonly isTimeUp: () => boolean
}

/** Whether only loads count: no edges, no ledgers, and never room for two on one worker. */
export function isAssignment({
  nodes,
  workers,
  runs,
  leaders,
  ledgers,
  demands,
  resources,
  capacity,
}: PlanProblem): boolean {
  if (ledgers.packed.length > 0) return false
  const least = new Float64Array(resources).fill(Infinity)
  const taken = new Float64Array(resources)
  for (let node = 0; node < nodes; node++) {
    if (runs[node] !== 1) continue
    if (leaders.starts[node] !== leaders.starts[node + 1]) return false
    taken.fill(0)
    for (let at = demands.starts[node] ?? 0; at < (demands.starts[node + 1] ?? 0); at++)
      taken[demands.packed[at] ?? 0] = demands.amounts[at] ?? 0
    for (let r = 0; r < resources; r++) least[r] = Math.min(least[r] ?? 0, taken[r] ?? 0)
  }
  return Array.from({ length: workers }, (_, worker) => worker).every((worker) =>
    least.some((amount, r) => amount * 2 > (capacity[worker * resources + r] ?? 0) + 1e-9),
  )
}

/** The best assignment that was found, as a schedule, and how many were worked out. */
export function searchAssignment(search: AssignmentSearch): { readonly schedule: Schedule; readonly passes: number } {
  const { problem, boundMs, roll, isTimeUp } = search
  const loads = new Loads(problem, assignBySufferage(problem))
  let passes = 1
  loads.descend()
  let best = loads.assigned.slice()
  let bestCost = loads.cost()
  let kept = best
  let keptCost = bestCost
  while (passes < search.passes && bestCost.makespanMs > boundMs && !isTimeUp()) {
    loads.reset(kept)
    loads.kick(roll)
    loads.descend()
    passes++
    const cost = loads.cost()
    // A little worse is kept now and then: the way to a better one leads there.
    if (isLess(cost, keptCost) || roll() < 0.02) [kept, keptCost] = [loads.assigned.slice(), cost]
    if (isLess(cost, bestCost)) [best, bestCost] = [loads.assigned.slice(), cost]
  }
  return { schedule: oneAfterAnother(problem, best), passes }
}

interface Cost {
  readonly makespanMs: number
  readonly squares: number
}

function isLess(one: Cost, other: Cost): boolean {
  return one.makespanMs < other.makespanMs || (one.makespanMs === other.makespanMs && one.squares < other.squares)
}

/** Who runs what, and how long each worker is busy. */
class Loads {
  readonly assigned: Int32Array
  readonly #problem: PlanProblem
  readonly #nodes: Int32Array
  readonly #loads: Float64Array

  constructor(problem: PlanProblem, assigned: Int32Array) {
    this.#problem = problem
    this.assigned = assigned.slice()
    this.#nodes = Int32Array.from(assigned.keys()).filter((node) => (assigned[node] ?? -1) >= 0)
    this.#loads = new Float64Array(problem.workers)
    this.reset(assigned)
  }

  reset(assigned: Int32Array): void {
    this.assigned.set(assigned)
    this.#loads.fill(0)
    for (const node of this.#nodes) this.#add(node, this.assigned[node] ?? 0, 1)
  }

  cost(): Cost {
    return {
      makespanMs: this.#loads.reduce((a, b) => Math.max(a, b), 0),
      squares: this.#loads.reduce((a, b) => a + b * b, 0),
    }
  }

  /** Relieves the fullest worker until no move and no change of places does. */
  descend(): void {
    while (this.#relieve());
  }

  /** Some tasks go to some other worker that suits them, the quicker ones rather. */
  kick(roll: () => number): void {
    const { suited, workers, durations } = this.#problem
    const count = 2 + Math.floor(roll() * 4)
    for (let i = 0; i < count; i++) {
      const node = this.#nodes[Math.floor(roll() * this.#nodes.length)] ?? 0
      const from = suited.starts[node] ?? 0
      const size = (suited.starts[node + 1] ?? 0) - from
      const draw = (): number => suited.packed[from + Math.floor(roll() * size)] ?? 0
      const time = (worker: number): number => durations[node * workers + worker] ?? 0
      let to = draw()
      for (let tries = 0; tries < 3; tries++) {
        const other = draw()
        if (time(other) < time(to)) to = other
      }
      this.#move(node, to)
    }
  }

  #relieve(): boolean {
    const loads = this.#loads
    let full = 0
    for (let worker = 1; worker < loads.length; worker++) if ((loads[worker] ?? 0) > (loads[full] ?? 0)) full = worker
    const fullMs = loads[full] ?? 0
    let best: (() => void) | undefined
    let bestGain = 1e-9
    for (const node of this.#nodes) {
      if (this.assigned[node] !== full) continue
      const leftMs = fullMs - this.#time(node, full)
      const { suited } = this.#problem
      for (let at = suited.starts[node] ?? 0; at < (suited.starts[node + 1] ?? 0); at++) {
        const to = suited.packed[at] ?? 0
        if (to === full) continue
        const toMs = (loads[to] ?? 0) + this.#time(node, to)
        const gain = squaresLost([fullMs, loads[to] ?? 0], [leftMs, toMs])
        if (toMs >= fullMs || gain <= bestGain) continue
        bestGain = gain
        best = () => {
          this.#move(node, to)
        }
      }
      for (const other of this.#nodes) {
        const to = this.assigned[other] ?? 0
        if (to === full) continue
        const toMs = (loads[to] ?? 0) + this.#time(node, to) - this.#time(other, to)
        const hereMs = leftMs + this.#time(other, full)
        if (toMs >= fullMs || hereMs >= fullMs) continue
        const gain = squaresLost([fullMs, loads[to] ?? 0], [hereMs, toMs])
        if (gain <= bestGain) continue
        bestGain = gain
        best = () => {
          this.#move(node, to)
          this.#move(other, full)
        }
      }
    }
    best?.()
    return best !== undefined
  }

  #time(node: number, worker: number): number {
    const { durations, workers } = this.#problem
    return durations[node * workers + worker] ?? Infinity
  }

  #move(node: number, to: number): void {
    this.#add(node, this.assigned[node] ?? 0, -1)
    this.assigned[node] = to
    this.#add(node, to, 1)
  }

  #add(node: number, worker: number, sign: number): void {
    this.#loads[worker] = (this.#loads[worker] ?? 0) + sign * this.#time(node, worker)
  }
}

/** How much two loads come down, the larger counting more. */
function squaresLost(before: readonly [number, number], after: readonly [number, number]): number {
  return before[0] ** 2 + before[1] ** 2 - after[0] ** 2 - after[1] ** 2
}

/** The tasks of each worker one after another, the longest first, so that what goes wrong shows early. */
export function oneAfterAnother({ nodes, workers, durations, runs }: PlanProblem, assigned: Int32Array): Schedule {
  const startsMs = new Float64Array(nodes)
  const loads = new Float64Array(workers)
  const time = (node: number): number => durations[node * workers + (assigned[node] ?? 0)] ?? 0
  const order = Array.from({ length: nodes }, (_, node) => node).filter((node) => runs[node] === 1)
  for (const node of order.sort((a, b) => time(b) - time(a) || a - b)) {
    const worker = assigned[node] ?? 0
    startsMs[node] = loads[worker] ?? 0
    loads[worker] = (loads[worker] ?? 0) + time(node)
  }
  return { startsMs, workers: assigned, makespanMs: loads.reduce((a, b) => Math.max(a, b), 0) }
}
