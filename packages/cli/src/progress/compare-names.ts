// The order in which names are shown, and in which ties between them are broken.

/** Names with numbers in their natural order: worker 2 before worker 10. Ends at code units, so the order is total. */
export function compareNames(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true }) || (a < b ? -1 : a > b ? 1 : 0)
}
