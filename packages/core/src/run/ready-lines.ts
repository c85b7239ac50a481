// Tasks that wait for a place, in lines: one for each class of tasks and each lane of the policy. Lanes are compared before
// tasks are, so that a policy which is fair among owners moves a lane by one key instead of each of its tasks by one.
import { LineHeap } from './line-heap.ts'
import { compareKeys, compareQueues, type Key, ReadyQueue } from './ready-queue.ts'

/** The tasks of one class in one lane. */
interface Line {
  readonly queue: ReadyQueue
  readonly taskClass: number
  readonly lane: number
}

interface Lane {
  readonly name: string
  /** Nothing where none of its tasks may start. */
  key: Key | undefined
  readonly lines: number[]
}

/** The lines of a run; those that may have something to place are awake. */
export class ReadyLines {
  readonly #lines: Line[] = []
  readonly #ofClass: number[][] = []
  readonly #lanes: Lane[] = []
  readonly #laneHandles = new Map<string, number>()
  readonly #awake = new LineHeap((a, b) => this.compare(a, b))

  /** The line that goes first of those that are awake. */
  first(): number | undefined {
    return this.#awake.peek()
  }

  queue(line: number): ReadyQueue | undefined {
    return this.#lines[line]?.queue
  }

  taskClass(line: number): number {
    return this.#lines[line]?.taskClass ?? -1
  }

  lane(line: number): number {
    return this.#lines[line]?.lane ?? -1
  }

  /** Gives every task that waits another key; says how many wait. */
  rekey(keyOf: (task: number) => Key): number {
    let waiting = 0
    for (const [line, { queue }] of this.#lines.entries()) {
      const isAwake = this.#awake.has(line)
      this.#awake.remove(line)
      const tasks: number[] = []
      for (let task = queue.pop(); task !== undefined; task = queue.pop()) tasks.push(task)
      for (const task of tasks) queue.push(task, keyOf(task))
      if (isAwake) this.putInOrder(line)
      waiting += tasks.length
    }
    return waiting
  }

  /** The lane of that name, or nothing where no task ever waited in it. */
  findLane(name: string): number | undefined {
    return this.#laneHandles.get(name)
  }

  laneName(lane: number): string {
    return this.#lanes[lane]?.name ?? ''
  }

  /** The lane of that name; it comes into being shut. */
  openLane(name: string): number {
    const known = this.#laneHandles.get(name)
    if (known !== undefined) return known
    const lane = this.#lanes.push({ name, key: undefined, lines: [] }) - 1
    this.#laneHandles.set(name, lane)
    return lane
  }

  isShut(lane: number): boolean {
    return this.#lanes[lane]?.key === undefined
  }

  /** Gives a lane its key, or shuts it. */
  setLaneKey(lane: number, key: Key | undefined): void {
    const row = this.#lanes[lane]
    if (row === undefined) return
    const wasShut = row.key === undefined
    if (!wasShut && key !== undefined && compareKeys(row.key ?? 0, key) === 0) return
    const moved = wasShut ? row.lines : row.lines.filter((line) => this.#awake.has(line))
    // All of them leave the heap by the former key, before any comes back by the new one.
    for (const line of moved) this.#awake.remove(line)
    row.key = key
    for (const line of moved) this.putInOrder(line)
  }

  /** A task waits from now on; its line is awake. */
  push(task: number, { taskClass, lane, key }: { taskClass: number; lane: number; key: Key }): void {
    const line = this.#lineOf(taskClass, lane)
    this.#lines[line]?.queue.push(task, key)
    this.putInOrder(line)
  }

  /** Takes a task of a class out of its line; says whether it waited in one. */
  remove(task: number, taskClass: number): boolean {
    for (const line of this.#ofClass[taskClass] ?? []) {
      const queue = this.#lines[line]?.queue
      if (queue?.has(task) !== true) continue
      // Out of the heap by the former first task, before another is the first.
      const isAwake = this.#awake.has(line)
      this.#awake.remove(line)
      queue.remove(task)
      if (isAwake) this.putInOrder(line)
      return true
    }
    return false
  }

  /** Another task is the first of the line now, or none is. */
  putInOrder(line: number): void {
    const row = this.#lines[line]
    if (row !== undefined && row.queue.size > 0 && this.#lanes[row.lane]?.key !== undefined) this.#awake.place(line)
    else this.#awake.remove(line)
  }

  /** The line that goes first of those of a class that are not awake and could be; nothing where there is none. */
  firstAsleep(taskClass: number): number | undefined {
    let first: number | undefined
    for (const line of this.#ofClass[taskClass] ?? []) {
      const row = this.#lines[line]
      if (row === undefined || row.queue.size === 0 || this.isShut(row.lane) || this.#awake.has(line)) continue
      if (first === undefined || this.compare(line, first) < 0) first = line
    }
    return first
  }

  /** No task of the class can be placed now, whatever its lane. */
  sleep(taskClass: number): void {
    for (const line of this.#ofClass[taskClass] ?? []) this.#awake.remove(line)
  }

  /** Tasks of the class may find a place. */
  wake(taskClass: number): void {
    for (const line of this.#ofClass[taskClass] ?? []) this.putInOrder(line)
  }

  /** Which of two lines goes first by its first task; below 0 is the first. */
  compare(a: number, b: number): number {
    const left = this.#lines[a]
    const right = this.#lines[b]
    if (this.#lanes.length > 1) {
      const order = compareKeys(this.#lanes[left?.lane ?? 0]?.key ?? 0, this.#lanes[right?.lane ?? 0]?.key ?? 0)
      if (order !== 0) return order
    }
    return compareQueues(left?.queue, right?.queue)
  }

  #lineOf(taskClass: number, lane: number): number {
    const lines = (this.#ofClass[taskClass] ??= [])
    for (const line of lines) if (this.#lines[line]?.lane === lane) return line
    const line = this.#lines.push({ queue: new ReadyQueue(), taskClass, lane }) - 1
    lines.push(line)
    this.#lanes[lane]?.lines.push(line)
    return line
  }
}
