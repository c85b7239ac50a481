// A line on the channel comes from a process in which strangers' code runs, so it is looked at before it is believed. What
// an event cannot do without must be there; of the rest only what fits is taken over, so that a case is never lost because
// somebody scribbled on its line number.
import type { NodeEvent, SentError, TestPlace } from './node-event.ts'

type Fields = Readonly<Record<string, unknown>>

/** The event that a line holds, or nothing where it holds none. */
export function readNodeEvent(line: string): NodeEvent | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isFields(value) ? eventIn(value) : undefined
  } catch {
    return undefined
  }
}

function eventIn(value: Fields): NodeEvent | undefined {
  const { kind, nesting } = value
  if (kind === 'closed') return typeof value['success'] === 'boolean' ? { kind, success: value['success'] } : undefined
  if (kind === 'struck' || kind === 'drained') return { kind }
  if (kind === 'broken') return { kind, line: countIn(value, 'line'), ...whyIn(value) }
  if (!isCount(nesting)) return undefined
  if (kind === 'noted') {
    return typeof value['message'] === 'string' ? { kind, nesting, message: value['message'] } : undefined
  }
  if (typeof value['name'] !== 'string') return undefined
  const place = placeIn(value, value['name'], nesting)
  if (kind === 'enqueued' || kind === 'started') return { kind, ...place }
  if (kind !== 'completed' || typeof value['passed'] !== 'boolean') return undefined
  const { durationMs } = value
  return {
    kind,
    ...place,
    isSuite: value['isSuite'] === true,
    passed: value['passed'],
    durationMs: typeof durationMs === 'number' && Number.isFinite(durationMs) ? Math.max(0, durationMs) : 0,
    skip: textOrFlag(value['skip']),
    todo: textOrFlag(value['todo']),
    ...whyIn(value),
  }
}

function whyIn(value: Fields): Pick<Extract<NodeEvent, { readonly kind: 'broken' }>, 'failureType' | 'hook' | 'error'> {
  return {
    failureType: textIn(value, 'failureType'),
    hook: textIn(value, 'hook'),
    error: errorIn(value['error'], 0),
  }
}

function placeIn(value: Fields, name: string, nesting: number): TestPlace {
  return {
    name,
    nesting,
    file: textIn(value, 'file'),
    line: countIn(value, 'line'),
    column: countIn(value, 'column'),
    id: countIn(value, 'id'),
    parent: countIn(value, 'parent'),
  }
}

/** Deepest cause that is read. */
const deepestCause = 20

function errorIn(value: unknown, depth: number): SentError | undefined {
  if (!isFields(value) || depth > deepestCause) return undefined
  const [expected, actual] = [textIn(value, 'expected'), textIn(value, 'actual')]
  return {
    name: textIn(value, 'name') ?? 'Error',
    message: textIn(value, 'message') ?? '',
    stack: textIn(value, 'stack'),
    code: textIn(value, 'code'),
    // Their mere presence says that two values were compared.
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    cause: errorIn(value['cause'], depth + 1),
  }
}

function countIn(value: Fields, field: string): number | undefined {
  const count = value[field]
  return isCount(count) ? count : undefined
}

function textIn(value: Fields, field: string): string | undefined {
  const text = value[field]
  return typeof text === 'string' ? text : undefined
}

function textOrFlag(value: unknown): string | boolean | undefined {
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
