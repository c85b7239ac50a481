// Finds what JSON would drop or change. `JSON.stringify` throws for some of it and is silent about the rest: a date comes
// back as text, a map as nothing, NaN as null.

/** The first thing that would not come back as it is. */
export interface Unkept {
  /** Where it is, as one would write it: `.a[0]`; empty for the whole. */
  readonly path: string
  readonly got: string
}

/** Deeper nesting than any payload has; JSON itself gives up somewhere further down. */
const deepest = 500

/** Looks through a value; nothing where JSON keeps it. A field that is `undefined` counts as one that is not there. */
export function findUnkept(value: unknown): Unkept | undefined {
  return find(value, '', [])
}

function find(value: unknown, path: string, around: readonly object[]): Unkept | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined
    case 'number':
      return Number.isFinite(value) ? undefined : { path, got: String(value) }
    case 'undefined':
      return { path, got: 'undefined' }
    case 'bigint':
      return { path, got: `${String(value)}n (bigint)` }
    case 'function':
    case 'symbol':
      return { path, got: `a ${typeof value}` }
    case 'object':
      return value === null ? undefined : findWithin(value, path, around)
  }
}

function findWithin(value: object, path: string, around: readonly object[]): Unkept | undefined {
  if (around.includes(value)) return { path, got: 'a circle' }
  if (around.length >= deepest) return { path, got: `more than ${deepest} levels` }
  const inside = [...around, value]
  if (Array.isArray(value)) {
    for (const [position, item] of value.entries()) {
      const found = find(item, `${path}[${position}]`, inside)
      if (found !== undefined) return found
    }
    return undefined
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return { path, got: nameOf(prototype) }
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue
    const found = find(field, `${path}.${name}`, inside)
    if (found !== undefined) return found
  }
  return undefined
}

/** What something is an instance of, in words. */
function nameOf(prototype: unknown): string {
  const maker: unknown =
    typeof prototype === 'object' && prototype !== null ? Reflect.get(prototype, 'constructor') : undefined
  const name = typeof maker === 'function' ? maker.name : ''
  return name === '' ? 'an object that is not plain' : `an object of class ${name}`
}
