// Makes a schedule as a run would: at every moment at which something ends, whatever is ready and fits begins, the first by
// rank before all others, and nothing waits for a better moment ("parallel generation", Kelley 1963). The same answer as
// the kernel on a virtual clock, for planners that need it thousands of times.
import { FinishHeap } from './finish-heap.ts'
import type { PlanProblem, Schedule } from './plan-problem.ts'
import { Room } from './room.ts'

/**
 * Schedules in which nothing waits that could run.
 *
 * Details: a pass looks at what is ready at every moment at which something ends, until all workers are full.
 */
export class ParallelScheduler {
  readonly #problem: PlanProblem
  readonly #leaderCounts: Int32Array
  readonly #room: Room
  /** Ready nodes by rank, from `#from` up to `#to`. */
  readonly #ready: Int32Array
  #from = 0
  #to = 0
  #ranks: Readonly<Int32Array> = new Int32Array(0)
  readonly #waiting: Int32Array
  #running = new FinishHeap()
  #startsMs = new Float64Array(0)
  #workers = new Int32Array(0)

  constructor(problem: PlanProblem) {
    this.#problem = problem
    this.#room = new Room(problem)
    const { starts } = problem.leaders
    this.#leaderCounts = Int32Array.from({ length: problem.nodes }, (_, i) => (starts[i + 1] ?? 0) - (starts[i] ?? 0))
    this.#ready = new Int32Array(problem.nodes)
    this.#waiting = new Int32Array(problem.nodes)
  }

  /** The schedule by ranks, the smaller the earlier; each node goes to the worker with room that is quickest at it. */
  generate(ranks: Int32Array): Schedule {
    const { nodes, runs } = this.#problem
    this.#waiting.set(this.#leaderCounts)
    this.#ranks = ranks
    this.#running = new FinishHeap()
    this.#startsMs = new Float64Array(nodes)
    this.#workers = new Int32Array(nodes).fill(-1)
    this.#room.clear()
    this.#from = this.#to = 0
    for (let node = 0; node < nodes; node++) {
      if (this.#leaderCounts[node] !== 0) continue
      if (runs[node] === 1) this.#ready[this.#to++] = node
    }
    this.#ready.subarray(0, this.#to).sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0))
    for (let node = 0; node < nodes; node++)
      if (this.#leaderCounts[node] === 0 && runs[node] !== 1) this.#passMilestone(node, 0)
    for (let nowMs = 0; ;) {
      this.#place(nowMs)
      const nextMs = this.#running.nextMs
      if (nextMs === undefined) return { startsMs: this.#startsMs, workers: this.#workers, makespanMs: nowMs }
      nowMs = nextMs
      while (this.#running.nextMs === nowMs) {
        const node = this.#running.pop() ?? 0
        this.#room.release(node, this.#workers[node] ?? 0)
        this.#tellFollowers(node, nowMs)
      }
    }
  }

  #tellFollowers(node: number, nowMs: number): void {
    const { runs, followers } = this.#problem
    for (let at = followers.starts[node] ?? 0; at < (followers.starts[node + 1] ?? 0); at++) {
      const follower = followers.packed[at] ?? 0
      const left = (this.#waiting[follower] ?? 0) - 1
      this.#waiting[follower] = left
      if (left > 0) continue
      if (runs[follower] === 1) this.#enqueue(follower)
      else this.#passMilestone(follower, nowMs)
    }
  }

  /** Groups, and tasks that do not run, are over the moment they are due. */
  #passMilestone(node: number, nowMs: number): void {
    this.#startsMs[node] = nowMs
    this.#tellFollowers(node, nowMs)
  }

  #enqueue(node: number): void {
    const ready = this.#ready
    const rank = this.#ranks[node] ?? 0
    let low = this.#from
    let high = this.#to
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#ranks[ready[middle] ?? 0] ?? 0) < rank) low = middle + 1
      else high = middle
    }
    if (this.#from > 0) {
      ready.copyWithin(this.#from - 1, this.#from, low)
      this.#from--
      ready[low - 1] = node
    } else {
      ready.copyWithin(low + 1, low, this.#to++)
      ready[low] = node
    }
  }

  /** Begins all that fits now; those that do not stay in order. */
  #place(nowMs: number): void {
    const { durations, workers } = this.#problem
    const ready = this.#ready
    let at = this.#from
    let kept = this.#from
    for (; at < this.#to && this.#room.isAnyOpen; at++) {
      const node = ready[at] ?? 0
      const worker = this.#pick(node)
      if (worker < 0) {
        ready[kept++] = node
        continue
      }
      this.#room.take(node, worker)
      this.#workers[node] = worker
      this.#startsMs[node] = nowMs
      this.#running.push(nowMs + (durations[node * workers + worker] ?? 0), node)
    }
    ready.copyWithin(at - (kept - this.#from), this.#from, kept)
    this.#from = at - (kept - this.#from)
  }

  #pick(node: number): number {
    const { suited, durations, workers } = this.#problem
    if (!this.#room.hasLedgers(node)) return -1
    let best = -1
    let bestMs = Infinity
    for (let at = suited.starts[node] ?? 0; at < (suited.starts[node + 1] ?? 0); at++) {
      const worker = suited.packed[at] ?? 0
      const durationMs = durations[node * workers + worker] ?? 0
      if (durationMs >= bestMs || !this.#room.fits(node, worker)) continue
      best = worker
      bestMs = durationMs
    }
    return best
  }
}
