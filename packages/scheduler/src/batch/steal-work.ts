// Whoever has nothing left takes from whoever has most waiting. With that no test waits behind a long one while a worker is
// idle: what stands in line can always be taken, and what runs is never interrupted.

/** What an idle worker takes. */
export interface Theft {
  /** Position of the line that it takes from. */
  readonly from: number
  /** Tests that it takes, in their order; they are the last of that line. */
  readonly tests: readonly string[]
}

/**
 * The later half, by expected milliseconds, of the line with most left to do; nothing where nothing waits.
 *
 * Details: `waiting` holds what has not begun, by worker. The test that goes next there stays only where others wait behind it: a
 * line of one is taken whole, since its worker is busy.
 *
 * @example
 * ```ts
 * stealWork([['a', 'b', 'c', 'd'], []]) // => { from: 0, tests: [ 'c', 'd' ] }
 * ```
 */
export function stealWork(
  waiting: readonly (readonly string[])[],
  expectedMs: (test: string) => number = () => 1,
): Theft | undefined {
  let from = -1
  let most = -1
  for (const [at, line] of waiting.entries()) {
    const ms = line.reduce((sum, test) => sum + expectedMs(test), 0)
    if (line.length === 0 || ms <= most) continue
    most = ms
    from = at
  }
  const line = waiting[from]
  if (line === undefined) return undefined
  let keptMs = 0
  let keep = 0
  while (keep < line.length - 1 && keptMs + expectedMs(line[keep] ?? '') <= most / 2) {
    keptMs += expectedMs(line[keep] ?? '')
    keep++
  }
  return { from, tests: line.slice(keep) }
}
