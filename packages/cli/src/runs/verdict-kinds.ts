// Every kind of verdict, in the order in which counts of them are told: what is well first, then what is not.
import type { VerdictKind } from '@muster/core'

/** All kinds. */
export const verdictKinds: readonly VerdictKind[] = [
  'passed',
  'flaky',
  'failed',
  'timed-out',
  'blocked',
  'skipped',
  'cancelled',
  'poisoned',
  'unplaceable',
]
