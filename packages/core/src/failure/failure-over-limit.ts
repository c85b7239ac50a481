// An attempt that used more than it was allowed to. It was ended for that, whatever came of it: repeated as it is, it will
// do the same again.
import type { Failure } from '../model/failure.ts'
import { observedFailure } from './observed-failure.ts'

/** What an attempt used too much of. */
export interface OverLimit {
  readonly limit: 'memory' | 'cpu' | 'output'
  /** Bytes, or milliseconds of processor time. */
  readonly measured: number
  readonly allowed: number
}

const words = {
  memory: { what: 'memory', unit: 'bytes' },
  cpu: { what: 'processor time', unit: 'ms' },
  output: { what: 'output', unit: 'bytes' },
} as const

/** The attempt passed a limit. `evidence` adds what was seen on the way. */
export function failureOverLimit({ limit, measured, allowed }: OverLimit, evidence: readonly string[] = []): Failure {
  const { what, unit } = words[limit]
  return observedFailure('limit', {
    code: limit,
    message: `Ended for its ${what}: used ${measured} ${unit}, allowed ${allowed} ${unit}`,
    evidence: [`${what} of ${measured} ${unit}`, `limit of ${allowed} ${unit}`, ...evidence],
    template: `${what} over the limit of the attempt`,
  })
}
