// An attempt that used more than it was allowed to. It was ended for that, whatever came of it: repeated as it is, it will
// do the same again.
import type { Failure } from '../model/failure.ts'
import { observedFailure } from './observed-failure.ts'
import { bytesText, msText } from './text/measure-text.ts'

/** What an attempt used too much of. */
export interface OverLimit {
  readonly limit: 'memory' | 'cpu' | 'output'
  /** Bytes, or milliseconds of processor time. */
  readonly measured: number
  readonly allowed: number
}

const words = {
  memory: { what: 'memory', unit: 'bytes', text: bytesText },
  cpu: { what: 'processor time', unit: 'ms', text: msText },
  output: { what: 'output', unit: 'bytes', text: bytesText },
} as const

/** The attempt passed a limit. `evidence` adds what was seen on the way. */
export function failureOverLimit({ limit, measured, allowed }: OverLimit, evidence: readonly string[] = []): Failure {
  const { what, unit, text } = words[limit]
  // Rounded, the two may look the same: then they are told as they are.
  const isClose = text(measured) === text(allowed)
  const [used, most] = [measured, allowed].map((amount) => (isClose ? `${amount} ${unit}` : text(amount)))
  return observedFailure('limit', {
    code: limit,
    message: `Ended for its ${what}: used ${used}, allowed ${most}`,
    evidence: [`${what} of ${measured} ${unit}`, `limit of ${allowed} ${unit}`, ...evidence],
    template: `${what} over the limit of the attempt`,
  })
}
