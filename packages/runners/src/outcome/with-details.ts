// Puts below the message of a failure what a person asks for next: the difference of the two values, and what caused the error.
// Its fingerprint stays that of the message alone, since a difference differs each time.
import type { Failure } from '@muster/core'
import { countText } from './count-text.ts'

/** Most of a difference that a message carries; the rest is in what the test printed. */
const longest = { lines: 60, characters: 2500 }

/** What is known beside the message. */
export interface FailureDetails {
  /** As the runner writes it. */
  readonly diff?: string | undefined
  /** What was thrown; its chain of causes is followed. */
  readonly thrown?: unknown
}

/** The failure with its details in the message. */
export function withDetails(failure: Failure, { diff, thrown }: FailureDetails): Failure {
  const difference = diff === undefined || diff.trim() === '' ? [] : ['', shortened(diff)]
  const causes = causesOf(thrown).map((cause) => `caused by: ${cause}`)
  if (difference.length + causes.length === 0) return failure
  return { ...failure, message: [failure.message, ...difference, ...causes].join('\n') }
}

/** Deepest cause that is told. */
const deepest = 5

function causesOf(thrown: unknown): readonly string[] {
  const causes: string[] = []
  let at = causeIn(thrown)
  while (at !== undefined && causes.length < deepest) {
    causes.push(textOf(at))
    at = causeIn(at)
  }
  return causes
}

function causeIn(thrown: unknown): unknown {
  if (typeof thrown !== 'object' || thrown === null || !('cause' in thrown)) return undefined
  return thrown.cause ?? undefined
}

function textOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return String(cause)
  const name = 'name' in cause && typeof cause.name === 'string' ? `${cause.name}: ` : ''
  return `${name}${'message' in cause && typeof cause.message === 'string' ? firstLine(cause.message) : 'no message'}`
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}

function shortened(diff: string): string {
  const lines = diff.replace(/^\n+|\n+$/g, '').split('\n')
  const shown = lines.slice(0, longest.lines).join('\n').slice(0, longest.characters)
  const rest = lines.length - shown.split('\n').length
  return rest > 0 ? `${shown}\n… ${countText(rest, 'more line')}` : shown
}
