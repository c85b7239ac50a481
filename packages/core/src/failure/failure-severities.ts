// How far a failure reaches follows from its category, of which there are fifteen: this table is the list of them that needs no
// schema.
import type { FailureCategory, FailureSeverity } from '../model/failure.ts'

/** How far a failure reaches, by its category. */
export const severities: Readonly<Record<FailureCategory, FailureSeverity>> = {
  assertion: 'medium',
  exception: 'medium',
  timeout: 'low',
  network: 'low',
  resource: 'high',
  'hardware-device': 'critical',
  environment: 'high',
  'build-dependency': 'high',
  'permission-auth': 'high',
  configuration: 'high',
  'process-crash': 'medium',
  infrastructure: 'critical',
  'data-parse': 'medium',
  cancelled: 'info',
  unknown: 'medium',
}

/** Whether it is one of the fifteen. */
export function isFailureCategory(word: unknown): word is FailureCategory {
  return typeof word === 'string' && Object.hasOwn(severities, word)
}
