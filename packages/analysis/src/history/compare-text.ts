// Orders end at a text. By code unit and not by language, so that every machine has the same order.

/** Below 0 where `a` comes first, above 0 where `b` does. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
