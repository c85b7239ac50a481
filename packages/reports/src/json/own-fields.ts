// Reading JSON that strangers wrote. Only own properties count, each looked at by name, so that `__proto__` and its like are
// never followed, copied or merged.

/** An object as JSON gives it. */
export type Fields = Readonly<Record<string, unknown>>

/** Whether a value is an object and no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

/** An own property, or undefined. */
export function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined
}

/** An object. */
export function fieldsAt(fields: Fields, key: string): Fields | undefined {
  const value = own(fields, key)
  return isFields(value) ? value : undefined
}

/** A text. */
export function textAt(fields: Fields, key: string): string | undefined {
  const value = own(fields, key)
  return typeof value === 'string' ? value : undefined
}

/** A finite number from 0 up. */
export function amountAt(fields: Fields, key: string): number | undefined {
  const value = own(fields, key)
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

/** A whole number from `least` up. */
export function wholeAt(fields: Fields, key: string, least = 0): number | undefined {
  const value = own(fields, key)
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least ? value : undefined
}

/** A list. */
export function listAt(fields: Fields, key: string): readonly unknown[] | undefined {
  const value = own(fields, key)
  return isList(value) ? value : undefined
}

/** A list that holds nothing but texts. */
export function textsAt(fields: Fields, key: string): readonly string[] | undefined {
  const list = listAt(fields, key)
  if (list === undefined) return undefined
  const texts = list.filter((value) => typeof value === 'string')
  return texts.length === list.length ? texts : undefined
}
