// The one place where a failure is put together, so that fault, transience, fingerprint and sizes follow one rule each.
import type { Failure, FailureCategory, FailurePhase, FailureSeverity, Fault } from '../model/failure.ts'
import { hashText } from './hash-text.ts'
import { maskMessage } from './mask-message.ts'

/** What is known of a failure before the rules have been applied. */
export interface FailureFacts {
  readonly category: FailureCategory
  readonly message: string
  /** What the category rests on, most telling first. */
  readonly evidence: readonly string[]
  readonly errorName?: string | undefined
  readonly stack?: string | undefined
  /** @defaultValue what the category suggests */
  readonly fault?: Fault | undefined
  /** @defaultValue what the category suggests */
  readonly transient?: boolean | undefined
  /** What tells this cause from others of its category. @defaultValue the message */
  readonly template?: string | undefined
  readonly code?: string | undefined
  readonly rule?: string | undefined
  readonly confidence?: number | undefined
  readonly phase?: FailurePhase | undefined
  readonly severity?: FailureSeverity | undefined
  readonly retryAfterMs?: number | undefined
  readonly suggestion?: string | undefined
}

/** A failure is a row of the journal: longer texts belong into the captured output. Lengths in characters. */
const longest = { message: 4000, stack: 8000, evidence: 500, pieces: 12, suggestion: 500, name: 100 }

const byCategory: Readonly<Record<FailureCategory, { readonly fault: Fault; readonly transient: boolean }>> = {
  assertion: { fault: 'product', transient: false },
  exception: { fault: 'unknown', transient: false },
  timeout: { fault: 'unknown', transient: true },
  network: { fault: 'environment', transient: true },
  resource: { fault: 'infrastructure', transient: true },
  'hardware-device': { fault: 'infrastructure', transient: true },
  environment: { fault: 'environment', transient: false },
  'build-dependency': { fault: 'product', transient: false },
  'permission-auth': { fault: 'environment', transient: false },
  configuration: { fault: 'environment', transient: false },
  'process-crash': { fault: 'unknown', transient: true },
  infrastructure: { fault: 'infrastructure', transient: true },
  'data-parse': { fault: 'unknown', transient: false },
  cancelled: { fault: 'unknown', transient: false },
  // Nothing speaks for it and nothing against it: one more try is how to learn more.
  unknown: { fault: 'unknown', transient: true },
}

/** Applies the rules to what is known. */
export function makeFailure(facts: FailureFacts): Failure {
  const rule = byCategory[facts.category]
  const template = maskMessage(facts.template ?? facts.message)
  return {
    category: facts.category,
    fault: facts.fault ?? rule.fault,
    transient: facts.transient ?? rule.transient,
    message: cut(facts.message, longest.message),
    ...(facts.errorName === undefined ? {} : { errorName: cut(facts.errorName, longest.evidence) }),
    ...(facts.stack === undefined ? {} : { stack: cut(facts.stack, longest.stack) }),
    fingerprint: hashText(`${facts.category}\n${facts.errorName ?? ''}\n${template}`),
    evidence: facts.evidence.slice(0, longest.pieces).map((piece) => cut(piece, longest.evidence)),
    ...(facts.code === undefined ? {} : { code: cut(facts.code, longest.name) }),
    ...(facts.rule === undefined ? {} : { rule: cut(facts.rule, longest.name) }),
    ...(facts.confidence === undefined ? {} : { confidence: facts.confidence }),
    ...(facts.phase === undefined ? {} : { phase: facts.phase }),
    ...(facts.severity === undefined ? {} : { severity: facts.severity }),
    ...(facts.retryAfterMs === undefined ? {} : { retryAfterMs: facts.retryAfterMs }),
    ...(facts.suggestion === undefined ? {} : { suggestion: cut(facts.suggestion, longest.suggestion) }),
  }
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}
