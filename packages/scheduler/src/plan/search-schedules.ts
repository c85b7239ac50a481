// Looks for a short schedule by breeding: orders that make short schedules are crossed, their children made from the other
// end, and so to and fro (the bi-population genetic algorithm of Debels and Vanhoucke 2005, with both ways of making a
// schedule, each child inheriting that of its first parent as in Hartmann 2002). The reasons for each number are in
// docs/decisions/0024-planner.md.
import { crossed } from './cross-schedules.ts'
import { diceFrom } from './dice.ts'
import { type PlanProblem, reversed, type Schedule } from './plan-problem.ts'
import { tailsOf } from './rehearse.ts'
import { isNoWorse, type Side, type SidedSchedule, TwoSided, type Way } from './two-sided.ts'

/** What is searched, and for how long. */
export interface ScheduleSearch {
  readonly problem: PlanProblem
  /** The least that each node can take, in milliseconds. */
  readonly leastMs: Float64Array
  /** What no schedule can beat: one as short ends the search. */
  readonly boundMs: number
  readonly seed: number
  /** Schedules that may be made; how many are bred at a time follows from it. */
  readonly passes: number
  /** Whether the time is up; asked before each schedule. */
  readonly isTimeUp: () => boolean
}

/** The shortest schedule that was found, and how many were made. */
export interface FoundSchedule {
  readonly schedule: Schedule
  readonly passes: number
}

/** Share of first schedules that are made the parallel way. */
const parallelShare = 0.35
/** How often a child is made the other way than its first parent. */
const wayFlips = 0.15
/** Tasks of a child that are moved, on average; more where its parents are alike, since nothing new would come of it. */
const moves = 1
const movesOfLike = 6

/** Searches until the passes or the time are used up, or nothing shorter can exist. */
export function searchSchedules(search: ScheduleSearch): FoundSchedule {
  const breeder = new Breeder(search)
  breeder.run()
  return breeder.found()
}

class Breeder {
  readonly #search: ScheduleSearch
  readonly #sides: TwoSided
  readonly #roll: () => number
  readonly #energy: Float64Array
  readonly #tails: readonly [Float64Array, Float64Array]
  readonly #size: number
  readonly #patience: number
  readonly #aloneShare: number
  #firsts = 0

  constructor(search: ScheduleSearch) {
    const { problem, leastMs, passes, seed } = search
    this.#search = search
    this.#energy = energyOf(problem, leastMs)
    this.#sides = new TwoSided(problem, this.#energy)
    this.#roll = diceFrom(seed)
    this.#tails = [tailsOf(problem, leastMs), tailsOf(reversed(problem), leastMs)]
    this.#size = Math.min(40, Math.max(8, Math.round(6 * Math.sqrt(passes / Math.max(1, problem.nodes)))))
    this.#patience = Math.max(400, 16 * problem.nodes)
    // The more tasks, the longer a schedule goes on getting shorter from end to end by itself.
    this.#aloneShare = Math.min(0.25, Math.max(0, problem.nodes - 30) / 360)
  }

  /** Breeds, and begins anew with other parents where nothing gets better any more. */
  run(): void {
    while (!this.#isOver()) this.#breed()
  }

  found(): FoundSchedule {
    // An empty problem has made none yet, and one pass is always allowed.
    if (this.#sides.best === undefined) this.#first(0)
    const schedule = this.#sides.bestForwards() ?? this.#first(0).schedule
    return { schedule, passes: this.#sides.passes }
  }

  #isOver(): boolean {
    const { passes, best } = this.#sides
    // One is kept for the last, which makes the shortest from its beginning.
    if (best !== undefined && passes + 1 >= this.#search.passes) return true
    return (best !== undefined && best.makespanMs <= this.#search.boundMs) || this.#search.isTimeUp()
  }

  #breed(): void {
    const firsts: SidedSchedule[] = []
    while (firsts.length < this.#size && !this.#isOver()) firsts.push(this.#first(0))
    let parents: readonly SidedSchedule[] = firsts
    // What was made from the other end, the best of all generations.
    let others: readonly SidedSchedule[] = []
    let shortestMs = Infinity
    let since = this.#sides.passes
    while (!this.#isOver() && this.#sides.passes - since <= this.#patience) {
      const children: SidedSchedule[] = []
      for (let at = 0; at < parents.length && !this.#isOver(); at++) {
        const child = this.#child(parents, at)
        children.push(child)
        if (child.makespanMs >= shortestMs) continue
        shortestMs = child.makespanMs
        since = this.#sides.passes
      }
      ;[parents, others] = [survivors([...children, ...others], this.#size), parents]
    }
  }

  /** A schedule by the longest chain behind each task, more or less; the first two by exactly that. */
  #first(side: Side): SidedSchedule {
    const nth = this.#firsts++
    const spread = nth < 2 ? 0 : this.#roll()
    const tails = this.#tails[side]
    const { leastMs } = this.#search
    const key = tails.map((ms, node) => (ms - (leastMs[node] ?? 0) / 2) * (1 + spread * (2 * this.#roll() - 1)))
    const order = Int32Array.from(key.keys()).sort((a, b) => (key[b] ?? 0) - (key[a] ?? 0) || a - b)
    const isParallel = nth < 2 ? nth === 0 : this.#roll() < parallelShare
    return this.#sides.make(side, isParallel ? 'parallel' : 'serial', order)
  }

  #child(parents: readonly SidedSchedule[], at: number): SidedSchedule {
    const one = parents[at] ?? this.#first(0)
    const other = this.#better(parents) ?? one
    const [first, second] = this.#roll() < 0.5 ? [one, other] : [other, one]
    const side = first.side === 0 ? 1 : 0
    if (!first.isSettled && this.#roll() < this.#aloneShare) {
      const alone = this.#sides.make(side, first.way, first.order, true)
      first.isSettled = alone.isSettled = alone.makespanMs >= first.makespanMs
      return alone
    }
    const order = crossed({ first, second, length: this.#length(first.order.length), energy: this.#energy })
    this.#move(order, areAlike(first, second) ? movesOfLike : moves)
    return this.#sides.make(side, this.#roll() < wayFlips ? otherWay(first.way) : first.way, order)
  }

  /** The better of two that are drawn. */
  #better(parents: readonly SidedSchedule[]): SidedSchedule | undefined {
    const draw = (): SidedSchedule | undefined => parents[Math.floor(this.#roll() * parents.length)]
    const [one, other] = [draw(), draw()]
    return one === undefined || other === undefined || isNoWorse(one, other) ? one : other
  }

  #length(nodes: number): number {
    const least = Math.min(nodes / 4, 7)
    const most = Math.min((nodes * 3) / 4, 12 + (nodes * 3) / 10)
    return Math.max(1, Math.floor(least + (most - least) * this.#roll()))
  }

  /** Moves some nodes by up to a tenth of the list. */
  #move(order: Int32Array, count: number): void {
    const nodes = order.length
    for (let at = 0; at < nodes; at++) {
      if (this.#roll() * nodes >= count) continue
      const by = Math.floor(((this.#roll() * 2 - 1) * nodes) / 10)
      const to = Math.min(nodes - 1, Math.max(0, at + by))
      const node = order[at] ?? 0
      if (to > at) order.copyWithin(at, at + 1, to + 1)
      else order.copyWithin(to + 1, to, at)
      order[to] = node
    }
  }
}

/** The best, each of them once as far as there are enough that differ. */
function survivors(all: readonly SidedSchedule[], size: number): readonly SidedSchedule[] {
  const sorted = all.toSorted((a, b) => a.makespanMs - b.makespanMs || a.centreMs - b.centreMs)
  const differs = (one: SidedSchedule, at: number): boolean => {
    const before = sorted[at - 1]
    return before === undefined || one.makespanMs !== before.makespanMs || one.centreMs !== before.centreMs
  }
  const different = sorted.filter(differs)
  const alike = sorted.filter((one, at) => !differs(one, at))
  return [...different, ...alike].slice(0, size)
}

function otherWay(way: Way): Way {
  return way === 'serial' ? 'parallel' : 'serial'
}

/** Whether at most a tenth of the nodes end at different times. */
function areAlike(one: SidedSchedule, other: SidedSchedule): boolean {
  if (one.makespanMs !== other.makespanMs) return false
  let different = 0
  for (let node = 0; node < one.endsMs.length; node++) if (one.endsMs[node] !== other.endsMs[node]) different++
  return different <= one.endsMs.length / 10
}

/** Share of all there is of each resource, times duration. */
function energyOf({ nodes, demands, resources, capacity }: PlanProblem, leastMs: Float64Array): Float64Array {
  const total = new Float64Array(resources)
  for (let at = 0; at < capacity.length; at++)
    total[at % resources] = (total[at % resources] ?? 0) + (capacity[at] ?? 0)
  const energy = new Float64Array(nodes)
  for (let node = 0; node < nodes; node++) {
    let share = 0
    for (let at = demands.starts[node] ?? 0; at < (demands.starts[node + 1] ?? 0); at++)
      share += (demands.amounts[at] ?? 0) / (total[demands.packed[at] ?? 0] ?? 1)
    energy[node] = share * (leastMs[node] ?? 0)
  }
  return energy
}
