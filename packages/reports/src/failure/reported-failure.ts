// A failure that another tool reported as text. What it calls the error is the best evidence there is; where it says nothing,
// the kind of element says a little, and the category stays modest.
import type { Failure, FailureCategory } from '@muster/core'
import { classifyFailure, makeFailure } from '@muster/core/failure'
import { firstLine, plainText } from '../text/plain-text.ts'

/** What a document says about a failure. */
export interface ReportedFailure {
  /** How the document calls it: `JUnit failure`, `TAP not ok`. */
  readonly reportedAs: string
  /** Name of the error class, or one of our own categories. */
  readonly errorName?: string | undefined
  readonly message?: string | undefined
  /** Stack or whatever else was written about it. */
  readonly text?: string | undefined
  /** What the document's form suggests where no name does. @defaultValue `'unknown'` */
  readonly suggests?: FailureCategory | undefined
}

/** The failure that a document reports. */
export function reportedFailure(reported: ReportedFailure): Failure {
  const text = reported.text === undefined ? '' : plainText(reported.text)
  const given = reported.errorName?.trim()
  const ownCategory = given !== undefined && isCategory(given) ? given : undefined
  const errorName =
    ownCategory === undefined ? (isName(given) ? given : (nameIn(reported.message ?? '') ?? nameIn(text))) : undefined
  const message = plainText(reported.message ?? '')
  const named = errorName === undefined ? undefined : categoryOfName(errorName)
  const said = [errorName === undefined ? message : `${errorName}: ${message}`, text].join('\n')
  // The text is read for what is more than: something was thrown.
  const read = ownCategory === undefined ? classifyFailure({ text: said }) : undefined
  const isTold = read !== undefined && read.category !== 'unknown' && read.category !== 'exception'
  const { code, rule, confidence, phase, severity, suggestion, transient, fault } = read ?? {}
  return makeFailure({
    ...(isTold ? { code, rule, confidence, phase, severity, suggestion, transient, fault } : {}),
    category: ownCategory ?? (isTold ? read.category : (named ?? reported.suggests ?? 'unknown')),
    message: message.trim() === '' ? firstLine(text, 500) || `${reported.reportedAs} without a message` : message,
    ...(errorName === undefined ? {} : { errorName }),
    ...(text.trim() === '' ? {} : { stack: text }),
    evidence: [given === undefined || given === '' ? reported.reportedAs : `${reported.reportedAs} of type ${given}`],
  })
}

const categories: Readonly<Record<FailureCategory, true>> = {
  assertion: true,
  exception: true,
  timeout: true,
  network: true,
  resource: true,
  'hardware-device': true,
  environment: true,
  'build-dependency': true,
  'permission-auth': true,
  configuration: true,
  'process-crash': true,
  infrastructure: true,
  'data-parse': true,
  cancelled: true,
  unknown: true,
}

/** Whether a text is one of the categories. */
export function isCategory(text: string): text is FailureCategory {
  return Object.hasOwn(categories, text)
}

function isName(given: string | undefined): given is string {
  return given !== undefined && given !== '' && given !== 'failure' && given !== 'error'
}

/** The name of an error at the start of a line, or at the very end, where pytest writes it. */
function nameIn(text: string): string | undefined {
  const start = /^[ \t]{0,20}(?:Uncaught )?([A-Za-z_$][\w$.]{0,100}(?:Error|Exception|Failure))(?=[:\s[]|$)/m.exec(
    text.slice(0, 2000),
  )
  if (start !== null) return start[1]
  return /:\d{1,9}: ([A-Za-z_][\w.]{0,100}(?:Error|Exception|Failure))\s{0,20}$/.exec(text.slice(-300))?.[1]
}

function categoryOfName(name: string): FailureCategory {
  const short = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  if (short.includes('assert') || short.includes('comparisonfailure') || short.includes('expectation'))
    return 'assertion'
  if (short.includes('timeout') || short.includes('timedout')) return 'timeout'
  if (/^(?:modulenotfound|import|classnotfound|noclassdeffound|syntax)/.test(short)) return 'build-dependency'
  if (/^(?:connection|connect|socket|unknownhost|gaierror)/.test(short)) return 'network'
  if (/^(?:outofmemory|memoryerror)/.test(short)) return 'resource'
  if (/^permission/.test(short)) return 'permission-auth'
  return 'exception'
}
