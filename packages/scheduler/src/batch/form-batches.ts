// Tests that share what it costs to start are run together. A batch is as long as its start is worth and no longer: batches
// shrink towards the end of the run, so that workers end together. What a batch holds is plain data; who runs it tells of
// each test by itself.
import { MusterError } from '@muster/core'
import { nextChunk } from './chunk-sizes.ts'
import { rebalance } from '../partition/rebalance.ts'
import { packBins } from './pack-bins.ts'

/** A test to be batched. */
export interface BatchTest {
  readonly id: string
  readonly expectedMs: number
  /** @defaultValue `expectedMs`: it takes what it takes */
  readonly p90Ms?: number | undefined
  /** What has to be set up before it, by name: a browser, a database. @defaultValue nothing */
  readonly setup?: string | undefined
  /** Tests with the same word go well together: they share what is warm. @defaultValue its folder or file */
  readonly affinity?: string | undefined
}

/** How batches are formed. */
export interface BatchOptions {
  readonly workers: number
  /** What starting a batch costs, in milliseconds. @defaultValue `0` */
  readonly startMs?: number | undefined
  /** What a set-up costs each batch that needs it, in milliseconds. @defaultValue nothing */
  readonly setupMs?: ((setup: string) => number) | undefined
  /**
   * `'setup'`: tests of one set-up together. `'affinity'`: tests of one affinity. `'duration'`: by length alone. `'fewest'`: as few as
   * `mostMs` allows. @defaultValue `'setup'`
   */
  readonly by?: BatchStrategy | undefined
  /** Longest expected time of the tests of a batch, in milliseconds; a longer test is alone. @defaultValue no limit */
  readonly mostMs?: number | undefined
}

/** What tests of a batch have in common. */
export type BatchStrategy = 'setup' | 'affinity' | 'duration' | 'fewest'

/** Tests that are run together. */
export interface Batch {
  readonly id: string
  readonly tests: readonly BatchTest[]
  /** Start and set-ups included, in milliseconds. */
  readonly expectedMs: number
  /** Nine of ten times it ends by then, in milliseconds, if tests vary independently. */
  readonly p90Ms: number
  /** Milliseconds of it that are start and set-ups. */
  readonly overheadMs: number
}

/**
 * Batches, the longest first; each test in exactly one.
 *
 * @example
 * ```ts
 * const tests = ['a', 'b', 'c', 'd'].map((id) => ({ id, expectedMs: 10, setup: id < 'c' ? 'browser' : 'database' }))
 * formBatches(tests, { workers: 2, startMs: 100 }).map(({ tests }) => tests.map(({ id }) => id).join()) // => [ 'a,b', 'c,d' ]
 * ```
 */
export function formBatches(tests: readonly BatchTest[], options: BatchOptions): readonly Batch[] {
  const { by = 'setup', workers, mostMs = Infinity } = options
  check(tests, options)
  const formed =
    by === 'fewest'
      ? packBins(
          tests.map(({ expectedMs }) => expectedMs),
          { capacity: mostMs },
        ).map((bin) => bin.flatMap((at) => tests[at] ?? []))
      : groupsOf(tests, by).flatMap((group, _, groups) => {
          // A group is served by its part of the workers.
          const share =
            workOf(group) /
            Math.max(
              1,
              groups.reduce((sum, each) => sum + workOf(each), 0),
            )
          return shrinking(group, { ...options, mostMs, workers: Math.max(1, workers * share) })
        })
  return formed
    .map((own) => batchOf(own, options))
    .sort((a, b) => b.expectedMs - a.expectedMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** What a batch of these tests would be. */
export function batchOf(
  tests: readonly BatchTest[],
  { startMs = 0, setupMs = () => 0 }: Pick<BatchOptions, 'startMs' | 'setupMs'>,
): Batch {
  const setups = new Set(tests.flatMap(({ setup }) => setup ?? []))
  const overheadMs = [...setups].reduce((sum, setup) => sum + setupMs(setup), startMs)
  const expectedMs = overheadMs + workOf(tests)
  // The spread above the middle, as that of independent lengths adds up: by squares.
  const spread = tests.reduce((sum, test) => sum + Math.max(0, (test.p90Ms ?? 0) - test.expectedMs) ** 2, 0)
  const first = tests[0]?.id ?? ''
  return {
    id: tests.length === 1 ? first : `${first} +${tests.length - 1}`,
    tests,
    expectedMs,
    p90Ms: expectedMs + Math.sqrt(spread),
    overheadMs,
  }
}

function workOf(tests: readonly BatchTest[]): number {
  return tests.reduce((sum, { expectedMs }) => sum + expectedMs, 0)
}

function groupsOf(
  tests: readonly BatchTest[],
  by: 'setup' | 'affinity' | 'duration',
): readonly (readonly BatchTest[])[] {
  const groups = new Map<string, BatchTest[]>()
  for (const test of tests) {
    const name = nameOf(test, by)
    const known = groups.get(name)
    if (known === undefined) groups.set(name, [test])
    else known.push(test)
  }
  return [...groups.values()]
}

function nameOf({ id, setup, affinity }: BatchTest, by: 'setup' | 'affinity' | 'duration'): string {
  switch (by) {
    case 'setup':
      return setup ?? ''
    case 'affinity':
      return affinity ?? id.slice(0, Math.max(0, id.lastIndexOf('/'), id.lastIndexOf('::')))
    case 'duration':
      return ''
  }
}

/** The longest first, in rounds of batches that become shorter as less is left; what the last round holds is evened out. */
function shrinking(
  group: readonly BatchTest[],
  { workers, startMs = 0, setupMs = () => 0, mostMs }: BatchOptions & { readonly mostMs: number },
): readonly (readonly BatchTest[])[] {
  const sorted = [...group].sort((a, b) => b.expectedMs - a.expectedMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const setups = new Set(group.flatMap(({ setup }) => setup ?? []))
  const startCost = startMs + [...setups].reduce((sum, setup) => sum + setupMs(setup), 0) / Math.max(1, setups.size)
  const chunk = { workers, startCost, variation: variationOf(group) }
  const perRound = Math.max(1, Math.round(workers))
  const batches: (readonly BatchTest[])[] = []
  for (let at = 0; at < sorted.length;) {
    const rest = sorted.slice(at)
    const leftMs = workOf(rest)
    const wantedMs = nextChunk(leftMs, chunk)
    const last = wantedMs >= leftMs / workers ? evenly(rest, perRound) : undefined
    if (last?.every((own) => own.length === 1 || workOf(own) <= mostMs) === true) return [...batches, ...last]
    for (let part = 0; part < perRound && at < sorted.length; part++) {
      const own = upTo(sorted, at, Math.min(mostMs, wantedMs))
      batches.push(own)
      at += own.length
    }
  }
  return batches
}

/** Tests from a position on, at least one, and no more than so many milliseconds of them. */
function upTo(tests: readonly BatchTest[], from: number, mostMs: number): readonly BatchTest[] {
  let filledMs = tests[from]?.expectedMs ?? 0
  let end = from + 1
  for (; end < tests.length; end++) {
    filledMs += tests[end]?.expectedMs ?? 0
    if (filledMs > mostMs) break
  }
  return tests.slice(from, end)
}

function evenly(tests: readonly BatchTest[], count: number): readonly (readonly BatchTest[])[] {
  const partOf = rebalance(
    tests.map(({ expectedMs }) => expectedMs),
    count,
  )
  return Array.from({ length: count }, (_, part) => tests.filter((_test, at) => partOf[at] === part)).filter(
    (own) => own.length > 0,
  )
}

/** How far tests may be off, as a part of what they take. */
function variationOf(tests: readonly BatchTest[]): number {
  const work = workOf(tests)
  const off = tests.reduce((sum, test) => sum + Math.max(0, (test.p90Ms ?? 0) - test.expectedMs), 0)
  return work === 0 ? 0 : off / work
}

function check(tests: readonly BatchTest[], { workers, startMs = 0, by, mostMs }: BatchOptions): void {
  const misuse = (expected: string, got: unknown): MusterError =>
    new MusterError('OPTIONS_INVALID', { expected, got: String(got) })
  if (!Number.isSafeInteger(workers) || workers < 1) throw misuse('workers to be a whole number from 1 up', workers)
  if (!(startMs >= 0 && startMs < Infinity)) throw misuse('startMs to be a number from 0 up', startMs)
  if (by === 'fewest' && mostMs === undefined) throw misuse('mostMs, which batches by fewest are filled to', mostMs)
  if (mostMs !== undefined && !(mostMs > 0)) throw misuse('mostMs to be a positive number', mostMs)
  for (const { id, expectedMs } of tests)
    if (!(expectedMs >= 0 && expectedMs < Infinity))
      throw misuse(`${JSON.stringify(id)} to take a number of milliseconds from 0 up`, expectedMs)
}
