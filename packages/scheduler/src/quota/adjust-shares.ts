// Shares that follow use: who left some of its share gives a little of it to who used more than its own. What is promised in
// all stays the same, and nobody moves further from its own promise than it may.

/** One owner of a level. */
export interface AdjustedShare {
  /** What it was promised. */
  readonly promised: number
  /** The mean of what it used. */
  readonly used: number
}

/**
 * What each is promised now.
 *
 * @example
 * ```ts
 * const level = [{ promised: 0.5, used: 0.1 }, { promised: 0.5, used: 0.9 }]
 * adjustShares(level, 0.2) // => [0.4, 0.6]
 * ```
 */
export function adjustShares(level: readonly AdjustedShare[], most: number): readonly number[] {
  const wanted = level.map(({ promised, used }) =>
    Math.min(promised * (1 + most), Math.max(promised * (1 - most), used)),
  )
  let gain = 0
  let loss = 0
  for (const [at, { promised }] of level.entries()) {
    const change = (wanted[at] ?? promised) - promised
    if (change > 0) gain += change
    else loss -= change
  }
  const moved = Math.min(gain, loss)
  return level.map(({ promised }, at) => {
    const change = (wanted[at] ?? promised) - promised
    const all = change > 0 ? gain : loss
    return all === 0 ? promised : promised + (change * moved) / all
  })
}
