// A task as one case: where it reported no cases, and where its cases do not tell what became of it. A crash after the last
// green case, or a task that was blocked, must stand in every report by itself.
import type { CaseResult, Failure, TaskReport } from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import { unexplained } from '../failure/unexplained.ts'
import { blockedText } from '../text/blocked-text.ts'
import { countText } from '../text/count-text.ts'
import type { ReportCase } from './report-case.ts'

/** The task itself as a row. */
export function taskCase(task: TaskReport): ReportCase {
  const last = task.attempts.at(-1)
  const earlier = earlierFailures(task)
  const ended = task.attempts.findLast(({ ending }) => ending.kind === 'ended')?.ending
  const durationMs = ended?.kind === 'ended' ? ended.outcome.durationMs : 0
  const shared = { path: [task.id], ...(task.file === undefined ? {} : { file: task.file }), durationMs }
  return {
    task: task.id,
    verdict: task.verdict?.kind,
    case: { ...shared, ...cameTo(task, earlier) },
    earlierFailures: earlier,
    isTask: true,
    worker: last?.worker,
    startedAtMs: last?.startedAtMs,
    tags: task.tags,
  }
}

type CameTo = Pick<CaseResult, 'result' | 'failure' | 'reason' | 'retries'>

function cameTo({ verdict }: TaskReport, earlier: readonly Failure[]): CameTo {
  const retried = earlier.length === 0 ? {} : { retries: earlier.length }
  switch (verdict?.kind) {
    case undefined:
      return { result: 'skipped', reason: 'it has no verdict: the run ended before it did', ...retried }
    case 'passed':
      return { result: 'passed' }
    case 'flaky':
      return { result: 'passed', failure: earlier[0] ?? unexplained(), retries: earlier.length }
    case 'failed':
      return { result: 'failed', failure: verdict.failure ?? unexplained(), ...retried }
    case 'timed-out':
      return { result: 'timed-out', failure: verdict.failure ?? unexplained(), ...retried }
    case 'blocked':
      return { result: 'skipped', reason: blockedText(verdict), ...retried }
    case 'skipped':
      return { result: 'skipped', reason: verdict.because }
    case 'cancelled':
      return { result: 'cancelled', reason: `cancelled by ${verdict.by}`, ...retried }
    case 'poisoned':
      return { result: 'failed', failure: poisoned(verdict.workersLost), ...retried }
    case 'unplaceable':
      return { result: 'failed', failure: unplaceable(verdict.missing) }
  }
}

/** Failures of the attempts before the one that decided. */
function earlierFailures({ attempts, verdict }: TaskReport): readonly Failure[] {
  const failures = attempts.flatMap(({ ending }) => {
    if (ending.kind !== 'ended') return []
    const { result, failure } = ending.outcome
    return result === 'failed' || result === 'timed-out' ? [failure ?? unexplained()] : []
  })
  // Its cases may have been retried by the runner, which tells us no more than that.
  if (verdict?.kind === 'flaky' && failures.length === 0) return [unexplained()]
  const decidedByFailure = verdict?.kind === 'failed' || verdict?.kind === 'timed-out'
  return decidedByFailure && attempts.at(-1)?.ending.kind === 'ended' ? failures.slice(0, -1) : failures
}

function poisoned(workersLost: number): Failure {
  return makeFailure({
    category: 'process-crash',
    message: `Taken out of the run: ${workersLost === 1 ? 'the worker' : `${workersLost} workers in a row`} died while it ran`,
    evidence: [`${countText(workersLost, 'worker')} lost`],
    transient: false,
  })
}

function unplaceable(missing: readonly string[]): Failure {
  return makeFailure({
    category: 'configuration',
    message: `No worker could ever run it: missing ${missing.join(', ')}`,
    evidence: missing.map((name) => `missing ${name}`),
  })
}
