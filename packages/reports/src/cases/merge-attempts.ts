// The cases of one task over all its attempts as rows. The last try of a case counts; a failure before it is never forgotten,
// since a pass after a failure is flaky and not green.
import type { CaseResult, Failure, TaskReport } from '@muster/core'
import { isChargedFor, mergedCases, type MergedCase } from '@muster/core/model'
import { unexplained } from '../failure/unexplained.ts'
import { isBad, type ReportCase } from './report-case.ts'

/** The merged cases of a task, in the order in which they were first seen. */
export function mergeAttempts(task: TaskReport): readonly ReportCase[] {
  const attempts = new Map(task.attempts.map((attempt) => [attempt.n, attempt]))
  return mergedCases(task).map((merged) => {
    const attempt = attempts.get(merged.n)
    return {
      task: task.id,
      verdict: task.verdict?.kind,
      ...(merged.isGone ? goneCase(task, merged) : lastCase(task, merged)),
      isTask: false,
      worker: attempt?.worker,
      startedAtMs: attempt?.startedAtMs,
      tags: task.tags,
    }
  })
}

type Told = Pick<ReportCase, 'case' | 'earlierFailures'>

function lastCase(task: TaskReport, { case: one, before }: MergedCase): Told {
  const earlierFailures = [...before.flatMap(failuresOf), ...ownEarlier(one)]
  const retries = retriesOf(one, before)
  const failure = one.result === 'passed' && retries > 0 ? (earlierFailures[0] ?? one.failure) : one.failure
  const file = one.file ?? task.file
  return {
    case: {
      ...one,
      ...(file === undefined ? {} : { file }),
      ...(failure === undefined ? {} : { failure }),
      ...(retries === 0 ? {} : { retries }),
    },
    earlierFailures,
  }
}

/** Every try before the last that failed by itself, the runner's and ours: a bad device makes no case flaky. */
function retriesOf({ retries = 0 }: CaseResult, before: readonly CaseResult[]): number {
  return before.reduce(
    (sum, one) => sum + (one.retries ?? 0) + (isBad(one) && isChargedFor(one.failure?.category) ? 1 : 0),
    retries,
  )
}

function failuresOf(one: CaseResult): readonly Failure[] {
  return isBad(one) ? [...ownEarlier(one), one.failure ?? unexplained()] : ownEarlier(one)
}

/** A runner that retried by itself keeps the failure of a try before the one that passed. */
function ownEarlier({ result, failure, retries }: CaseResult): readonly Failure[] {
  return result === 'passed' && failure !== undefined && (retries ?? 0) > 0 ? [failure] : []
}

/** A case that failed and that the attempt which passed did not hold any more: neither red nor green. */
function goneCase(task: TaskReport, { case: one, before, n }: MergedCase): Told {
  const { path, line, durationMs } = one
  const file = one.file ?? task.file
  const retries = retriesOf(one, before)
  return {
    earlierFailures: [...before, one].flatMap(failuresOf),
    case: {
      path,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
      ...(retries === 0 ? {} : { retries }),
      result: 'skipped',
      durationMs,
      reason: `failed in attempt ${n} and did not run again`,
    },
  }
}
