// Schedules made from both ends. One made forwards and read backwards says in which order to make the next from its end, and
// that one is never longer ("justification", Valls, Ballestín and Quintanilla 2005): what ended last is placed first, as
// near to the end as it goes. A search that changes sides at each generation has this for nothing.
import { ParallelScheduler } from './parallel-schedule.ts'
import { type PlanProblem, reversed, type Schedule } from './plan-problem.ts'
import { endsOf } from './rehearse.ts'
import { SerialScheduler } from './serial-schedule.ts'

/** The end from which a schedule was made: 0 forwards in time, 1 backwards. */
export type Side = 0 | 1

/** Which of the two ways to make a schedule: 1 where nothing may wait that could run. */
export type Way = 'serial' | 'parallel'

/** A schedule, and the order in which to make the next from its other end. */
export interface SidedSchedule {
  readonly side: Side
  /** How its children are made, as a rule. */
  readonly way: Way
  readonly schedule: Schedule
  readonly makespanMs: number
  /** When the work of all tasks lies on average: the sooner, the more room is left at the other end. */
  readonly centreMs: number
  /** Counted from the end it was made from. */
  readonly endsMs: Float64Array
  /** Nodes by their end, the last first. */
  readonly order: Int32Array
  /** Whether the next from its other end was no shorter. */
  isSettled: boolean
}

/** Makes schedules from either end, counts them and keeps the shortest. */
export class TwoSided {
  readonly #problems: readonly [PlanProblem, PlanProblem]
  readonly #serial: readonly [SerialScheduler, SerialScheduler]
  readonly #parallel: readonly [ParallelScheduler, ParallelScheduler]
  /** Where a node stands among those that have to wait for one another, by side. */
  readonly #places: readonly [Int32Array, Int32Array]
  readonly #energy: Float64Array
  #passes = 0
  #best: SidedSchedule | undefined

  /** `energy` is what each node takes of everything, times how long. */
  constructor(problem: PlanProblem, energy: Float64Array) {
    this.#energy = energy
    const backward = reversed(problem)
    this.#problems = [problem, backward]
    this.#serial = [new SerialScheduler(problem), new SerialScheduler(backward)]
    this.#parallel = [new ParallelScheduler(problem), new ParallelScheduler(backward)]
    this.#places = [placesOf(problem.order), placesOf(backward.order)]
  }

  /** Schedules made so far. */
  get passes(): number {
    return this.#passes
  }

  /** The shortest so far. */
  get best(): SidedSchedule | undefined {
    return this.#best
  }

  /** Makes a schedule in the order that a list has, as far as edges allow, and serially where it is to stay as it is. */
  make(side: Side, way: Way, order: Int32Array, isKept = false): SidedSchedule {
    const ranks = placesOf(order)
    const schedule = (way === 'parallel' && !isKept ? this.#parallel : this.#serial)[side].generate(ranks)
    this.#passes++
    const endsMs = endsOf(this.#problems[side], schedule)
    const places = this.#places[side === 0 ? 1 : 0]
    const next = order
      .slice()
      .sort((a, b) => (endsMs[b] ?? 0) - (endsMs[a] ?? 0) || (places[a] ?? 0) - (places[b] ?? 0))
    const { makespanMs } = schedule
    const centreMs = meanOf(endsMs, this.#energy)
    const made = { side, way, schedule, makespanMs, centreMs, endsMs, order: next, isSettled: false }
    if (this.#best === undefined || makespanMs < this.#best.makespanMs) this.#best = made
    return made
  }

  /** The shortest as it runs. One that was made from the end is made once more from the beginning. */
  bestForwards(): Schedule | undefined {
    if (this.#best === undefined || this.#best.side === 0) return this.#best?.schedule
    const { schedule, makespanMs, order, endsMs } = this.#best
    const again = this.make(0, 'serial', order)
    if (again.makespanMs <= makespanMs) return again.schedule
    // Where workers differ the order may lead elsewhere: then it runs as it was made.
    return { makespanMs, workers: schedule.workers, startsMs: endsMs.map((endMs) => Math.max(0, makespanMs - endMs)) }
  }
}

/** Whether one is shorter than another, or as long with its work lying no later. */
export function isNoWorse(one: SidedSchedule, other: SidedSchedule): boolean {
  return one.makespanMs < other.makespanMs || (one.makespanMs === other.makespanMs && one.centreMs <= other.centreMs)
}

function meanOf(values: Float64Array, weights: Float64Array): number {
  let sum = 0
  let weight = 0
  for (let at = 0; at < values.length; at++) {
    sum += (values[at] ?? 0) * (weights[at] ?? 0)
    weight += weights[at] ?? 0
  }
  return weight === 0 ? 0 : sum / weight
}

/** Where each node stands in a list. */
function placesOf(list: Int32Array): Int32Array {
  const places = new Int32Array(list.length)
  for (let at = 0; at < list.length; at++) places[list[at] ?? 0] = at
  return places
}
