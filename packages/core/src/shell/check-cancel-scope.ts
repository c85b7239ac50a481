// What a cancel is aimed at, looked at before it is recorded: one that is aimed at nothing would cancel nothing, and whoever
// asked for it would wait for an end that does not come.
import { MusterError } from '../errors/muster-error.ts'

/** Throws `OPTIONS_INVALID`, with the shapes that there are, for anything but a `CancelScope`. */
export function checkCancelScope(given: unknown): void {
  if (isScope(given)) return
  throw new MusterError('OPTIONS_INVALID', {
    expected: "a cancel of { kind: 'run' }, { kind: 'group', group: id } or { kind: 'task', task: id }",
    got: show(given),
    remedy: 'Name the kind and the id; without an argument the run is cancelled.',
  })
}

function isScope(given: unknown): boolean {
  if (typeof given !== 'object' || given === null || !('kind' in given)) return false
  switch (given.kind) {
    case 'run':
      return true
    case 'group':
      return 'group' in given && typeof given.group === 'string'
    case 'task':
      return 'task' in given && typeof given.task === 'string'
    default:
      return false
  }
}

function show(given: unknown): string {
  if (typeof given !== 'object' || given === null)
    return typeof given === 'string' ? JSON.stringify(given) : String(given)
  return `an object with ${Object.keys(given).join(', ') || 'nothing in it'}`
}
