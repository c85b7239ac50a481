// Who could run where right now. What is in use is counted anew from all open attempts each time somebody asks.
import type { Claim, Policy, TaskView, WorkerView } from '../../../ports/policy.ts'
import type { TaskDefinition } from '../../../model/task.ts'
import { type Model, type ModelTask, type ModelWorker, openAttemptOf } from './model.ts'

/** A hair of tolerance: sums of tenths are not exact. */
const hair = 1e-6

/** What all open attempts together hold. */
export interface Usage {
  /** By worker, then by resource. */
  readonly resources: readonly ReadonlyMap<string, number>[]
  readonly locks: ReadonlySet<string>
  /** Running members by group. */
  readonly groups: ReadonlyMap<string, number>
  /** Amounts that were claimed, by name of the ledger. */
  readonly claims: ReadonlyMap<string, number>
}

/** Counts what is in use. */
export function usageOf(model: Model): Usage {
  const resources = model.workers.map(() => new Map<string, number>())
  const locks = new Set<string>()
  const groups = new Map<string, number>()
  const claims = new Map<string, number>()
  for (const task of model.tasks) {
    const open = openAttemptOf(task)
    if (open === undefined) continue
    const used = resources[open.worker]
    for (const [name, amount] of task.needs) used?.set(name, (used.get(name) ?? 0) + amount)
    for (const lock of task.definition.needs?.locks ?? []) locks.add(lock)
    for (const group of new Set(task.definition.groups)) groups.set(group, (groups.get(group) ?? 0) + 1)
    for (const { ledger, amount = 1 } of open.claims) claims.set(ledger, (claims.get(ledger) ?? 0) + amount)
  }
  // What somebody needs beyond what is about to be given back is nobody else's.
  for (const [leaving, { needs, worker }] of model.kept) {
    const used = resources[worker]
    for (const [name, amount] of needs) {
      const back = leaving.needs.find(([given]) => given === name)?.[1] ?? 0
      if (amount > back) used?.set(name, (used.get(name) ?? 0) + amount - back)
    }
  }
  return { resources, locks, groups, claims }
}

/** Whether an idle worker could run the task. */
export function suits(worker: ModelWorker, task: ModelTask): boolean {
  return !worker.isOut && wouldSuit(worker, task)
}

/** The same, were it not put out. */
export function wouldSuit({ definition, state }: ModelWorker, { definition: task, needs }: ModelTask): boolean {
  return (
    state === 'joined' &&
    definition.kinds.includes(task.kind) &&
    task.needs?.labels?.some((label) => definition.labels?.includes(label) !== true) !== true &&
    needs.every(([name, amount]) => amount <= (definition.capacity[name] ?? 0) + hair)
  )
}

/** Whether the worker has room for the task now. */
export function hasRoom(model: Model, usage: Usage, worker: number, task: ModelTask): boolean {
  const capacity = model.workers[worker]?.definition.capacity ?? {}
  const used = usage.resources[worker]
  return task.needs.every(([name, amount]) => (used?.get(name) ?? 0) + amount <= (capacity[name] ?? 0) + hair)
}

/** Whether the worker takes the task to begin it later: what it states as prefetch goes on top of its slots. */
export function takesAhead(model: Model, usage: Usage, worker: number, task: ModelTask): boolean {
  const { capacity = {}, prefetch = 0 } = model.workers[worker]?.definition ?? {}
  const used = usage.resources[worker]
  return task.needs.every(([name, amount]) => {
    const limit = (capacity[name] ?? 0) + (name === 'slots' ? prefetch : 0)
    return (used?.get(name) ?? 0) + amount <= limit + hair
  })
}

/** The lock or group that does not let one more task run, if any. */
export function fullLedger(model: Model, usage: Usage, task: TaskDefinition): string | undefined {
  const lock = task.needs?.locks?.find((name) => usage.locks.has(name))
  if (lock !== undefined) return `lock ${lock}`
  return task.groups?.find((id) => {
    const limit = model.groups.get(id)?.definition.concurrency ?? Infinity
    return (usage.groups.get(id) ?? 0) >= limit
  })
}

/** The workers on which the task could start now, as far as the kernel and the policy are concerned. */
export function placesFor(model: Model, usage: Usage, policy: Policy, task: ModelTask): readonly number[] {
  if (fullLedger(model, usage, task.definition) !== undefined || isLaneShut(model, policy, task)) return []
  if (policy.permit?.(taskView(model, task), workerView(model, usage, 0)) !== undefined) return []
  const places: number[] = []
  for (const [worker, known] of model.workers.entries()) {
    if (!suits(known, task) || !hasRoom(model, usage, worker, task)) continue
    if (model.admits(task, worker) <= 0 || meetsSuspect(model, worker, task)) continue
    const view = workerView(model, usage, worker)
    if (policy.admit?.(taskView(model, task), view) !== undefined) continue
    if (fullClaim(usage, policy.claims?.(taskView(model, task), view) ?? []) === undefined) places.push(worker)
  }
  return places
}

/** Whether the policy lets nothing of the task's lane start now. */
export function isLaneShut(model: Model, policy: Policy, task: ModelTask): boolean {
  const key = policy.laneKey?.(policy.lane?.(taskView(model, task)) ?? '')
  return key !== undefined && typeof key === 'object' && 'because' in key
}

/** The claim for which there is no room, if any. */
export function fullClaim(usage: Usage, claims: readonly Claim[]): Claim | undefined {
  return claims.find(({ ledger, amount = 1, limit }) => (usage.claims.get(ledger) ?? 0) + amount > limit + hair)
}

/** Whether the task and another that runs there are both suspected of having killed workers. */
export function meetsSuspect(model: Model, worker: number, task: ModelTask): boolean {
  return (
    task.deaths > 0 &&
    model.tasks.some((other) => other !== task && other.isOpenSuspect && openAttemptOf(other)?.worker === worker)
  )
}

/** The task as policies see it. */
export function taskView(model: Model, task: ModelTask): TaskView {
  return {
    handle: task.handle,
    definition: task.definition,
    facts: undefined,
    order: task.handle,
    criticalPathMs: undefined,
    attempts: task.attempts.length,
    nowMs: model.atMs,
  }
}

/** The worker as policies see it. */
export function workerView(model: Model, usage: Usage, worker: number): WorkerView {
  const definition = model.workers[worker]?.definition ?? { id: '', engine: '', kinds: [], capacity: {} }
  return {
    definition,
    free: (resource) => (definition.capacity[resource] ?? 0) - (usage.resources[worker]?.get(resource) ?? 0),
  }
}

/** Which of two tasks goes first: whose place was vacated, then by the policy; below 0 is the first. */
export function compareTurns(model: Model, policy: Policy, a: ModelTask, b: ModelTask): number {
  const turnOf = (task: ModelTask): number => (model.vacated.includes(task) ? model.vacated.indexOf(task) : Infinity)
  const [left, right] = [turnOf(a), turnOf(b)]
  return left === right ? compareTasks(model, policy, a, b) : left - right
}

/** Which of two tasks goes first by the policy's lanes and keys; below 0 is the first. */
function compareTasks(model: Model, policy: Policy, a: ModelTask, b: ModelTask): number {
  return (
    compareVectors(laneKey(model, policy, a), laneKey(model, policy, b)) ||
    compareVectors(asVector(policy.key(taskView(model, a))), asVector(policy.key(taskView(model, b)))) ||
    a.handle - b.handle
  )
}

function laneKey(model: Model, policy: Policy, task: ModelTask): readonly number[] {
  const key = policy.laneKey?.(policy.lane?.(taskView(model, task)) ?? '')
  return key === undefined || (typeof key === 'object' && 'because' in key) ? [] : asVector(key)
}

function compareVectors(left: readonly number[], right: readonly number[]): number {
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function asVector(key: number | readonly number[]): readonly number[] {
  return typeof key === 'number' ? [key] : key
}
