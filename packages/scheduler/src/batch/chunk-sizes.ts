// How much to hand out at a time. Much at once costs few starts but ends unevenly; little at once the other way round. So shares
// are large while much is left and fall towards the end ("factoring", Hummel, Schonberg and Flynn 1992), and never so small
// that starting costs more than it evens out.
import { MusterError } from '@muster/core'

/** What is handed out, and to how many. */
export interface ChunkOptions {
  /** Workers that take from one heap. */
  readonly workers: number
  /** What starting one share costs, in the unit of the work. @defaultValue `0` */
  readonly startCost?: number | undefined
  /** How far lengths scatter: standard deviation / mean. The more, the smaller the shares. @defaultValue `0` */
  readonly variation?: number | undefined
}

/** How far a round may come out uneven however alike its parts look, as a part of it. */
const leastUneven = 0.25

/**
 * What each share of the next round should hold of the work that is left, in its unit; a round is a share for every worker.
 *
 * Details: half of an even part, less where lengths scatter; at least the root of start cost times even part, where the cost
 * of starting and the unevenness of the end are alike. Where another round would cost more than it evens out, it is the whole
 * even part, and the last. It falls with what is left and grows with the cost.
 *
 * @example
 * ```ts
 * nextChunk(1000, { workers: 5 }) // => 100
 * nextChunk(1000, { workers: 5, startCost: 100 }) // => 200
 * ```
 */
export function nextChunk(left: number, { workers, startCost = 0, variation = 0 }: ChunkOptions): number {
  const evenPart = left / workers
  if (evenPart * Math.max(leastUneven, variation) <= startCost) return evenPart
  return Math.min(evenPart, Math.max(evenPart / (2 * (1 + variation)), Math.sqrt(startCost * evenPart)))
}

/**
 * Shares of so many alike tests, one after another: whole numbers that add up to `total`, none larger than the one before.
 *
 * @example
 * ```ts
 * chunkSizes(20, { workers: 2 }) // => [ 5, 5, 3, 3, 1, 1, 1, 1 ]
 * ```
 */
export function chunkSizes(total: number, options: ChunkOptions): readonly number[] {
  const { workers, startCost = 0, variation = 0 } = options
  check('total', total, Number.isSafeInteger(total) && total >= 0)
  check('workers', workers, Number.isSafeInteger(workers) && workers >= 1)
  check('startCost', startCost, startCost >= 0 && startCost < Infinity)
  check('variation', variation, variation >= 0 && variation < Infinity)
  const sizes: number[] = []
  let left = total
  while (left > 0) {
    const chunk = nextChunk(left, options)
    const isLast = chunk >= left / workers
    const [even, over] = [Math.floor(left / workers), left % workers]
    const size = Math.max(1, Math.min(Math.round(chunk), Math.max(1, even)))
    for (let at = 0; at < workers && left > 0; at++) {
      const next = Math.min(left, sizes.at(-1) ?? left, isLast ? even + (at < over ? 1 : 0) : size)
      sizes.push(next)
      left -= next
    }
  }
  return sizes
}

function check(name: string, got: number, isRight: boolean): void {
  if (isRight) return
  throw new MusterError('OPTIONS_INVALID', {
    expected: `${name} to be a number from ${name === 'workers' ? '1' : '0'} up`,
    got: String(got),
  })
}
