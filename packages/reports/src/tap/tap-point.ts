// One test point with what stands under it, as a case. Our own diagnostics give back exactly what was written; those of Node,
// node-tap and tape are read for what they are known to hold.
import type { CaseResult, Failure } from '@muster/core'
import { failureRestIn } from '../failure/failure-in.ts'
import { reportedFailure } from '../failure/reported-failure.ts'
import { isFields } from '../json/own-fields.ts'
import type { Diagnostic } from './parse-diagnostic.ts'
import type { TapDescription } from './tap-text.ts'

/** A test point as it was read. */
export interface TapPoint {
  readonly isOk: boolean
  readonly line: number
  readonly number: number | undefined
  readonly description: TapDescription
  /** Text under the point that is no diagnostic: Mocha writes messages there. */
  readonly notes: readonly string[]
  readonly diagnostic: Diagnostic
}

/** The case that a test point stands for; its path is relative to its subtest. */
export function caseOfPoint(point: TapPoint): CaseResult {
  const { diagnostic, description } = point
  const place = placeOf(diagnostic)
  const retries = Number(diagnostic.get('retries'))
  const duration = Number(diagnostic.get('duration_ms') ?? description.durationMs ?? 0)
  const title = description.text === '' ? `test ${point.number ?? ''}`.trim() : description.text
  return {
    path: jsonTexts(diagnostic.get('path')) ?? [title],
    ...place,
    durationMs: Number.isFinite(duration) && duration >= 0 ? duration : 0,
    ...(Number.isSafeInteger(retries) && retries > 0 ? { retries } : {}),
    ...endingOf(point),
  }
}

function endingOf(point: TapPoint): Pick<CaseResult, 'result' | 'failure' | 'reason'> {
  const { diagnostic, description, isOk } = point
  const { directive } = description
  if (directive !== undefined) {
    const said = diagnostic.get('reason') ?? directive.reason
    const reason = directive.kind === 'todo' ? `todo${said === '' ? '' : `: ${said}`}` : said
    const isCancelled = diagnostic.get('result') === 'cancelled'
    return {
      result: isCancelled ? 'cancelled' : 'skipped',
      ...(reason === '' && !diagnostic.has('reason') ? {} : { reason }),
      ...kept(point),
    }
  }
  if (isOk) return { result: 'passed', ...kept(point) }
  const failure = failureOf(point)
  switch (diagnostic.get('result') ?? diagnostic.get('failureType')) {
    case 'timed-out':
    case 'testTimeoutFailure':
      return { result: 'timed-out', failure }
    case 'cancelledByParent':
      return { result: 'cancelled', failure, reason: failure.message }
    case undefined:
    default:
      return { result: 'failed', failure }
  }
}

/** The failure beside a case that did not fail in the end, where we wrote one. */
function kept(point: TapPoint): { readonly failure?: Failure } {
  return point.diagnostic.has('failure') ? { failure: failureOf(point) } : {}
}

function failureOf({ diagnostic, notes }: TapPoint): Failure {
  const message = diagnostic.get('message') ?? diagnostic.get('error') ?? diagnostic.get('error.message')
  const stack = diagnostic.get('stack')
  const own = parsed(diagnostic.get('failure'))
  const rest = isFields(own) ? failureRestIn(own) : undefined
  if (rest !== undefined && message !== undefined)
    return { ...rest, message, ...(stack === undefined ? {} : { stack }) }
  const compares = diagnostic.has('expected') && diagnostic.has('actual')
  const text = stack ?? notes.join('\n')
  return reportedFailure({
    reportedAs: 'TAP not ok',
    errorName:
      diagnostic.get('failureType') === 'testTimeoutFailure'
        ? 'timeout'
        : (diagnostic.get('name') ?? diagnostic.get('error.name')),
    message: message ?? (stack === undefined ? notes.find((note) => note.trim() !== '')?.trim() : undefined),
    text,
    suggests: compares || diagnostic.has('operator') ? 'assertion' : 'unknown',
  })
}

function placeOf(diagnostic: Diagnostic): { readonly file?: string; readonly line?: number } {
  // Node writes `location: '/a/b.test.js:3:5'`, Vitest `at: "/a/b.test.ts:3:5"`.
  const [, located, locatedLine] =
    /^(.{1,4000}?):(\d{1,9})(?::\d{1,9})?$/.exec(diagnostic.get('location') ?? diagnostic.get('at') ?? '') ?? []
  const file = diagnostic.get('file') ?? located ?? diagnostic.get('at.file') ?? diagnostic.get('at.fileName')
  const line = Number(
    diagnostic.get('line') ?? locatedLine ?? diagnostic.get('at.line') ?? diagnostic.get('at.lineNumber'),
  )
  return { ...(file === undefined ? {} : { file }), ...(Number.isSafeInteger(line) && line > 0 ? { line } : {}) }
}

function jsonTexts(text: string | undefined): readonly string[] | undefined {
  const value = parsed(text)
  if (!Array.isArray(value)) return undefined
  const texts = value.filter((title) => typeof title === 'string')
  return texts.length === value.length ? texts : undefined
}

function parsed(text: string | undefined): unknown {
  if (text === undefined || !/^[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
