// Whether two definitions say the same: adding a task again as it was is no change, adding another under its id is a
// mistake. Definitions are plain data; only the fields that are there and not undefined count.
import { isObject } from './check-fields.ts'

/** Whether two pieces of plain data are equal, whatever the order of their fields. */
export function isSameDefinition(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false
  const fields = Object.keys(a).filter((field) => a[field] !== undefined)
  const others = Object.keys(b).filter((field) => b[field] !== undefined)
  if (fields.length !== others.length) return false
  return fields.every((field) => Object.hasOwn(b, field) && isSameDefinition(a[field], b[field]))
}
