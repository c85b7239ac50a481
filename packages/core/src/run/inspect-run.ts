// Where a run stands, for somebody who looks at it from outside while it goes on: who runs what and since when, what waits
// and why, what has failed so far. One pass over tasks and edges, since it is asked again and again.
import type { BreakerReport, RunEnding, RunReport } from '../model/report.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { Verdict } from '../model/verdict.ts'
import { awaitedName } from './awaited-name.ts'
import { whyNotPlaced } from './explain.ts'
import type { Kernel } from './kernel.ts'
import type { RunState } from './run-state.ts'
import { taskStatus } from './task-status.ts'
import { totalsOf } from './totals-of.ts'

/** An attempt that is open. */
export interface OpenAttemptView {
  readonly task: string
  readonly n: number
  /** Run time in milliseconds at which it was placed. */
  readonly launchedAtMs: number
  /** Run time at which it began; absent while it is on its way. */
  readonly startedAtMs?: number | undefined
}

/** A worker that takes launches, or still runs something. */
export interface InspectedWorker {
  readonly id: string
  readonly host?: string | undefined
  readonly slots: number
  readonly running: readonly OpenAttemptView[]
  /** Why it is given nothing more, where it was put out. */
  readonly quarantine?: string | undefined
}

/** Tasks that wait for the same reason. */
export interface WaitingTasks {
  readonly kind: 'dependencies' | 'placement' | 'retry'
  /** A sentence about each of them. */
  readonly because: string
  /** In the order of definition. */
  readonly tasks: readonly string[]
}

/** A run as its journal tells it. */
export interface RunInspection {
  readonly run: string
  /** `open`: nothing of it is recorded yet. */
  readonly phase: 'open' | 'running' | 'paused' | 'draining' | 'over'
  readonly ending?: RunEnding | undefined
  /** Wall times of the first and the last commit, milliseconds since 1970. */
  readonly startedAtWallMs: number
  readonly lastWallMs: number
  /** Run time of the last commit, in milliseconds. */
  readonly atMs: number
  readonly totals: RunReport['totals']
  readonly workers: readonly InspectedWorker[]
  /** Circuit breakers that opened; absent where none did. */
  readonly breakers?: readonly BreakerReport[] | undefined
  /** The reason that most tasks share first. */
  readonly waiting: readonly WaitingTasks[]
  /** Every verdict so far, in the order of definition. */
  readonly judged: readonly { readonly task: string; readonly verdict: Verdict }[]
  readonly tasks: readonly TaskDefinition[]
}

/** Names of targets that are told at most; a task may wait for thousands. */
const mostTargets = 3

/** Inspects a run. Its placement must have been refreshed. */
export function inspectRun(
  kernel: Kernel,
  times: Pick<RunInspection, 'startedAtWallMs' | 'lastWallMs' | 'atMs'>,
): RunInspection {
  const { state } = kernel
  const { run, phase, ending, tasks } = state
  const breakers = state.breakerReports()
  return {
    run,
    phase,
    ...(ending === undefined ? {} : { ending }),
    ...times,
    totals: totalsOf(state),
    workers: workersOf(state),
    ...(breakers === undefined ? {} : { breakers }),
    waiting: waitingOf(kernel),
    judged: judgedOf(state),
    tasks: tasks.definitions,
  }
}

function workersOf(state: RunState): readonly InspectedWorker[] {
  const { workers, attempts, tasks } = state
  const running = new Map<number, OpenAttemptView[]>()
  for (let task = 0; task < tasks.size; task++) {
    const open = state.openAttempt(task)
    if (open === undefined) continue
    const worker = attempts.worker(open.row)
    const startedAtMs = attempts.startedAtMs(open.row)
    const view = {
      task: tasks.id(task),
      n: open.n,
      launchedAtMs: attempts.launchedAtMs(open.row),
      ...(startedAtMs === undefined ? {} : { startedAtMs }),
    }
    const others = running.get(worker)
    if (others === undefined) running.set(worker, [view])
    else others.push(view)
  }
  return Array.from({ length: workers.size }, (_, worker) => worker)
    .filter((worker) => workers.state(worker) !== 'left' || running.has(worker))
    .map((worker) => {
      const { id, host, capacity } = workers.definition(worker)
      const slots = capacity['slots'] ?? 1
      const quarantine = workers.quarantine(worker)
      const out = quarantine === undefined ? {} : { quarantine }
      return { id, ...(host === undefined ? {} : { host }), slots, running: running.get(worker) ?? [], ...out }
    })
}

function waitingOf(kernel: Kernel): readonly WaitingTasks[] {
  const { state } = kernel
  const { tasks } = state
  const targets = unsettledTargets(state)
  const groups = new Map<string, { readonly kind: WaitingTasks['kind']; readonly tasks: string[] }>()
  const put = (kind: WaitingTasks['kind'], because: string, task: number): void => {
    const group = groups.get(because)
    if (group === undefined) groups.set(because, { kind, tasks: [tasks.id(task)] })
    else group.tasks.push(tasks.id(task))
  }
  for (let task = 0; task < tasks.size; task++) {
    const status = tasks.status(task)
    if (status === taskStatus.waiting) put('dependencies', waitsFor(targets.get(task) ?? []), task)
    else if (status === taskStatus.ready) put('placement', whyNotPlaced(kernel, task), task)
    else if (status === taskStatus.backingOff) put('retry', 'It did not pass and waits for its next attempt.', task)
  }
  return Array.from(groups, ([because, group]) => ({ because, ...group })).sort(
    (a, b) => b.tasks.length - a.tasks.length || (a.because < b.because ? -1 : a.because > b.because ? 1 : 0),
  )
}

/** What each waiting task still waits for. */
function unsettledTargets({ tasks }: RunState): ReadonlyMap<number, readonly string[]> {
  const targets = new Map<number, string[]>()
  for (let edge = 0; edge < tasks.edgeCount; edge++) {
    const task = tasks.edgeTask(edge)
    if (tasks.status(task) !== taskStatus.waiting || tasks.edgeKind(edge) === 'settled') continue
    const name = awaitedName(tasks, tasks.edgeTarget(edge))
    const others = targets.get(task)
    if (others === undefined) targets.set(task, [name])
    else others.push(name)
  }
  return targets
}

function waitsFor(targets: readonly string[]): string {
  const more = targets.length - mostTargets
  const named = targets.slice(0, mostTargets).join(', ')
  return more > 0 ? `It waits for ${named} and ${String(more)} more to end.` : `It waits for ${named} to end.`
}

function judgedOf(state: RunState): RunInspection['judged'] {
  const judged: { readonly task: string; readonly verdict: Verdict }[] = []
  for (let task = 0; task < state.tasks.size; task++) {
    const verdict = state.verdict(task)
    if (verdict !== undefined) judged.push({ task: state.tasks.id(task), verdict })
  }
  return judged
}
