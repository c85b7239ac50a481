// What a schedule was worth: how long it took, how long tasks waited, who got how much, what it cost.
import type { TaskDefinition } from '@muster/core'
import { effectiveNeeds } from '../strategies/resource-fit.ts'
import type { SimulatedSchedule } from './simulate-schedule.ts'
import type { Workload } from './workload.ts'

/** Figures of one schedule. */
export interface ScheduleMetrics {
  /** From the first arrival to the last end, in milliseconds. */
  readonly makespanMs: number
  /** From a task's arrival to its start, in milliseconds: mean and 95th percentile of those that ran. */
  readonly meanWaitMs: number
  readonly p95WaitMs: number
  /** Share of tasks with a deadline that ended by it, 0 to 1; absent where none has one. */
  readonly deadlinesMet?: number | undefined
  /** Jain's index over what the owners got of their dominant resource, for the time they had work; absent below two owners. */
  readonly jain?: number | undefined
  /** Share of all slots' time from the first arrival to the last end that was used, 0 to 1. */
  readonly utilisation: number
  /** Busy milliseconds, each times the cost of its worker. */
  readonly cost: number
  /** Tasks that never ran. */
  readonly idle: number
}

/** Reads the figures of a schedule off it. */
export function scheduleMetrics(workload: Workload, schedule: SimulatedSchedule): ScheduleMetrics {
  const { tasks, workers, costPerMs = () => 1 } = workload
  const { arrivedMs, startsMs, tookMs, placedOn, makespanMs } = schedule
  const waits: number[] = []
  let busyMs = 0
  let cost = 0
  let due = 0
  let met = 0
  for (const [at, task] of tasks.entries()) {
    const startMs = startsMs[at] ?? NaN
    if (task.deadlineMs !== undefined) due++
    if (Number.isNaN(startMs)) continue
    const ms = tookMs[at] ?? 0
    const slots = effectiveNeeds(task)['slots'] ?? 1
    const worker = workers[placedOn[at] ?? -1]
    waits.push(startMs - (arrivedMs[at] ?? 0))
    busyMs += ms * slots
    if (worker !== undefined) cost += ms * slots * costPerMs(worker)
    if (task.deadlineMs !== undefined && startMs + ms <= task.deadlineMs) met++
  }
  waits.sort((a, b) => a - b)
  const slots = workers.reduce((sum, { capacity }) => sum + (capacity['slots'] ?? 1), 0)
  const jain = jainOf(workload, schedule)
  return {
    makespanMs,
    meanWaitMs: waits.length === 0 ? 0 : waits.reduce((sum, ms) => sum + ms, 0) / waits.length,
    p95WaitMs: waits[Math.min(waits.length - 1, Math.floor(0.95 * waits.length))] ?? 0,
    ...(due === 0 ? {} : { deadlinesMet: met / due }),
    ...(jain === undefined ? {} : { jain }),
    utilisation: slots * makespanMs === 0 ? 0 : busyMs / (slots * makespanMs),
    cost,
    idle: tasks.length - waits.length,
  }
}

/** The index of Jain, Chiu and Hawe (1984): 1 where all got the same, 1 / n where one got everything. */
export function jainIndex(shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0)
  const squares = shares.reduce((total, share) => total + share * share, 0)
  return squares === 0 ? 1 : (sum * sum) / (shares.length * squares)
}

/** What each owner got a millisecond of the time from its first arrival to its last end, of its dominant resource. */
function jainOf({ tasks, workers }: Workload, schedule: SimulatedSchedule): number | undefined {
  const totals = new Map<string, number>()
  for (const { capacity } of workers) {
    for (const [name, amount] of Object.entries(capacity)) totals.set(name, (totals.get(name) ?? 0) + amount)
  }
  const owners = new Map<string, { share: number; fromMs: number; toMs: number }>()
  for (const [at, task] of tasks.entries()) {
    const startMs = schedule.startsMs[at] ?? NaN
    if (task.owner === undefined || Number.isNaN(startMs)) continue
    const endMs = startMs + (schedule.tookMs[at] ?? 0)
    const arrivedMs = schedule.arrivedMs[at] ?? 0
    const known = owners.get(task.owner) ?? { share: 0, fromMs: Infinity, toMs: 0 }
    known.share += dominantShare(task, totals) * (endMs - startMs)
    known.fromMs = Math.min(known.fromMs, arrivedMs)
    known.toMs = Math.max(known.toMs, endMs)
    owners.set(task.owner, known)
  }
  if (owners.size < 2) return undefined
  return jainIndex([...owners.values()].map(({ share, fromMs, toMs }) => (toMs > fromMs ? share / (toMs - fromMs) : 0)))
}

function dominantShare(task: TaskDefinition, totals: ReadonlyMap<string, number>): number {
  let largest = 0
  for (const [name, amount] of Object.entries(effectiveNeeds(task))) {
    const total = totals.get(name) ?? 0
    if (total > 0) largest = Math.max(largest, amount / total)
  }
  return largest
}
