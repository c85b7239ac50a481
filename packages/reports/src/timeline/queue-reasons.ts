// Why an attempt that was ready was not launched at once. The kernel tells it while a run lives; a report has only times and
// what tasks hold, so it is worked out from them: where every slot was taken all the while, that was it; where a slot was free,
// whoever gave back what the task holds. Where neither fits nothing is claimed.
import type { RunReport } from '@muster/core'
import { lastUpTo } from './last-up-to.ts'
import { shortWaitMs } from './short-wait.ts'
import type { QueueReason, TimelineAttempt, TimelineWorker } from './timeline.ts'

/** What is needed of an attempt. */
type Waiting = Pick<TimelineAttempt, 'task' | 'readyAtMs' | 'launchedAtMs' | 'closedAtMs'>

/** A slot may be free for this part of a wait, between an end and a launch, and the wait is still one for slots. */
const freePart = 0.05

/** For each attempt what it waited for once it was ready; nothing for those that hardly waited. */
export function queueReasons(
  { tasks }: Pick<RunReport, 'tasks'>,
  attempts: readonly Waiting[],
  workers: readonly Pick<TimelineWorker, 'slots'>[],
): readonly (QueueReason | undefined)[] {
  const slots = workers.reduce((sum, worker) => sum + worker.slots, 0)
  const freeBefore = freeTime(attempts, slots)
  const releases = releasesOf(tasks, attempts)
  return attempts.map((attempt, at) => {
    const { task, readyAtMs, launchedAtMs } = attempt
    const waitedMs = launchedAtMs - readyAtMs
    if (waitedMs <= shortWaitMs) return undefined
    const freeMs = freeBefore(launchedAtMs) - freeBefore(readyAtMs)
    if (freeMs <= Math.max(shortWaitMs, freePart * waitedMs)) return { kind: 'slot' }
    let last: { readonly name: string; readonly by: number; readonly atMs: number } | undefined
    for (const name of tasks[task]?.holds ?? []) {
      const by = lastRelease(releases.get(name) ?? [], attempts, at)
      const atMs = by === undefined ? -1 : (attempts[by]?.closedAtMs ?? -1)
      if (by !== undefined && atMs > (last?.atMs ?? readyAtMs)) last = { name, by: attempts[by]?.task ?? 0, atMs }
    }
    return last === undefined ? { kind: 'unknown' } : { kind: 'held', name: last.name, by: last.by }
  })
}

/** How long at least one slot was free, from the start of the run to a time. */
function freeTime(attempts: readonly Waiting[], slots: number): (atMs: number) => number {
  const changes = attempts
    .flatMap(({ launchedAtMs, closedAtMs }) => [
      { atMs: launchedAtMs, by: 1 },
      { atMs: closedAtMs, by: -1 },
    ])
    .sort((a, b) => a.atMs - b.atMs)
  const times = [0]
  const sums = [0]
  const isFree = [slots > 0]
  let busy = 0
  for (const { atMs, by } of changes) {
    const last = times.length - 1
    busy += by
    sums.push((sums[last] ?? 0) + (isFree[last] === true ? atMs - (times[last] ?? 0) : 0))
    times.push(atMs)
    isFree.push(busy < slots)
  }
  return (atMs) => {
    const at = lastUpTo(times.length, (index) => (times[index] ?? 0) <= atMs)
    return (sums[at] ?? 0) + (isFree[at] === true ? atMs - (times[at] ?? 0) : 0)
  }
}

/** For each thing that tasks hold the attempts that held it, by the time of their end. */
function releasesOf(tasks: RunReport['tasks'], attempts: readonly Waiting[]): ReadonlyMap<string, readonly number[]> {
  const releases = new Map<string, number[]>()
  attempts.forEach(({ task }, at) => {
    for (const name of tasks[task]?.holds ?? []) {
      const known = releases.get(name)
      if (known === undefined) releases.set(name, [at])
      else known.push(at)
    }
  })
  const closed = (at: number): number => attempts[at]?.closedAtMs ?? 0
  for (const list of releases.values()) list.sort((a, b) => closed(a) - closed(b) || a - b)
  return releases
}

/** The last of `releases` that had given back what it held when the attempt at `at` was launched. */
function lastRelease(releases: readonly number[], attempts: readonly Waiting[], at: number): number | undefined {
  const launchedAtMs = attempts[at]?.launchedAtMs ?? 0
  const found = lastUpTo(releases.length, (index) => (attempts[releases[index] ?? 0]?.closedAtMs ?? 0) <= launchedAtMs)
  return releases[found] === at ? releases[found - 1] : releases[found]
}
