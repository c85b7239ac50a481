// The attempts of a run, worker by worker and in the order in which they ended: what tells a bad worker from bad tests.
import type { AttemptName, AttemptReport, RunReport, TaskReport } from '@muster/core'
import { compareText } from '../history/compare-text.ts'
import type { FailureOccurrence } from './failure-occurrence.ts'

/** One attempt that is over, with the failures in it. */
export interface WorkerAttempt {
  readonly task: string
  readonly n: number
  readonly worker: string
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly isPassed: boolean
  /** The attempt that took the worker along under this one, where the run says so. */
  readonly causedBy?: AttemptName | undefined
  /** Its own failure first, then those of its cases; empty where it passed. */
  readonly failures: readonly FailureOccurrence[]
}

/** All attempts of a run that are over, by the time of their end. */
export function attemptsOf({ tasks }: Pick<RunReport, 'tasks'>): readonly WorkerAttempt[] {
  return tasks
    .flatMap((task) => task.attempts.flatMap((attempt) => attemptOf(task, attempt) ?? []))
    .sort(
      (a, b) => a.endedAtMs - b.endedAtMs || a.startedAtMs - b.startedAtMs || compareText(a.task, b.task) || a.n - b.n,
    )
}

function attemptOf(task: TaskReport, attempt: AttemptReport): WorkerAttempt | undefined {
  const { ending, worker, n, launchedAtMs, startedAtMs = launchedAtMs, closedAtMs = startedAtMs } = attempt
  const once = { task: task.id, n, worker, startedAtMs, endedAtMs: closedAtMs }
  switch (ending.kind) {
    case 'open':
      return undefined
    case 'lost':
      // Refused and pre-empted attempts never ran, and a coordinator that died is no failure of anything it ran.
      if (ending.cause !== 'worker') return undefined
      return { ...once, isPassed: false, failures: [lossOf(task, attempt)], causedBy: ending.causedBy }
    case 'ended': {
      const { result } = ending.outcome
      if (result !== 'passed' && result !== 'failed' && result !== 'timed-out') return undefined
      return { ...once, isPassed: result === 'passed', failures: result === 'passed' ? [] : failuresOf(task, attempt) }
    }
  }
}

function failuresOf(task: TaskReport, attempt: AttemptReport): readonly FailureOccurrence[] {
  const { ending, worker, closedAtMs, details } = attempt
  if (ending.kind !== 'ended') return []
  const common = {
    task: task.id,
    worker,
    ...(task.file === undefined ? {} : { file: task.file }),
    ...(closedAtMs === undefined ? {} : { atMs: closedAtMs }),
  }
  const cases = (details?.cases ?? []).flatMap(({ path, file, failure, result }): readonly FailureOccurrence[] =>
    failure === undefined || (result !== 'failed' && result !== 'timed-out')
      ? []
      : [{ ...common, path, ...(file === undefined ? {} : { file }), failure }],
  )
  const { failure, result } = ending.outcome
  const own = failure ?? {
    category: result === 'timed-out' ? 'timeout' : 'unknown',
    message: result === 'timed-out' ? 'the time limit was over' : 'failed without saying why',
  }
  // The failure of an attempt only sums up those of its cases, unless it tells of what befell the whole of it.
  if (cases.length > 0 && !isFault(own.category)) return cases
  // A case that was running when its process died tells of the same death, and in which test: that is one failure.
  const dead = cases.find(({ failure: each }) => each.category === own.category)
  return dead === undefined ? [{ ...common, failure: own }, ...cases] : [dead, ...cases.filter((each) => each !== dead)]
}

function lossOf({ id, file, verdict }: TaskReport, { worker, closedAtMs }: AttemptReport): FailureOccurrence {
  const isPoison = verdict?.kind === 'poisoned'
  return {
    task: id,
    worker,
    ...(file === undefined ? {} : { file }),
    ...(closedAtMs === undefined ? {} : { atMs: closedAtMs }),
    failure: {
      category: 'infrastructure',
      code: 'worker-lost',
      // Quoted as it stands: which task or worker it was is the cause, and must not be masked.
      message: isPoison ? 'every worker that ran the task was lost' : 'the worker was lost while it ran the task',
      errorName: isPoison ? `task ${id}` : `worker ${worker}`,
    },
  }
}

/** Categories that say that the place, and not the test, went wrong. */
export function isFault(category: FailureOccurrence['failure']['category']): boolean {
  return category === 'hardware-device' || category === 'process-crash'
}
