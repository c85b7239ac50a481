// A listener for an event that there is not would wait for ever without a word.
import { MusterError } from '../errors/muster-error.ts'
import type { RunEvent } from '../events/run-event.ts'
import { nearestName } from '../graph/nearest-name.ts'

const kinds: Readonly<Record<RunEvent['kind'], true>> = {
  'run-started': true,
  'tasks-added': true,
  'run-paused': true,
  'run-unpaused': true,
  'run-draining': true,
  'worker-joined': true,
  'worker-left': true,
  'worker-quarantined': true,
  'quarantine-lifted': true,
  'breaker-changed': true,
  'attempt-launched': true,
  'attempt-started': true,
  'attempt-ended': true,
  'attempt-lost': true,
  'task-retrying': true,
  'task-gave-up': true,
  'task-judged': true,
  'run-ended': true,
  'attempt-progress': true,
  'attempt-output': true,
  'case-ended': true,
  snapshot: true,
  note: true,
}

/** Throws `OPTIONS_INVALID`, with the nearest name, for anything but the kind of an event, `*` or `error`. */
export function checkEventName(given: unknown): void {
  if (given === '*' || given === 'error' || (typeof given === 'string' && Object.hasOwn(kinds, given))) return
  const names = Object.keys(kinds)
  const nearest = typeof given === 'string' ? nearestName(given, names) : undefined
  throw new MusterError('OPTIONS_INVALID', {
    expected: "the kind of an event, or '*' for every kind",
    got: typeof given === 'string' ? JSON.stringify(given) : `a value of type ${typeof given}`,
    remedy: nearest === undefined ? `There are: ${names.join(', ')}.` : `Did you mean ${nearest}?`,
  })
}
