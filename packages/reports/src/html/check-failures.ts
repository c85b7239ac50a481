// Reports come from files and other programs as well, whatever their type promises. A failure without its parts would break the
// writer in the middle with an error that helps nobody, so it is named before anything is written.
import { type Failure, MusterError, type RunReport } from '@muster/core'

/** Throws `INPUT_UNREADABLE` where a failure of the report lacks what every failure has. */
export function checkFailures({ tasks }: Pick<RunReport, 'tasks'>): void {
  for (const { id, verdict, attempts } of tasks) {
    if (verdict !== undefined && 'failure' in verdict) check(id, verdict.failure)
    for (const { ending, details } of attempts) {
      if (ending.kind === 'ended') check(id, ending.outcome.failure)
      for (const { failure } of details?.cases ?? []) check(id, failure)
    }
  }
}

function check(task: string, failure: Failure | undefined): void {
  if (failure === undefined) return
  const given: Readonly<Record<string, unknown>> = { ...failure }
  const lacks = (['category', 'message', 'fingerprint'] as const).filter((name) => typeof given[name] !== 'string')
  const missing = [...lacks, ...(Array.isArray(given['evidence']) ? [] : ['evidence'])]
  if (missing.length === 0) return
  throw new MusterError('INPUT_UNREADABLE', {
    expected: `every failure of the report to have ${missing.join(', ')}`,
    got: `one of task ${JSON.stringify(task)} without`,
    remedy: 'Make failures with makeFailure of @muster/core/failure, or read reports with parseRunReport.',
  })
}
