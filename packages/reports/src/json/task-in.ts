// A task as our own JSON holds it, checked field by field. A schema would do the same, but costs more to load than most
// documents cost to read.
import type {
  AttemptDetails,
  AttemptReport,
  CaseResult,
  LossCause,
  Outcome,
  Result,
  TaskReport,
  Verdict,
} from '@muster/core'
import { failureIn } from '../failure/failure-in.ts'
import { amountAt, fieldsAt, isFields, listAt, own, textAt, textsAt, wholeAt, type Fields } from './own-fields.ts'

/** The task, as far as cases are made from it; nothing where its form is not that of a task. */
export function taskIn(value: unknown): TaskReport | undefined {
  if (!isFields(value)) return undefined
  const id = textAt(value, 'id')
  const attempts = listAt(value, 'attempts')?.map(attemptIn)
  if (id === undefined || attempts === undefined) return undefined
  const whole = attempts.filter((attempt) => attempt !== undefined)
  const stated = own(value, 'verdict')
  const verdict = isFields(stated) ? verdictIn(stated) : undefined
  if (whole.length !== attempts.length || (stated !== undefined && verdict === undefined)) return undefined
  const file = textAt(value, 'file')
  const tags = textsAt(value, 'tags')
  return {
    id,
    kind: textAt(value, 'kind') ?? '',
    ...(file === undefined ? {} : { file }),
    ...(tags === undefined ? {} : { tags }),
    ...(verdict === undefined ? {} : { verdict }),
    attempts: whole,
  }
}

function verdictIn(fields: Fields): Verdict | undefined {
  const kind = textAt(fields, 'kind')
  const by = textAt(fields, 'by')
  const failure = failureAt(fields)
  switch (kind) {
    case 'passed':
      return { kind }
    case 'flaky':
      return { kind, failedAttempts: wholeAt(fields, 'failedAttempts') ?? 1 }
    case 'failed':
    case 'timed-out':
      return { kind, ...failure }
    case 'blocked': {
      const limitMs = amountAt(fields, 'limitMs')
      return by === undefined ? undefined : { kind, by, ...(limitMs === undefined ? {} : { limitMs }) }
    }
    case 'cancelled':
      return by === undefined ? undefined : { kind, by }
    case 'skipped':
      return { kind, because: textAt(fields, 'because') ?? '', ...(by === undefined ? {} : { by }) }
    case 'poisoned':
      return { kind, workersLost: wholeAt(fields, 'workersLost') ?? 0 }
    case 'unplaceable':
      return { kind, missing: textsAt(fields, 'missing') ?? [] }
    case undefined:
    default:
      return undefined
  }
}

function attemptIn(value: unknown, at: number): AttemptReport | undefined {
  if (!isFields(value)) return undefined
  const ending = endingIn(fieldsAt(value, 'ending') ?? {})
  const startedAtMs = amountAt(value, 'startedAtMs')
  const stated = own(value, 'details')
  const details = detailsIn(stated)
  if (ending === undefined || (stated !== undefined && details === undefined)) return undefined
  return {
    n: wholeAt(value, 'n', 1) ?? at + 1,
    worker: textAt(value, 'worker') ?? '',
    launchedAtMs: amountAt(value, 'launchedAtMs') ?? 0,
    ...(startedAtMs === undefined ? {} : { startedAtMs }),
    ending,
    ...(details === undefined ? {} : { details }),
  }
}

function endingIn(fields: Fields): AttemptReport['ending'] | undefined {
  switch (textAt(fields, 'kind')) {
    case 'ended': {
      const outcome = outcomeIn(fieldsAt(fields, 'outcome') ?? {})
      return outcome === undefined ? undefined : { kind: 'ended', outcome }
    }
    case 'lost': {
      const cause = textAt(fields, 'cause')
      return cause !== undefined && isCause(cause) ? { kind: 'lost', cause } : undefined
    }
    case 'open':
      return { kind: 'open' }
    case undefined:
    default:
      return undefined
  }
}

function outcomeIn(fields: Fields): Outcome | undefined {
  const result = textAt(fields, 'result')
  if (result === undefined || !isResult(result)) return undefined
  return { result, durationMs: amountAt(fields, 'durationMs') ?? 0, ...failureAt(fields) }
}

function detailsIn(value: unknown): AttemptDetails | undefined {
  const list = isFields(value) ? listAt(value, 'cases')?.map(caseIn) : undefined
  if (list === undefined) return undefined
  const cases = list.filter((one) => one !== undefined)
  return cases.length === list.length ? { cases } : undefined
}

function caseIn(value: unknown): CaseResult | undefined {
  if (!isFields(value)) return undefined
  const path = textsAt(value, 'path')
  const result = textAt(value, 'result')
  if (path === undefined || result === undefined || !isResult(result)) return undefined
  const file = textAt(value, 'file')
  const line = wholeAt(value, 'line')
  const reason = textAt(value, 'reason')
  const retries = wholeAt(value, 'retries')
  return {
    path,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    result,
    durationMs: amountAt(value, 'durationMs') ?? 0,
    ...failureAt(value),
    ...(reason === undefined ? {} : { reason }),
    ...(retries === undefined ? {} : { retries }),
  }
}

function failureAt(fields: Fields): Pick<CaseResult, 'failure'> {
  const failure = failureIn(fieldsAt(fields, 'failure') ?? {})
  return failure === undefined ? {} : { failure }
}

const results: Readonly<Record<Result, true>> = {
  passed: true,
  failed: true,
  'timed-out': true,
  cancelled: true,
  skipped: true,
}
const causes: Readonly<Record<LossCause, true>> = { worker: true, coordinator: true, refused: true, 'pre-empted': true }

function isResult(text: string): text is Result {
  return Object.hasOwn(results, text)
}

function isCause(text: string): text is LossCause {
  return Object.hasOwn(causes, text)
}
