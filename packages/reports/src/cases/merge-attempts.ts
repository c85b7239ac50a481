// The cases of one task over all its attempts. The last try of a case counts; a failure before it is never forgotten, since a
// pass after a failure is flaky and not green.
import type { AttemptReport, CaseResult, Failure, TaskReport } from '@muster/core'
import { unexplained } from '../failure/unexplained.ts'
import { isBad, type ReportCase } from './report-case.ts'

/** The merged cases of a task, in the order in which they were first seen. */
export function mergeAttempts(task: TaskReport): readonly ReportCase[] {
  const rows = new Map<string, ReportCase & { readonly n: number }>()
  let last = 0
  for (const attempt of task.attempts) {
    if (attempt.details === undefined) continue
    last = attempt.n
    const occurrences = new Map<string, number>()
    for (const one of attempt.details.cases) {
      const name = `${one.file ?? ''}\u0000${one.path.join('\u0000')}`
      const occurrence = occurrences.get(name) ?? 0
      occurrences.set(name, occurrence + 1)
      const key = `${name}\u0000${occurrence}`
      rows.set(key, { ...follow(task, rows.get(key), one, attempt), n: attempt.n })
    }
  }
  const isGreen = task.verdict?.kind === 'passed' || task.verdict?.kind === 'flaky'
  return Array.from(rows.values(), ({ n, ...row }) =>
    isGreen && n < last && isBad(row.case) ? notRunAgain(row, n) : row,
  )
}

function follow(task: TaskReport, before: ReportCase | undefined, one: CaseResult, attempt: AttemptReport): ReportCase {
  const earlierFailures = before === undefined ? ownEarlier(one) : [...failuresOf(before), ...ownEarlier(one)]
  const retries =
    (one.retries ?? 0) + (before === undefined ? 0 : (before.case.retries ?? 0) + (isBad(before.case) ? 1 : 0))
  const failure = one.result === 'passed' && retries > 0 ? (earlierFailures[0] ?? one.failure) : one.failure
  const file = one.file ?? task.file
  return {
    task: task.id,
    verdict: task.verdict?.kind,
    case: {
      ...one,
      ...(file === undefined ? {} : { file }),
      ...(failure === undefined ? {} : { failure }),
      ...(retries === 0 ? {} : { retries }),
    },
    earlierFailures,
    isTask: false,
    worker: attempt.worker,
    startedAtMs: attempt.startedAtMs,
    tags: task.tags,
  }
}

/** A runner that retried by itself keeps the failure of a try before the one that passed. */
function ownEarlier({ result, failure, retries }: CaseResult): readonly Failure[] {
  return result === 'passed' && failure !== undefined && (retries ?? 0) > 0 ? [failure] : []
}

function failuresOf({ case: one, earlierFailures }: ReportCase): readonly Failure[] {
  return isBad(one) ? [...earlierFailures, one.failure ?? unexplained()] : earlierFailures
}

/** A case that failed and that the attempt which passed did not hold any more: neither red nor green. */
function notRunAgain(row: ReportCase, n: number): ReportCase {
  const { path, file, line, durationMs, retries } = row.case
  return {
    ...row,
    earlierFailures: failuresOf(row),
    case: {
      path,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
      ...(retries === undefined ? {} : { retries }),
      result: 'skipped',
      durationMs,
      reason: `failed in attempt ${n} and did not run again`,
    },
  }
}
