// "Did you mean": the known name nearest to one that is not known. Bounded, so that a typo in a run of a million tasks
// costs no more than a typo in a small one.

/** Names compared at most. */
const mostCompared = 20_000

/** The nearest of `names` to `given` by edit distance, or nothing where none is near. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const bound = Math.max(1, Math.floor(given.length / 3))
  let best: string | undefined
  let bestDistance = bound + 1
  for (const name of names.slice(0, mostCompared)) {
    if (Math.abs(name.length - given.length) >= bestDistance) continue
    const distance = editDistance(given, name, bestDistance)
    if (distance < bestDistance) {
      best = name
      bestDistance = distance
    }
  }
  return best
}

/** Levenshtein distance, given up once it reaches `bound`. */
function editDistance(a: string, b: string, bound: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const cell = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1)
      next.push(cell)
      least = Math.min(least, cell)
    }
    if (least >= bound) return bound
    row = next
  }
  return row[b.length] ?? bound
}
