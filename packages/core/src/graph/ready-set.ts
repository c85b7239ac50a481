// What could run now, kept up to date: completing a task costs what hangs on it, however many others wait. It knows
// nothing of verdicts; whoever decides what a failure means decides what to complete.
import type { Graph } from './graph.ts'
import type { GraphTask } from './graph-task.ts'
import { HandleSet } from './handle-set.ts'
import { ranksOf } from './ranks-of.ts'

const DONE = -1

/** Tasks of a graph that wait for nothing any more. */
export interface ReadySet {
  /** Ids of the tasks that are ready and not complete, in the order of {@link Graph.order}. */
  ready(): readonly string[]
  /** The first of them. */
  first(): string | undefined
  /**
   * Notes that a task is over and gives the tasks that are ready because of it, in the order of {@link Graph.order}.
   * Groups complete by themselves with their last member. Doing it twice changes nothing; a task that is not ready yet
   * may be completed too, when it is known that it will never run.
   */
  complete(id: string): readonly string[]
  /** Whether a task or group is over; throws `TASK_UNKNOWN` where there is none. */
  isComplete(id: string): boolean
  /** Tasks that are not complete. */
  readonly remaining: number
}

/**
 * Follows a graph from the first task that can run to the last. Optional edges wait for nothing; they show in the order
 * alone.
 *
 * @example
 * ```ts
 * const set = readySet(graph) // build <- unit, build <- lint
 * set.ready() // => ['build']
 * set.complete('build') // => ['unit', 'lint']
 * ```
 */
export function readySet<Task extends GraphTask>(graph: Graph<Task>): ReadySet {
  return new TrackedReadySet(graph)
}

class TrackedReadySet<Task extends GraphTask> implements ReadySet {
  readonly #graph: Graph<Task>
  /** How many each node still waits for; less than 0 once it is complete. */
  readonly #waiting: Int32Array
  /** Position of each node in the order. */
  readonly #rank: Int32Array
  readonly #readyRanks: HandleSet
  #remaining: number

  constructor(graph: Graph<Task>) {
    this.#graph = graph
    this.#waiting = new Int32Array(graph.size)
    this.#rank = ranksOf(graph.orderedHandles)
    this.#readyRanks = new HandleSet(graph.size)
    this.#remaining = graph.taskCount
    const { packed } = graph.followers
    for (let at = 0; at < packed.length; at++) {
      const edge = packed[at] ?? 0
      if ((edge & 1) === 0) this.#waiting[edge >>> 1] = (this.#waiting[edge >>> 1] ?? 0) + 1
    }
    for (let node = 0; node < graph.size; node++) if (this.#waiting[node] === 0) this.#free(node)
  }

  get remaining(): number {
    return this.#remaining
  }

  ready(): readonly string[] {
    return this.#idsOf(this.#readyRanks)
  }

  first(): string | undefined {
    const rank = this.#readyRanks.first()
    return rank < 0 ? undefined : this.#graph.id(this.#graph.orderedHandles[rank] ?? 0)
  }

  complete(id: string): readonly string[] {
    const handle = this.#graph.handle(id)
    if (this.#graph.isGroup(handle) || this.#waiting[handle] === DONE) return []
    this.#remaining--
    this.#readyRanks.delete(this.#rank[handle] ?? 0)
    this.#waiting[handle] = DONE
    const freed: number[] = []
    this.#release(handle, freed)
    return this.#idsOf(freed.sort((a, b) => a - b))
  }

  isComplete(id: string): boolean {
    return this.#waiting[this.#graph.handle(id)] === DONE
  }

  #release(node: number, freed: number[]): void {
    const { starts, packed } = this.#graph.followers
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
      const edge = packed[at] ?? 0
      const follower = edge >>> 1
      const waiting = this.#waiting[follower] ?? 0
      if ((edge & 1) === 1 || waiting === DONE) continue
      this.#waiting[follower] = waiting - 1
      if (waiting === 1) this.#free(follower, freed)
    }
  }

  /** Nothing holds the node back any more: a task is ready, a group is complete. A group never waits for a group. */
  #free(node: number, freed: number[] = []): void {
    const rank = this.#rank[node] ?? 0
    if (!this.#graph.isGroup(node)) {
      this.#readyRanks.add(rank)
      freed.push(rank)
      return
    }
    this.#waiting[node] = DONE
    this.#release(node, freed)
  }

  #idsOf(ranks: Iterable<number>): readonly string[] {
    const ids: string[] = []
    for (const rank of ranks) ids.push(this.#graph.id(this.#graph.orderedHandles[rank] ?? 0))
    return ids
  }
}
