// The name somebody probably meant. Looking at every name for every mistake would be quadratic, so all mistakes of one
// call share a budget; past it they are reported without a suggestion.

/** Work that may still be spent on finding names: one for each name looked at and each pair of letters compared. */
export interface NameBudget {
  left: number
}

/** Enough for some hundred mistakes in a thousand names, and never more than a fraction of a second. */
export function nameBudget(): NameBudget {
  return { left: 10_000_000 }
}

/**
 * The candidate spelled most like `name`, the first of several; nothing where none is near: more than a third of the
 * letters would have to change. Large and small letters count as alike.
 */
export function nearestName(
  name: string,
  candidates: Iterable<string>,
  budget: NameBudget = nameBudget(),
): string | undefined {
  const wanted = name.slice(0, 200).toLowerCase()
  let limit = Math.floor(wanted.length / 3)
  let nearest: string | undefined
  for (const candidate of candidates) {
    if (--budget.left < 0) return nearest
    if (Math.abs(candidate.length - wanted.length) > limit || candidate === name) continue
    budget.left -= wanted.length * candidate.length
    const distance = editDistance(wanted, candidate.toLowerCase(), limit)
    if (distance > limit) continue
    nearest = candidate
    if (distance === 0) return nearest
    limit = distance - 1
  }
  return nearest
}

/** Letters to insert, remove, replace or swap with their neighbour; some number above `limit` where it is above it. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  const width = b.length + 1
  let beforeLast = new Int32Array(width)
  let last = Int32Array.from({ length: width }, (_, column) => column)
  let row = new Int32Array(width)
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - limit)
    const to = Math.min(b.length, i + limit)
    row.fill(limit + 1)
    row[0] = i
    let best = from === 1 ? i : limit + 1
    for (let j = from; j <= to; j++) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1)
      let cost = (last[j - 1] ?? 0) + (isSame ? 0 : 1)
      cost = Math.min(cost, (row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (isSwap) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1)
      row[j] = cost
      best = Math.min(best, cost)
    }
    if (best > limit) return limit + 1
    ;[beforeLast, last, row] = [last, row, beforeLast]
  }
  return last[b.length] ?? limit + 1
}
