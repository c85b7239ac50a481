// A run in which nothing is run: the kernel itself decides, on a clock that jumps from one end to the next, and every
// attempt passes after the duration it is given. So a plan holds by the same edges, needs, locks, group limits and policy as
// the run it foretells, and none of them is written twice.
import {
  invariant,
  Kernel,
  type Policy,
  retryOptions,
  type TaskDefinition,
  type TaskFacts,
  type Verdict,
  type WorkerDefinition,
} from '@muster/core'
import { criticalPath, type Graph } from '@muster/core/graph'
import { FinishHeap } from './finish-heap.ts'

/** What is run. */
export interface VirtualRunRequest {
  readonly graph: Graph<TaskDefinition>
  readonly policy: Policy
  readonly workers: readonly WorkerDefinition[]
  readonly facts: Readonly<Record<string, TaskFacts>>
  /** How long a task takes on a worker, by handle and position. */
  readonly durationMs: (task: number, worker: number) => number
  /** The least of these over all workers, by handle. */
  readonly leastMs: Float64Array
}

/** When and where every task ran, by handle. */
export interface VirtualRun {
  /** `NaN` where the task did not run. */
  readonly startsMs: Float64Array
  /** Position among the workers; -1 where the task did not run. */
  readonly workers: Int32Array
  /** What a task came to. */
  verdict(task: number): Verdict
}

const runId = 'virtual'

/** Runs all tasks on the given workers, none of which ever fails. */
export function virtualRun(request: VirtualRunRequest): VirtualRun {
  const { graph, policy, workers, facts, durationMs } = request
  const tasks = [...graph.tasks()]
  const kernel = new Kernel(policy)
  kernel.informOfGraph({ order: positions(graph), criticalPathMs: pathsOf(request) })
  const startsMs = new Float64Array(tasks.length).fill(NaN)
  const placedOn = new Int32Array(tasks.length).fill(-1)
  const running = new FinishHeap()

  let nowMs = 0
  let step = kernel.step(
    [
      { kind: 'begin', run: runId, name: runId, seed: 0, options: plainOptions() },
      { kind: 'open', epoch: 1 },
      ...workers.map((worker) => ({ kind: 'worker-joined', worker }) as const),
      { kind: 'add-tasks', tasks, groups: [...graph.groups()], facts },
      { kind: 'close-source' },
    ],
    nowMs,
  )
  for (;;) {
    for (const entry of step.entries) {
      if (entry.kind !== 'launched') continue
      startsMs[entry.task] = nowMs
      placedOn[entry.task] = entry.worker
      running.push(nowMs + durationMs(entry.task, entry.worker), entry.task)
    }
    const nextMs = Math.min(running.nextMs ?? Infinity, kernel.nextDueMs ?? Infinity)
    if (nextMs === Infinity) break
    // Time limits of edges may be due before the task that waits was even added: time never goes back.
    nowMs = Math.max(nowMs, nextMs)
    step = kernel.step(
      endingAt(running, nowMs, (task) => durationMs(task, placedOn[task] ?? -1)),
      nowMs,
    )
  }
  invariant(kernel.state.openTasks === 0, 'a run in which everything passes judges every task')
  return {
    startsMs,
    workers: placedOn,
    verdict: (task) => {
      const verdict = kernel.state.verdict(task)
      invariant(verdict, 'a run that is over has judged every task')
      return verdict
    },
  }
}

type KernelSignals = Parameters<Kernel['step']>[0]

function endingAt(running: FinishHeap, nowMs: number, durationMs: (task: number) => number): KernelSignals {
  const signals: KernelSignals[number][] = []
  while (running.nextMs !== undefined && running.nextMs <= nowMs) {
    const task = running.pop() ?? 0
    const outcome = { result: 'passed', durationMs: durationMs(task) } as const
    signals.push({ kind: 'attempt-ended', attempt: { run: runId, task, n: 1 }, outcome })
  }
  return signals
}

/** Rules that no attempt can break: nothing fails, nothing times out, and a task that no worker could run is told at once. */
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

function pathsOf({ graph, policy, leastMs }: VirtualRunRequest): ArrayLike<number> | undefined {
  if (policy.reads?.includes('criticalPath') !== true) return undefined
  return criticalPath(graph, (id) => leastMs[graph.handle(id)] ?? 0).tailMs
}

/** Where each task stands in the topological order, by handle. */
function positions(graph: Graph<TaskDefinition>): Int32Array {
  const { orderedHandles } = graph
  const order = new Int32Array(orderedHandles.length)
  for (let at = 0; at < orderedHandles.length; at++) order[orderedHandles[at] ?? 0] = at
  return order
}
