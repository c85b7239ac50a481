// What is wrong with a configuration, one line a problem: where, what was expected, what was got, and the nearest name for
// a key that nobody knows.
import { expectedBy, showValue } from '@muster/core/errors'
import type { z } from 'zod'

/** One thing that is wrong. */
export interface ConfigProblem {
  /** As one would write it in code: `tasks[0].retry`; empty for the configuration itself. */
  readonly path: string
  readonly expected: string
  readonly got: string
  readonly nearest?: string | undefined
}

/** What a schema as JSON Schema looks like, as far as keys are looked up in it. */
type JsonSchema = Readonly<Record<string, unknown>>

/** Finds the nearest of some names. */
export type NearestName = (given: string, names: readonly string[]) => string | undefined

/** The problems that a schema found in `given`; `schema` as JSON Schema says which keys there are. */
export function configProblems(
  issues: readonly z.core.$ZodIssue[],
  given: unknown,
  schema: () => JsonSchema,
  nearest: NearestName,
): readonly ConfigProblem[] {
  return issues.flatMap((issue) => problemsOf(issue, [], given, schema, nearest))
}

/** One problem as a line. */
export function problemLine({ path, expected, got, nearest }: ConfigProblem): string {
  const hint = nearest === undefined ? '' : ` (did you mean ${nearest}?)`
  return `${path === '' ? 'the configuration' : path}: expected ${expected}, got ${got}${hint}`
}

function problemsOf(
  issue: z.core.$ZodIssue,
  above: readonly PropertyKey[],
  given: unknown,
  schema: () => JsonSchema,
  nearest: NearestName,
): readonly ConfigProblem[] {
  const at = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema(), at)
    return issue.keys.map((key) => ({
      path: pathText([...at, key]),
      expected: known.length === 0 ? 'no such key' : `one of ${known.join(', ')}`,
      got: 'an unknown key',
      nearest: nearest(key, known),
    }))
  }
  if (issue.code === 'invalid_union') {
    const branch = likeliestBranch(issue.errors)
    if (branch !== undefined) return branch.flatMap((inner) => problemsOf(inner, at, given, schema, nearest))
    const expected = issue.errors.map((branchIssues) => branchIssues.map(expectedBy).join(' and ')).filter(isNews)
    const near = nearestValue(issue.errors.flat(), valueAt(given, at), nearest)
    return [{ path: pathText(at), expected: expected.join(', or '), got: showValue(valueAt(given, at)), nearest: near }]
  }
  const value = valueAt(given, at)
  return [
    {
      path: pathText(at),
      expected: expectedBy(issue),
      got: showValue(value),
      nearest: nearestValue([issue], value, nearest),
    },
  ]
}

/** The nearest of the names that could stand there. */
function nearestValue(issues: readonly z.core.$ZodIssue[], value: unknown, nearest: NearestName): string | undefined {
  const names = issues.flatMap((issue) => (issue.code === 'invalid_value' ? issue.values.map(String) : []))
  return typeof value === 'string' ? nearest(value, names) : undefined
}

/** Of the branches of a union, the one that fits but for something inside it: that is where the mistake was made. */
function likeliestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | undefined {
  const inside = branches.filter((issues) =>
    issues.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys' || issue.code === 'too_small'),
  )
  return [...inside].sort((a, b) => a.length - b.length)[0]
}

function isNews(text: string, at: number, all: readonly string[]): boolean {
  return text !== '' && all.indexOf(text) === at
}

function pathText(path: readonly PropertyKey[]): string {
  let text = ''
  for (const key of path) {
    if (typeof key === 'number') text += `[${String(key)}]`
    else if (/^[A-Za-z_$][\w$]*$/.test(String(key))) text += text === '' ? String(key) : `.${String(key)}`
    else text += `[${JSON.stringify(String(key))}]`
  }
  return text
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined
    at = Reflect.get(at, key)
  }
  return at
}

/** The keys that a schema knows at a path, over all branches of unions. */
function keysAt(schema: JsonSchema, path: readonly PropertyKey[]): readonly string[] {
  let at: readonly JsonSchema[] = [schema]
  for (const key of path) at = at.flatMap(branchesOf).flatMap((each) => childOf(each, key))
  const keys = at
    .flatMap(branchesOf)
    .flatMap((each) => (isObject(each['properties']) ? Object.keys(each['properties']) : []))
  return [...new Set(keys)]
}

function branchesOf(schema: JsonSchema): readonly JsonSchema[] {
  const branches = schema['anyOf']
  return Array.isArray(branches) ? branches.filter(isObject).flatMap(branchesOf) : [schema]
}

function childOf(schema: JsonSchema, key: PropertyKey): readonly JsonSchema[] {
  const { properties, items, additionalProperties } = schema
  if (typeof key === 'number') return isObject(items) ? [items] : []
  const own = isObject(properties) ? properties[String(key)] : undefined
  if (isObject(own)) return [own]
  return isObject(additionalProperties) ? [additionalProperties] : []
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
