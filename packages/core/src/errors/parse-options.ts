// The door: options are parsed once, and every problem is named with its path, what was expected and what was got.
import type { z } from 'zod'
import { nearestName } from '../graph/nearest-name.ts'
import { MusterError } from './muster-error.ts'

/** Parses `given` by `schema`, or throws `OPTIONS_INVALID` that lists every problem. `what` names the options. */
export function parseOptions<Out, In>(schema: z.ZodType<Out, In>, given: unknown, what: string): Out {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.flatMap((issue) => {
    const path = [what, ...issue.path.map(String)].join('.')
    if (issue.code !== 'unrecognized_keys')
      return [`${path}: ${issue.message}, got ${show(valueAt(given, issue.path))}`]
    const known = keysAt(schema, issue.path)
    return issue.keys.map((key) => `${path}: ${unknownKey(key, known)}`)
  })
  throw new MusterError('OPTIONS_INVALID', { expected: `valid ${what}`, got: problems.join('; ') })
}

function unknownKey(key: string, known: Iterable<string>): string {
  const nearest = nearestName(key, known)
  return `unknown key ${JSON.stringify(key)}${nearest === undefined ? '' : `, did you mean \`${nearest}\`?`}`
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((at, key) => fieldOf(at, key), value)
}

/** The keys that the schema knows at a path; none where it is no object. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  const at = path.reduce<unknown>((outer, key) => fieldOf(shapeOf(outer), key), schema)
  return Object.keys(shapeOf(at) ?? {})
}

/** The fields of an object's schema, looked for under defaults and the like. */
function shapeOf(schema: unknown): object | undefined {
  for (let at = schema; at !== undefined; at = fieldOf(fieldOf(at, 'def'), 'innerType')) {
    const shape = fieldOf(at, 'shape')
    if (typeof shape === 'object' && shape !== null) return shape
  }
  return undefined
}

function fieldOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

function show(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined)
    return String(value)
  if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`
}
