// A failure as one of our own documents wrote it. What does not have the right form is not a failure of ours, and is left to
// the reader of foreign ones.
import type { Failure, Fault } from '@muster/core'
import { amountAt, own, textAt, textsAt, type Fields } from '../json/own-fields.ts'
import { isCategory } from './reported-failure.ts'

/** What a failure is besides its texts. */
export type FailureRest = Omit<Failure, 'message' | 'stack'>

/** Everything about a failure but its texts, which other formats have places for. */
export function failureRest({ message: _message, stack: _stack, ...rest }: Failure): FailureRest {
  return rest
}

/** The same, read back; nothing where a field is missing. */
export function failureRestIn(fields: Fields): FailureRest | undefined {
  const category = textAt(fields, 'category')
  const fault = textAt(fields, 'fault')
  const transient = own(fields, 'transient')
  const fingerprint = textAt(fields, 'fingerprint')
  const evidence = textsAt(fields, 'evidence')
  if (category === undefined || !isCategory(category) || fault === undefined || !isFault(fault)) return undefined
  if (typeof transient !== 'boolean' || fingerprint === undefined || evidence === undefined) return undefined
  return { category, fault, transient, fingerprint, evidence, ...judgementIn(fields) }
}

/** What the rule that judged it said, as far as it is there. */
function judgementIn(fields: Fields): Partial<FailureRest> {
  const known = {
    errorName: textAt(fields, 'errorName'),
    code: textAt(fields, 'code'),
    rule: textAt(fields, 'rule'),
    confidence: amountAt(fields, 'confidence'),
    phase: phases.find((phase) => phase === textAt(fields, 'phase')),
    severity: severities.find((severity) => severity === textAt(fields, 'severity')),
    suggestion: textAt(fields, 'suggestion'),
  }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
}

const phases = ['discovery', 'set-up', 'execution', 'teardown', 'reporting'] as const
const severities = ['info', 'low', 'medium', 'high', 'critical'] as const

/** A whole failure. */
export function failureIn(fields: Fields): Failure | undefined {
  const rest = failureRestIn(fields)
  const message = textAt(fields, 'message')
  if (rest === undefined || message === undefined) return undefined
  const stack = textAt(fields, 'stack')
  return { ...rest, message, ...(stack === undefined ? {} : { stack }) }
}

const faults: Readonly<Record<Fault, true>> = {
  test: true,
  product: true,
  environment: true,
  infrastructure: true,
  us: true,
  unknown: true,
}

function isFault(text: string): text is Fault {
  return Object.hasOwn(faults, text)
}
