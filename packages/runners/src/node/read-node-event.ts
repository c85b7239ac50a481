// A line on the channel comes from a process in which strangers' code runs, so it is looked at before it is believed.
import type { NodeEvent } from './node-event.ts'

const kinds: ReadonlySet<unknown> = new Set<NodeEvent['kind']>(['enqueued', 'started', 'completed', 'noted', 'closed'])

/** The event that a line holds, or nothing where it holds none. */
export function readNodeEvent(line: string): NodeEvent | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isEvent(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isEvent(value: unknown): value is NodeEvent {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !kinds.has(value.kind)) return false
  if (value.kind === 'closed') return 'success' in value && typeof value.success === 'boolean'
  if (!('nesting' in value) || typeof value.nesting !== 'number') return false
  return value.kind === 'noted'
    ? 'message' in value && typeof value.message === 'string'
    : 'name' in value && typeof value.name === 'string'
}
