// The door: options are parsed once, and every problem is named with its path, what was expected and what was got.
import type { z } from 'zod'
import { MusterError } from './muster-error.ts'

/** Parses `given` by `schema`, or throws `OPTIONS_INVALID` that lists every problem. `what` names the options. */
export function parseOptions<Out, In>(schema: z.ZodType<Out, In>, given: unknown, what: string): Out {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => {
    const path = issue.path.map(String).join('.')
    return `${path === '' ? what : `${what}.${path}`}: ${issue.message}, got ${show(valueAt(given, issue.path))}`
  })
  throw new MusterError('OPTIONS_INVALID', { expected: `valid ${what}`, got: problems.join('; ') })
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined
    at = Reflect.get(at, key)
  }
  return at
}

function show(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined)
    return String(value)
  if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`
}
