// Stored text becomes a record again, whichever version wrote it. Nothing here throws: a record that cannot be read is an
// answer, and whoever folds decides what becomes of it.
import { z } from 'zod'

/** What became of a stored text. */
export type ReadRecord<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  /** Written by a later version of Muster; not ours to change. */
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'unreadable'; readonly because: string }

const versioned = z.object({ version: z.number().int().min(1) })

/** Reads `text` by the schema of its version; `schemas` holds them from version 1 up, each upgrading to the present. */
export function readRecord<Value>(text: string, schemas: readonly z.ZodType<Value>[]): ReadRecord<Value> {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch (error) {
    return { kind: 'unreadable', because: error instanceof Error ? error.message : 'it is not JSON' }
  }
  const head = versioned.safeParse(given)
  if (!head.success) return { kind: 'unreadable', because: 'it has no version' }
  const { version } = head.data
  const schema = schemas[version - 1]
  if (schema === undefined) return { kind: 'newer', version }
  const parsed = schema.safeParse(given)
  if (parsed.success) return { kind: 'read', value: parsed.data }
  const issue = parsed.error.issues[0]
  const path = issue?.path.map(String).join('.') ?? ''
  return { kind: 'unreadable', because: `${path === '' ? 'it' : path}: ${issue?.message ?? 'does not fit'}` }
}
