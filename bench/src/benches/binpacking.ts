// Batches of a length that none may pass, as few as possible: the items of the OR-Library are tests, a bin is a batch. First fit
// decreasing is worked out here once more, by other code, in the same run.
import { packBins } from '@muster/scheduler'
import type { Bench, BenchContext, BenchResult } from '../bench.ts'
import { wholeNumber } from '../read-number.ts'
import { limitOf } from '../scheduling/compare-rules.ts'
import { Means } from '../scheduling/gaps.ts'
import { type BinPackingInstance, readBinpacking } from '../scheduling/read-binpacking.ts'
import { dataFolder } from '../scheduling/scheduling-instance.ts'

export const bench: Bench = {
  name: 'binpacking',
  summary: 'as few batches as possible, none over its length, on the bin packing sets of the OR-Library',
  figures: {
    instances: 'sets of items',
    excess_easy: 'mean of bins over the best known, uniform sizes, up to 250 items',
    excess_large: 'the same, uniform sizes, over 250 items',
    excess_hard: 'the same, sets made to be hard',
    worse_than_ffd: 'sets with more bins than first fit decreasing makes',
  },
  options: {
    passes: 'groups of bins that are packed anew at most; 20,000 unless given',
    limit: 'judge so many sets only, spread over all',
  },
  run: async (context) => measured(context),
}

const ffd = 'first fit decreasing'
const bfd = 'best fit decreasing'

async function measured(context: BenchContext): Promise<BenchResult> {
  const passes = wholeNumber(context, 'passes', { fallback: 20_000 })
  const instances = limitOf(context, readBinpacking(dataFolder(context, 'binpacking')))
  const means = new Means()
  const beginMs = performance.now()
  let worse = 0
  for (const instance of instances) {
    const { sizes, capacity, best } = instance
    const figure = `excess_${kindOf(instance)}`
    const bins = packBins(sizes, { capacity, passes, seed: context.seed })
    const problem = wrongWith(bins, instance)
    if (problem !== undefined) throw new Error(`Expected a packing of ${instance.name}, got: ${problem}`)
    const plain = decreasing(instance, (loads, size) => loads.findIndex((load) => load + size <= capacity))
    means.add('muster', figure, bins.length - best)
    means.add(ffd, figure, plain - best)
    means.add(bfd, figure, decreasing(instance, (loads, size) => fullestWithRoom(loads, capacity - size)) - best)
    if (bins.length > plain) worse++
    context.progress(instance.name)
  }
  return {
    figures: { instances: instances.length, ...means.of('muster'), worse_than_ffd: worse },
    peers: { [ffd]: means.of(ffd), [bfd]: means.of(bfd) },
    notes: [
      `muster is packBins with ${passes} passes at most; ${((performance.now() - beginMs) / 1000).toFixed(1)} s in all`,
      'every packing was checked: each item once, no bin over its capacity; below 0 is fewer than the best known of the file',
    ],
  }
}

/** By what the sets are like, as their names in the library tell. */
function kindOf({ name, sizes }: BinPackingInstance): 'easy' | 'large' | 'hard' {
  if (!/^u\d/i.test(name)) return 'hard'
  return sizes.length <= 250 ? 'easy' : 'large'
}

function decreasing({ sizes }: BinPackingInstance, place: (loads: readonly number[], size: number) => number): number {
  const loads: number[] = []
  for (const size of [...sizes].sort((a, b) => b - a)) {
    const at = place(loads, size)
    if (at < 0) loads.push(size)
    else loads[at] = (loads[at] ?? 0) + size
  }
  return loads.length
}

function fullestWithRoom(loads: readonly number[], most: number): number {
  let best = -1
  for (const [at, load] of loads.entries()) if (load <= most && (best < 0 || load > (loads[best] ?? 0))) best = at
  return best
}

function wrongWith(bins: readonly (readonly number[])[], { sizes, capacity }: BinPackingInstance): string | undefined {
  const seen = new Set(bins.flat())
  if (seen.size !== sizes.length || bins.flat().length !== sizes.length) return `${seen.size} items of ${sizes.length}`
  const over = bins.find((bin) => bin.reduce((sum, at) => sum + (sizes[at] ?? NaN), 0) > capacity)
  return over === undefined ? undefined : `a bin over ${capacity}`
}
