// How a failure was judged, for a person: what kind it is, whose fault, and what to do. It stands where people look first, so it
// is short; what it rests on is for whoever asks.
import type { Failure } from '@muster/core'
import { truncateEnd } from '../terminal/fit-width.ts'
import { oneLine } from '../terminal/plain-text.ts'

/** Columns of an advice in one line, and of a piece of evidence. */
const longest = { advice: 160, evidence: 300 }
/** Pieces of evidence where nobody asks for all. */
const mostEvidence = 3

/** The kind and whose fault it is: `network, refused; fault: environment`. */
export function kindText({ category, code, fault }: Pick<Failure, 'category' | 'code' | 'fault'>): string {
  const kind = code === undefined ? category : `${category}, ${code}`
  return fault === 'unknown' ? kind : `${kind}; fault: ${fault === 'us' ? 'Muster' : fault}`
}

/** All of it in one line; nothing where nothing is known. */
export function judgementLine(failure: Failure): string | undefined {
  const { category, fault, suggestion } = failure
  if (category === 'unknown' && fault === 'unknown' && suggestion === undefined) return undefined
  const advice = suggestion === undefined ? '' : `. ${truncateEnd(oneLine(suggestion), longest.advice)}`
  return `why: ${kindText(failure)}${advice}`
}

/** What the judgement says and what it rests on, a line each. */
export function judgementLines(failure: Failure, isWhole = false): readonly string[] {
  const { transient, phase, rule, confidence, evidence, suggestion } = failure
  const facts = [
    kindText(failure),
    transient ? 'a retry may help' : 'a retry does not help',
    ...(phase === undefined ? [] : [`phase: ${phase}`]),
  ]
  const sure = confidence === undefined ? '' : `, ${String(Math.round(confidence * 100))} % sure`
  const pieces = isWhole ? evidence : evidence.slice(0, mostEvidence)
  const hidden = evidence.length - pieces.length
  return [
    facts.join('; '),
    ...(rule === undefined ? [] : [`told by rule ${rule}${sure}`]),
    ...pieces.map((piece) => `from ${isWhole ? oneLine(piece) : truncateEnd(oneLine(piece), longest.evidence)}`),
    ...(hidden > 0 ? [`and ${String(hidden)} more, with --verbose`] : []),
    ...(suggestion === undefined ? [] : [oneLine(suggestion)]),
  ]
}
