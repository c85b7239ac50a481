// Why the run ended when it did, and not earlier: from the attempt that ended last, back through what each one waited for. It
// is the path as the run went, so a wait for a worker is a part of it as much as a wait for a dependency.
import { lastUpTo } from './last-up-to.ts'
import { shortWaitMs } from './short-wait.ts'
import type { Timeline, TimelineAttempt } from './timeline.ts'

/** What an attempt of the path waited for before it was launched. */
export type PathWait = 'start' | 'dependency' | 'worker' | 'retry'

/** One attempt of the critical path. */
export interface PathStep {
  /** Position in the timeline's attempts. */
  readonly attempt: number
  readonly waitedFor: PathWait
  /** Between the end of what it waited for and its launch: time in which nothing of the path ran. */
  readonly gapMs: number
  readonly fromMs: number
  readonly toMs: number
}

/** The chain of attempts that decided when the run ended, first to last. */
export function criticalPath(timeline: Timeline): readonly PathStep[] {
  const { attempts } = timeline
  const byEnd = endsOfWorkers(timeline)
  const ofTask = new Map<number, number[]>()
  attempts.forEach(({ task }, at) => {
    const list = ofTask.get(task)
    if (list === undefined) ofTask.set(task, [at])
    else list.push(at)
  })
  const steps: PathStep[] = []
  const seen = new Set<number>()
  for (let at = lastToEnd(attempts); at !== undefined && !seen.has(at);) {
    const attempt: TimelineAttempt | undefined = attempts[at]
    if (attempt === undefined) break
    seen.add(at)
    const before = cameBefore(at, attempt, { attempts, byEnd, ofTask })
    const { launchedAtMs, closedAtMs } = attempt
    const previous: TimelineAttempt | undefined = before.at === undefined ? undefined : attempts[before.at]
    const gapMs = Math.max(0, launchedAtMs - (previous?.closedAtMs ?? 0))
    steps.push({ attempt: at, waitedFor: before.waitedFor, gapMs, fromMs: launchedAtMs, toMs: closedAtMs })
    at = before.at
  }
  return steps.reverse()
}

interface Known {
  readonly attempts: readonly TimelineAttempt[]
  readonly byEnd: readonly (readonly number[])[]
  /** Attempts of each task, first to last. */
  readonly ofTask: ReadonlyMap<number, readonly number[]>
}

interface Before {
  readonly at: number | undefined
  readonly waitedFor: PathWait
}

function cameBefore(at: number, attempt: TimelineAttempt, { attempts, byEnd, ofTask }: Known): Before {
  const { task, n, readyAtMs, launchedAtMs, after } = attempt
  const known: Before =
    n > 1
      ? { at: ofTask.get(task)?.[n - 2], waitedFor: 'retry' }
      : after === undefined
        ? { at: undefined, waitedFor: 'start' }
        : { at: ofTask.get(after)?.at(-1), waitedFor: 'dependency' }
  if (launchedAtMs - readyAtMs <= shortWaitMs) return known
  // It was ready and waited all the same: for the attempt that gave its place free.
  const freed = lastBefore(at, byEnd[attempt.worker] ?? [], attempts)
  const freedAtMs = freed === undefined ? -1 : (attempts[freed]?.closedAtMs ?? -1)
  return freedAtMs > readyAtMs ? { at: freed, waitedFor: 'worker' } : known
}

/** For each worker its attempts by the time of their end. */
function endsOfWorkers({ attempts, workers }: Timeline): readonly (readonly number[])[] {
  const ends: number[][] = workers.map(() => [])
  attempts.forEach(({ worker }, at) => ends[worker]?.push(at))
  const closed = (at: number): number => attempts[at]?.closedAtMs ?? 0
  for (const list of ends) list.sort((a, b) => closed(a) - closed(b) || a - b)
  return ends
}

/** The last of `ends` that was over when the attempt at `at` was launched; of those that took no time, only earlier ones. */
function lastBefore(at: number, ends: readonly number[], attempts: readonly TimelineAttempt[]): number | undefined {
  const atMs = attempts[at]?.launchedAtMs ?? 0
  let found = lastUpTo(ends.length, (index) => (attempts[ends[index] ?? 0]?.closedAtMs ?? 0) <= atMs)
  while (found >= 0 && (ends[found] ?? 0) >= at) found--
  return ends[found]
}

function lastToEnd(attempts: readonly TimelineAttempt[]): number | undefined {
  let last: number | undefined
  attempts.forEach(({ closedAtMs }, at) => {
    if (last === undefined || closedAtMs > (attempts[last]?.closedAtMs ?? 0)) last = at
  })
  return last
}
