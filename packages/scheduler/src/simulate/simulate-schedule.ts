// A schedule without a run: the kernel itself decides, on a clock that jumps from one thing that happens to the next. So a
// policy is tried by the same edges, needs, locks, lanes and wake-ups as in a run, and none of them is written twice.
import { invariant, Kernel, MusterError, type Policy, retryOptions, type VerdictKind } from '@muster/core'
import { buildGraph, criticalPath, requireGraph } from '@muster/core/graph'
import { FinishHeap } from '../plan/finish-heap.ts'
import { expectedDurationMs } from '../strategy/expected-duration.ts'
import type { Workload } from './workload.ts'

/** What came of a simulation; arrays are in the order of the workload's tasks. */
export interface SimulatedSchedule {
  readonly policy: string
  /** Run time in milliseconds at which each task came. */
  readonly arrivedMs: Float64Array
  /** When each began; `NaN` where it never did. */
  readonly startsMs: Float64Array
  /** How long each took where it ran. */
  readonly tookMs: Float64Array
  /** Position among the workers; -1 where it did not run. */
  readonly placedOn: Int32Array
  readonly verdicts: Readonly<Partial<Record<VerdictKind, number>>>
  /** From the first arrival to the last end, in milliseconds. */
  readonly makespanMs: number
  /** Steps that the kernel made. */
  readonly steps: number
  /** Attempts that made room for another task. */
  readonly preemptions: number
}

/** An attempt that is over, as a witness hears of it. */
export interface SimulatedAttempt {
  /** Positions among the workload's tasks and workers. */
  readonly task: number
  readonly worker: number
  readonly startMs: number
  readonly endMs: number
  /** Whether it made room for another task. */
  readonly isPreempted: boolean
}

/** What is simulated. */
export interface SimulationRequest {
  readonly workload: Workload
  readonly policy: Policy
  /** Hears of every attempt that is over, in order of time. */
  readonly onAttempt?: ((attempt: SimulatedAttempt) => void) | undefined
  /** Called after every thousand steps with the share of tasks that are over, 0 to 1; `false` ends the simulation. */
  readonly onProgress?: ((share: number) => boolean | undefined) | undefined
}

type KernelSignals = Parameters<Kernel['step']>[0]

const runId = 'simulated'

/**
 * Schedules a workload by a policy. Near-linear in tasks, as the kernel is.
 *
 * @example
 * ```ts
 * const workers = [{ id: 'w', engine: 'local', kinds: ['unit'], capacity: { slots: 1 } }]
 * const tasks = [{ id: 'a', kind: 'unit', expectedMs: 30 }, { id: 'b', kind: 'unit', expectedMs: 20 }]
 * simulateSchedule({ workload: { tasks, workers }, policy: fifo() }).makespanMs // => 50
 * ```
 */
export function simulateSchedule(request: SimulationRequest): SimulatedSchedule {
  return new ScheduleSimulation(request).run()
}

class ScheduleSimulation {
  readonly #request: SimulationRequest
  readonly #kernel: Kernel
  readonly #running = new FinishHeap()
  readonly #arrivedMs: Float64Array
  readonly #startsMs: Float64Array
  readonly #tookMs: Float64Array
  readonly #placedOn: Int32Array
  /** Tasks in the order in which they come; their place there is the kernel's handle. */
  readonly #order: Int32Array
  readonly #usualMs: number
  /** When an open attempt will end, by the kernel's handle; and those that were asked to make room. */
  readonly #endsMs: Float64Array
  readonly #leaving: number[] = []
  #preemptions = 0
  #next = 0
  #over = 0
  #lastMs = 0

  constructor(request: SimulationRequest) {
    const { workload, policy } = request
    const { tasks } = workload
    this.#request = request
    this.#kernel = new Kernel(policy)
    this.#arrivedMs = Float64Array.from(tasks, (task) => checkMs(workload.arrivesAtMs?.(task) ?? 0, task.id, 'arrive'))
    this.#startsMs = new Float64Array(tasks.length).fill(NaN)
    this.#tookMs = new Float64Array(tasks.length)
    this.#endsMs = new Float64Array(tasks.length).fill(NaN)
    this.#placedOn = new Int32Array(tasks.length).fill(-1)
    this.#order = Int32Array.from(tasks, (_, at) => at)
    this.#order.sort((a, b) => (this.#arrivedMs[a] ?? 0) - (this.#arrivedMs[b] ?? 0) || a - b)
    this.#usualMs = usualMs(workload)
  }

  run(): SimulatedSchedule {
    const { workload, policy, onProgress } = this.#request
    const { tasks, workers, groups = [] } = workload
    this.#informOfGraph()
    const beginning: KernelSignals = [
      { kind: 'begin', run: runId, name: runId, seed: 0, options: plainOptions() },
      { kind: 'open', epoch: 1 },
      ...workers.map((worker) => ({ kind: 'worker-joined', worker }) as const),
      ...(groups.length === 0 ? [] : [{ kind: 'add-tasks', tasks: [], groups: [...groups], facts: {} } as const]),
    ]
    let nowMs = this.#nextMs() ?? 0
    const firstMs = tasks.length === 0 ? 0 : nowMs
    this.#carryOut(this.#kernel.step([...beginning, ...this.#arrivals(nowMs)], nowMs).entries, nowMs)
    let steps = 1
    for (let nextMs = this.#nextMs(); nextMs !== undefined; nextMs = this.#nextMs()) {
      nowMs = Math.max(nowMs, nextMs)
      const signals = [...this.#leave(nowMs), ...this.#endings(nowMs), ...this.#arrivals(nowMs)]
      this.#carryOut(this.#kernel.step(signals, nowMs).entries, nowMs)
      if (++steps % 1000 === 0 && onProgress?.(tasks.length === 0 ? 1 : this.#over / tasks.length) === false) break
    }
    return {
      policy: policy.name,
      arrivedMs: this.#arrivedMs,
      startsMs: this.#startsMs,
      tookMs: this.#tookMs,
      placedOn: this.#placedOn,
      verdicts: this.#verdicts(),
      makespanMs: Math.max(0, this.#lastMs - firstMs),
      steps,
      preemptions: this.#preemptions,
    }
  }

  #informOfGraph(): void {
    const { workload, policy } = this.#request
    if (policy.reads?.includes('criticalPath') !== true) return
    // In the order in which they come, so that handles of the graph are those of the kernel.
    const tasks = Array.from(this.#order, (at) => workload.tasks[at]).filter((task) => task !== undefined)
    const graph = requireGraph(buildGraph(tasks, { groups: [...(workload.groups ?? [])] }))
    const { facts = {} } = workload
    const durations = tasks.map((task) => expectedDurationMs(task, facts[task.id]) ?? this.#usualMs)
    const { tailMs } = criticalPath(graph, (id) => durations[graph.handle(id)] ?? 0)
    this.#kernel.informOfGraph({ criticalPathMs: tailMs })
  }

  #nextMs(): number | undefined {
    if (this.#kernel.state.phase === 'over') return undefined
    const arrivalMs = this.#arrivedMs[this.#order[this.#next] ?? -1] ?? Infinity
    if (this.#leaving.length > 0) return 0
    const nextMs = Math.min(arrivalMs, this.#running.nextMs ?? Infinity, this.#kernel.nextDueMs ?? Infinity)
    return nextMs === Infinity ? undefined : nextMs
  }

  /** Tasks that come by now; with the last of them the source closes. */
  #arrivals(nowMs: number): KernelSignals {
    const { tasks: all, facts } = this.#request.workload
    const tasks: Extract<KernelSignals[number], { readonly kind: 'add-tasks' }>['tasks'][number][] = []
    for (; this.#next < this.#order.length; this.#next++) {
      const at = this.#order[this.#next] ?? -1
      if ((this.#arrivedMs[at] ?? 0) > nowMs) break
      const task = all[at]
      if (task !== undefined) tasks.push(task)
    }
    const isLast = this.#next === this.#order.length && !this.#kernel.state.sourceClosed
    return [
      ...(tasks.length === 0
        ? []
        : [{ kind: 'add-tasks', tasks, ...(facts === undefined ? {} : { facts: factsOf(tasks, facts) }) } as const]),
      ...(isLast ? [{ kind: 'close-source' } as const] : []),
    ]
  }

  #endings(nowMs: number): KernelSignals {
    const { workload } = this.#request
    const signals: KernelSignals[number][] = []
    while (this.#running.nextMs !== undefined && this.#running.nextMs <= nowMs) {
      const endMs = this.#running.nextMs
      const handle = this.#running.pop() ?? 0
      // One that made room has ended before.
      if (this.#endsMs[handle] !== endMs) continue
      this.#close(handle, nowMs, false)
      const at = this.#order[handle] ?? 0
      const task = workload.tasks[at]
      invariant(task, 'what runs is a task of the workload')
      const result = workload.result?.(task) ?? 'passed'
      const outcome = { result, durationMs: this.#tookMs[at] ?? 0 } as const
      const n = this.#kernel.state.tasks.n(handle)
      signals.push({ kind: 'attempt-ended', attempt: { run: runId, task: handle, n }, outcome })
      this.#over++
      this.#lastMs = nowMs
    }
    return signals
  }

  /** Whoever was asked to make room does so at once. */
  #leave(nowMs: number): KernelSignals {
    return this.#leaving.splice(0).map((handle) => {
      this.#close(handle, nowMs, true)
      this.#preemptions++
      const outcome = { result: 'cancelled', durationMs: 0 } as const
      const n = this.#kernel.state.tasks.n(handle)
      return { kind: 'attempt-ended', attempt: { run: runId, task: handle, n }, outcome }
    })
  }

  #close(handle: number, endMs: number, isPreempted: boolean): void {
    const task = this.#order[handle] ?? 0
    this.#endsMs[handle] = NaN
    const startMs = this.#startsMs[task] ?? 0
    this.#request.onAttempt?.({ task, worker: this.#placedOn[task] ?? 0, startMs, endMs, isPreempted })
  }

  #carryOut(entries: ReturnType<Kernel['step']>['entries'], nowMs: number): void {
    const { tasks, workers, durationMs, facts = {} } = this.#request.workload
    for (const entry of entries) {
      if (entry.kind === 'cancelling') this.#leaving.push(entry.task)
      if (entry.kind !== 'launched') continue
      const at = this.#order[entry.task] ?? 0
      const task = tasks[at]
      const worker = workers[entry.worker]
      invariant(task !== undefined && worker !== undefined, 'a task of the workload was placed on a worker of it')
      const tookMs =
        durationMs === undefined
          ? (expectedDurationMs(task, facts[task.id]) ?? this.#usualMs)
          : checkMs(durationMs(task, worker), task.id, 'take')
      this.#startsMs[at] = nowMs
      this.#tookMs[at] = tookMs
      this.#placedOn[at] = entry.worker
      this.#endsMs[entry.task] = nowMs + tookMs
      this.#running.push(nowMs + tookMs, entry.task)
    }
  }

  #verdicts(): SimulatedSchedule['verdicts'] {
    const counts: Partial<Record<VerdictKind, number>> = {}
    const { tasks } = this.#kernel.state
    for (let handle = 0; handle < tasks.size; handle++) {
      const kind = tasks.verdictKind(handle)
      if (kind !== undefined) counts[kind] = (counts[kind] ?? 0) + 1
    }
    return counts
  }
}

function factsOf<Fact>(
  tasks: readonly { readonly id: string }[],
  facts: Readonly<Record<string, Fact>>,
): Readonly<Record<string, Fact>> {
  const own: Record<string, Fact> = {}
  for (const { id } of tasks) {
    const known = Object.hasOwn(facts, id) ? facts[id] : undefined
    if (known !== undefined) own[id] = known
  }
  return own
}

/** The median of what is known; a second where nothing is. */
function usualMs({ tasks, facts = {} }: Workload): number {
  const known = tasks.flatMap((task) => expectedDurationMs(task, facts[task.id]) ?? []).sort((a, b) => a - b)
  return known[known.length >> 1] ?? 1000
}

function checkMs(ms: number, id: string, what: string): number {
  if (Number.isFinite(ms) && ms >= 0) return ms
  throw new MusterError('OPTIONS_INVALID', {
    expected: `task ${JSON.stringify(id)} to ${what} a number of milliseconds from 0 up`,
    got: String(ms),
  })
}

/** Rules that change nothing of the schedule: one attempt each, no limits, and what no worker could run is told at once. */
function plainOptions(): Extract<KernelSignals[number], { readonly kind: 'begin' }>['options'] {
  return {
    retry: retryOptions.parse({}),
    timeoutMs: null,
    maxFailures: null,
    deadlineMs: null,
    poisonAfter: 3,
    maxLosses: 100,
    waitForWorkerMs: 0,
  }
}
