// A failure as one of our own documents wrote it. What does not have the right form is not a failure of ours, and is left to
// the reader of foreign ones.
import type { Failure, Fault } from '@muster/core'
import { own, textAt, textsAt, type Fields } from '../json/own-fields.ts'
import { isCategory } from './reported-failure.ts'

/** What a failure is besides its texts. */
export type FailureRest = Omit<Failure, 'message' | 'stack'>

/** Everything about a failure but its texts, which other formats have places for. */
export function failureRest({ category, fault, transient, errorName, fingerprint, evidence }: Failure): FailureRest {
  return { category, fault, transient, ...(errorName === undefined ? {} : { errorName }), fingerprint, evidence }
}

/** The same, read back; nothing where a field is missing. */
export function failureRestIn(fields: Fields): FailureRest | undefined {
  const category = textAt(fields, 'category')
  const fault = textAt(fields, 'fault')
  const transient = own(fields, 'transient')
  const fingerprint = textAt(fields, 'fingerprint')
  const evidence = textsAt(fields, 'evidence')
  const errorName = textAt(fields, 'errorName')
  if (category === undefined || !isCategory(category) || fault === undefined || !isFault(fault)) return undefined
  if (typeof transient !== 'boolean' || fingerprint === undefined || evidence === undefined) return undefined
  return { category, fault, transient, ...(errorName === undefined ? {} : { errorName }), fingerprint, evidence }
}

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
