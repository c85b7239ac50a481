// The door: options are parsed once, and every problem is named with its path, what was expected and what was got.
import type { z } from 'zod'
import { nearestName } from '../graph/nearest-name.ts'
import { expectedBy } from './expected-by.ts'
import { MusterError } from './muster-error.ts'
import { showValue } from './show-value.ts'

/** Parses `given` by `schema`, or throws `OPTIONS_INVALID` that lists every problem. `what` names the options. */
export function parseOptions<Out, In>(schema: z.ZodType<Out, In>, given: unknown, what: string): Out {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, [], { schema, given, what }))
  throw new MusterError('OPTIONS_INVALID', { expected: `valid ${what}`, got: problems.join('; ') })
}

interface Parsed {
  readonly schema: unknown
  readonly given: unknown
  readonly what: string
}

function problemsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[], parsed: Parsed): readonly string[] {
  const at = [...above, ...issue.path]
  const path = [parsed.what, ...at.map(String)].join('.')
  const value = valueAt(parsed.given, at)
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(parsed.schema, at)
    return issue.keys.map((key) => `${path}: ${unknownKey(key, known)}`)
  }
  if (issue.code !== 'invalid_union')
    return [`${path}: expected ${expectation([issue])}, got ${showValue(value)}${hint([issue], value)}`]
  const nearly = issue.errors.find(isNearly)
  if (nearly !== undefined) return nearly.flatMap((inner) => problemsOf(inner, at, parsed))
  return [
    `${path}: expected ${issue.errors.map(expectation).join(' or ')}, got ${showValue(value)}${hint(issue.errors.flat(), value)}`,
  ]
}

/** Of the ways to write a value, the one that was taken, but for something about it: that is where the mistake was made. */
function isNearly(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.every(
    ({ path, code }) => path.length > 0 || ['unrecognized_keys', 'too_small', 'too_big'].includes(code),
  )
}

function expectation(issues: readonly z.core.$ZodIssue[]): string {
  return [...new Set(issues.map(expectedBy))].join(' and ')
}

function hint(issues: readonly z.core.$ZodIssue[], value: unknown): string {
  const names = issues.flatMap((issue) => (issue.code === 'invalid_value' ? issue.values.map(String) : []))
  const nearest = typeof value === 'string' ? nearestName(value, names) : undefined
  return nearest === undefined ? '' : `, did you mean \`${nearest}\`?`
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

/** The fields of an object's schema, looked for under defaults and the like, and among the ways to write a value. */
function shapeOf(schema: unknown): object | undefined {
  for (let at = schema; at !== undefined; at = innerOf(fieldOf(at, 'def'))) {
    const shape = fieldOf(at, 'shape')
    if (typeof shape === 'object' && shape !== null) return shape
    const options = fieldOf(fieldOf(at, 'def'), 'options')
    if (Array.isArray(options)) return options.map(shapeOf).find((each) => each !== undefined)
  }
  return undefined
}

/** What a default, or what is made of a value once it is read, stands around. */
function innerOf(definition: unknown): unknown {
  return fieldOf(definition, 'innerType') ?? fieldOf(definition, 'in')
}

function fieldOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
