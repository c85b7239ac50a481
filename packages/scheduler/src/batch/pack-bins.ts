// As few batches as possible, none over its length: bin packing. First fit decreasing comes within a few bins of the best;
// what is over is won back by taking a few bins apart and putting them together again with as little slack as can be, for
// as long as the caller allows ("minimum bin slack", Gupta and Ho 1999, in a large neighbourhood search).
import { MusterError } from '@muster/core'
import { diceFrom } from '../plan/dice.ts'

/** How to pack. */
export interface PackOptions {
  /** What a bin holds. */
  readonly capacity: number
  /** Groups of bins that are packed anew at most; 0 is first fit decreasing. @defaultValue `2000` */
  readonly passes?: number | undefined
  /** Same seed, same bins. @defaultValue `1` */
  readonly seed?: number | undefined
}

/**
 * Positions of items by bin, each bin holding `capacity` at most; an item that is larger has a bin of its own.
 *
 * Details: never more bins than first fit decreasing makes. Stops where no packing can have fewer.
 *
 * @example
 * ```ts
 * packBins([6, 5, 4, 3, 2], { capacity: 10 }) // => [ [ 0, 2 ], [ 1, 3, 4 ] ]
 * ```
 */
export function packBins(
  sizes: readonly number[],
  { capacity, passes = 2000, seed = 1 }: PackOptions,
): readonly (readonly number[])[] {
  if (!(capacity > 0))
    throw new MusterError('OPTIONS_INVALID', { expected: 'capacity to be a positive number', got: String(capacity) })
  const wrong = sizes.find((size) => !(size >= 0 && Number.isFinite(size)))
  if (wrong !== undefined)
    throw new MusterError('OPTIONS_INVALID', { expected: 'every size to be a number from 0 up', got: String(wrong) })
  const order = [...sizes.keys()].sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b)
  const large = order.filter((item) => (sizes[item] ?? 0) > capacity).map((item) => [item])
  const rest = order.filter((item) => (sizes[item] ?? 0) <= capacity)
  const problem = { sizes, capacity }
  const packed = improved(firstFit(rest, problem), { ...problem, passes, dice: diceFrom(seed) })
  return [...large, ...packed].map((bin) => [...bin].sort((a, b) => a - b))
}

interface Problem {
  readonly sizes: readonly number[]
  readonly capacity: number
}

/** Sums of sizes that are no whole numbers come out a little off. */
const tolerance = 1e-9

function firstFit(items: readonly number[], { sizes, capacity }: Problem): readonly (readonly number[])[] {
  const bins: number[][] = []
  const loads: number[] = []
  for (const item of items) {
    const size = sizes[item] ?? 0
    const fits = loads.findIndex((load) => load + size <= capacity * (1 + tolerance))
    const at = fits < 0 ? bins.push([]) - 1 : fits
    bins[at]?.push(item)
    loads[at] = (loads[at] ?? 0) + size
  }
  return bins
}

/** Bins at most that are taken apart together; more find no more, and cost more. */
const mostTogether = 5

function improved(
  begin: readonly (readonly number[])[],
  { passes, dice, ...problem }: Problem & { readonly passes: number; readonly dice: () => number },
): readonly (readonly number[])[] {
  const loadOf = (bin: readonly number[]): number => bin.reduce((sum, item) => sum + (problem.sizes[item] ?? 0), 0)
  const fewest = fewestBins(begin.flat(), problem)
  const bins = begin.map((bin) => ({ bin, load: loadOf(bin) }))
  for (let pass = 0; pass < passes && bins.length > fewest; pass++) {
    const chosen = chooseBins(bins, dice)
    const items = chosen
      .flatMap((at) => bins[at]?.bin ?? [])
      .sort((a, b) => (problem.sizes[b] ?? 0) - (problem.sizes[a] ?? 0) || a - b)
    const anew = leastSlack(items, problem, dice).map((bin) => ({ bin, load: loadOf(bin) }))
    if (anew.length > chosen.length) continue
    // Full bins and one that empties are on the way to fewer; as good as before is taken too, or nothing would ever move.
    const squares = (all: readonly ({ readonly load: number } | undefined)[]): number =>
      all.reduce((sum, each) => sum + (each?.load ?? 0) ** 2, 0)
    if (anew.length === chosen.length && squares(anew) < squares(chosen.map((at) => bins[at])) * (1 - tolerance))
      continue
    for (const at of [...chosen].sort((a, b) => b - a)) bins.splice(at, 1)
    bins.push(...anew)
  }
  return bins.map(({ bin }) => bin)
}

/** Some bins, the emptiest of them among them every second time. */
function chooseBins(bins: readonly { readonly load: number }[], dice: () => number): readonly number[] {
  const chosen = new Set<number>()
  const together = Math.min(bins.length, 2 + Math.floor(dice() * (mostTogether - 1)))
  if (dice() < 0.5) {
    let emptiest = 0
    for (const [at, { load }] of bins.entries()) if (load < (bins[emptiest]?.load ?? 0)) emptiest = at
    chosen.add(emptiest)
  }
  while (chosen.size < together) chosen.add(Math.floor(dice() * bins.length))
  return [...chosen]
}

/** Steps of the search for one bin at most. */
const mostSteps = 400

/** Bins one after another, each with the largest item that is left and those that fill it best beside it. */
function leastSlack(
  items: readonly number[],
  { sizes, capacity }: Problem,
  dice: () => number,
): readonly (readonly number[])[] {
  const bins: number[][] = []
  let left = items
  while (left.length > 0) {
    const [first = -1, ...others] = left
    // Whoever is passed over now and then makes way for combinations that a fixed order never sees.
    const order = others.filter(() => dice() > 0.05)
    const room = capacity * (1 + tolerance) - (sizes[first] ?? 0)
    let best: readonly number[] = []
    let bestLeft = room
    let steps = 0
    const taken: number[] = []
    const look = (from: number, free: number): void => {
      if (free < bestLeft) {
        bestLeft = free
        best = [...taken]
      }
      for (let at = from; at < order.length; at++) {
        if (bestLeft <= 2 * tolerance * capacity || ++steps > mostSteps) return
        const item = order[at] ?? -1
        const size = sizes[item] ?? 0
        if (size > free) continue
        taken.push(item)
        look(at + 1, free - size)
        taken.pop()
      }
    }
    look(0, room)
    bins.push([first, ...best])
    const gone = new Set(best)
    left = others.filter((item) => !gone.has(item))
  }
  return bins
}

/** What no packing can go below: all together, and those over half a bin, of which no two share one. */
function fewestBins(items: readonly number[], { sizes, capacity }: Problem): number {
  const sum = items.reduce((total, item) => total + (sizes[item] ?? 0), 0)
  const large = items.filter((item) => (sizes[item] ?? 0) > capacity / 2).length
  return Math.max(large, Math.ceil(sum / capacity - 1e-6))
}
