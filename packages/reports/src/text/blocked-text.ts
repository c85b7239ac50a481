// What stood in the way of a task, in the same words in every format.
import type { Verdict } from '@muster/core'
import { durationText } from './duration-text.ts'

/** Why a task was blocked: `blocked by setup`, or by what was too slow for it. */
export function blockedText({ by, limitMs }: Extract<Verdict, { kind: 'blocked' }>): string {
  return limitMs === undefined
    ? `blocked by ${by}`
    : `blocked by ${by}, which had not passed within ${durationText(limitMs)}`
}
