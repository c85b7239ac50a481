// Makes a schedule task by task instead of moment by moment ("serial generation", Kelley 1963): each goes to the earliest
// place at which it fits, also before others that were placed earlier. Some shortest schedule can always be made this way,
// which is not so where nothing may wait that could run.
import type { PlanProblem, Schedule } from './plan-problem.ts'
import { Timeline } from './timeline.ts'

/** Schedules in which nothing could begin earlier without something else beginning later. */
export class SerialScheduler {
  readonly #problem: PlanProblem
  readonly #leaderCounts: Int32Array
  readonly #waiting: Int32Array
  readonly #heap: Int32Array
  readonly #timelines: readonly Timeline[]
  readonly #shared: Timeline | undefined
  readonly #ends: Float64Array
  readonly #onWorker: { columns: Int32Array; amounts: Float64Array; from: number; to: number }
  readonly #onShared: { columns: Int32Array; amounts: Float64Array; from: number; to: number }

  constructor(problem: PlanProblem) {
    const { nodes, workers, resources, capacity, demands, leaders, ledgers, ledgerLimits } = problem
    this.#problem = problem
    this.#leaderCounts = Int32Array.from(
      { length: nodes },
      (_, node) => (leaders.starts[node + 1] ?? 0) - (leaders.starts[node] ?? 0),
    )
    this.#waiting = new Int32Array(nodes)
    this.#heap = new Int32Array(nodes)
    this.#ends = new Float64Array(nodes)
    this.#timelines = Array.from(
      { length: workers },
      (_, worker) => new Timeline(capacity.slice(worker * resources, (worker + 1) * resources), nodes),
    )
    this.#shared = ledgerLimits.length === 0 ? undefined : new Timeline(ledgerLimits, nodes)
    this.#onWorker = { columns: demands.packed, amounts: demands.amounts, from: 0, to: 0 }
    const ones = new Float64Array(ledgers.packed.length).fill(1)
    this.#onShared = { columns: ledgers.packed, amounts: ones, from: 0, to: 0 }
  }

  /**
   * The schedule by ranks, the smaller the earlier of those whose leaders have their places. Each node runs where it ends
   * first, or where `assigned` says.
   */
  generate(ranks: Int32Array, assigned?: Int32Array): Schedule {
    const { nodes, runs, followers } = this.#problem
    const startsMs = new Float64Array(nodes)
    const placedOn = new Int32Array(nodes).fill(-1)
    const ends = this.#ends
    const waiting = this.#waiting
    waiting.set(this.#leaderCounts)
    for (const timeline of this.#timelines) timeline.clear()
    this.#shared?.clear()
    let size = 0
    for (let node = 0; node < nodes; node++) if (waiting[node] === 0) this.#push(node, size++, ranks)
    let makespanMs = 0
    while (size > 0) {
      const node = this.#pop(size--, ranks)
      if (runs[node] === 1) this.#place(node, this.#readyMs(node), { startsMs, placedOn, assigned })
      else ends[node] = startsMs[node] = this.#readyMs(node)
      makespanMs = Math.max(makespanMs, ends[node] ?? 0)
      const last = followers.starts[node + 1] ?? 0
      for (let at = followers.starts[node] ?? 0; at < last; at++) {
        const follower = followers.packed[at] ?? 0
        const left = (waiting[follower] ?? 0) - 1
        waiting[follower] = left
        if (left === 0) this.#push(follower, size++, ranks)
      }
    }
    return { startsMs, workers: placedOn, makespanMs }
  }

  #readyMs(node: number): number {
    const { leaders } = this.#problem
    let readyMs = 0
    const last = leaders.starts[node + 1] ?? 0
    for (let at = leaders.starts[node] ?? 0; at < last; at++)
      readyMs = Math.max(readyMs, this.#ends[leaders.packed[at] ?? 0] ?? 0)
    return readyMs
  }

  /** On the worker where it ends first. */
  #place(
    node: number,
    readyMs: number,
    {
      startsMs,
      placedOn,
      assigned,
    }: {
      readonly startsMs: Float64Array
      readonly placedOn: Int32Array
      readonly assigned: Int32Array | undefined
    },
  ): void {
    const { suited, durations, workers, demands, ledgers } = this.#problem
    this.#onWorker.from = demands.starts[node] ?? 0
    this.#onWorker.to = demands.starts[node + 1] ?? 0
    this.#onShared.from = ledgers.starts[node] ?? 0
    this.#onShared.to = ledgers.starts[node + 1] ?? 0
    let best = -1
    let bestStartMs = 0
    let bestEndMs = Infinity
    const last = suited.starts[node + 1] ?? 0
    for (let at = suited.starts[node] ?? 0; at < last; at++) {
      const worker = suited.packed[at] ?? 0
      if (assigned !== undefined && assigned[node] !== worker) continue
      const durationMs = durations[node * workers + worker] ?? 0
      if (readyMs + durationMs >= bestEndMs) continue
      const startMs = this.#earliest(worker, readyMs, durationMs)
      if (startMs + durationMs >= bestEndMs) continue
      best = worker
      bestStartMs = startMs
      bestEndMs = startMs + durationMs
    }
    startsMs[node] = bestStartMs
    placedOn[node] = best
    this.#ends[node] = bestEndMs
    // What takes no time holds nothing for any time.
    if (bestEndMs === bestStartMs) return
    this.#timelines[best]?.take(bestStartMs, bestEndMs, this.#onWorker)
    if (this.#onShared.to > this.#onShared.from) this.#shared?.take(bestStartMs, bestEndMs, this.#onShared)
  }

  #earliest(worker: number, readyMs: number, durationMs: number): number {
    const timeline = this.#timelines[worker]
    let startMs = timeline?.earliest(readyMs, durationMs, this.#onWorker) ?? readyMs
    if (this.#shared === undefined || this.#onShared.to === this.#onShared.from) return startMs
    for (;;) {
      const sharedMs = this.#shared.earliest(startMs, durationMs, this.#onShared)
      const bothMs = timeline?.earliest(sharedMs, durationMs, this.#onWorker) ?? sharedMs
      if (bothMs === startMs) return startMs
      startMs = bothMs
    }
  }

  /** A binary heap of nodes by rank. */
  #push(node: number, size: number, ranks: Int32Array): void {
    const heap = this.#heap
    const rank = ranks[node] ?? 0
    let index = size
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent] ?? 0
      if ((ranks[above] ?? 0) <= rank) break
      heap[index] = above
      index = parent
    }
    heap[index] = node
  }

  #pop(size: number, ranks: Int32Array): number {
    const heap = this.#heap
    const first = heap[0] ?? 0
    const moved = heap[size - 1] ?? 0
    const rank = ranks[moved] ?? 0
    const left = size - 1
    let index = 0
    for (let child = 1; child < left; child = 2 * index + 1) {
      if (child + 1 < left && (ranks[heap[child + 1] ?? 0] ?? 0) < (ranks[heap[child] ?? 0] ?? 0)) child++
      const below = heap[child] ?? 0
      if ((ranks[below] ?? 0) >= rank) break
      heap[index] = below
      index = child
    }
    heap[index] = moved
    return first
  }
}
