// One-dimensional bin packing as the OR-Library has it: how many sets; for each its name, then capacity, items and the best
// known number of bins, then the sizes.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One set of items. */
export interface BinPackingInstance {
  readonly name: string
  readonly capacity: number
  readonly sizes: readonly number[]
  /** The fewest bins that anybody has found. */
  readonly best: number
}

/** Every set of every file of the folder. */
export function readBinpacking(folder: string): readonly BinPackingInstance[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .flatMap((file) => instancesOf(file, readFileSync(join(folder, file), 'utf8').split(/\s+/).filter(Boolean)))
}

function instancesOf(file: string, words: readonly string[]): readonly BinPackingInstance[] {
  let at = 0
  const number = (): number => {
    const value = Number(words[at++])
    if (Number.isFinite(value)) return value
    throw new Error(`Expected ${file} to hold a number at place ${at}, got ${words[at - 1] ?? 'its end'}`)
  }
  return Array.from({ length: number() }, () => {
    const name = words[at++] ?? ''
    const [capacity, items, best] = [number(), number(), number()]
    return { name, capacity, best, sizes: Array.from({ length: items }, number) }
  })
}
