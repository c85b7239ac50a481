// The door for messages in processes that must start fast: a look at the version, the kind and the fields that will be
// used, without a schema library.
import { protocolVersion } from './messages.ts'

type FieldType = 'string' | 'number' | 'boolean' | 'object'

/** For each kind of message the fields it must have. */
export type MessageShapes<Message extends { readonly kind: string }> = {
  readonly [Kind in Message['kind']]: Readonly<Record<string, FieldType>>
}

/** The message in a line, or nothing where the line is none of these. */
export function readMessage<Message extends { readonly kind: string }>(
  line: string,
  shapes: MessageShapes<Message>,
): Message | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  return fits(value, shapes) ? value : undefined
}

/** A message as a line. */
export function writeMessage(message: object): string {
  return `${JSON.stringify({ v: protocolVersion, ...message })}\n`
}

function fits<Message extends { readonly kind: string }>(
  value: unknown,
  shapes: MessageShapes<Message>,
): value is Message {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('v' in value)) return false
  if (value.v !== protocolVersion || typeof value.kind !== 'string' || !Object.hasOwn(shapes, value.kind)) return false
  const shape: unknown = Reflect.get(shapes, value.kind)
  if (typeof shape !== 'object' || shape === null) return false
  return Object.entries(shape).every(([field, type]) => {
    const found: unknown = Reflect.get(value, field)
    return typeof found === type && found !== null
  })
}
