// A batch that breaks says little of its tests: one of them took the process down, and the others only stood beside it. So what
// is known of each counts, what was running is tried alone, and the rest is tried again in halves.
import type { Batch, BatchTest } from './form-batches.ts'

/** What became of one test of a batch that broke. */
export interface KnownEnd {
  readonly id: string
  readonly result: 'passed' | 'failed'
}

/** What follows from a batch that broke. */
export interface SplitBatch {
  /** Tests with a result of their own: it stands. */
  readonly known: readonly KnownEnd[]
  /** Tests to run again, in new batches: never one that holds all of what the broken one held. */
  readonly again: readonly (readonly BatchTest[])[]
  /** The test that broke it: it was alone in it, and has no result. */
  readonly blamed: string | undefined
}

/**
 * Splits a batch that broke.
 *
 * Details: a test that was `running` when it broke comes back alone. Of the others without a result, half and half. Only a test that
 * was alone is blamed, so whoever tries what comes back finds exactly those that break, and no other test fails for them.
 *
 * @example
 * ```ts
 * const tests = ['a', 'b', 'c'].map((id) => ({ id, expectedMs: 1 }))
 * splitFailedBatch({ tests }, [{ id: 'a', result: 'passed' }]).again.map((batch) => batch.map(({ id }) => id)) // => [ [ 'b' ], [ 'c' ] ]
 * ```
 */
export function splitFailedBatch(
  { tests }: Pick<Batch, 'tests'>,
  ends: readonly KnownEnd[],
  running?: string,
): SplitBatch {
  const own = new Set(tests.map(({ id }) => id))
  // What other batches say does not count here; of two results of one test the first does.
  const known = [...new Map([...ends].reverse().map((end) => [end.id, end])).values()].filter(({ id }) => own.has(id))
  const ended = new Set(known.map(({ id }) => id))
  const open = tests.filter(({ id }) => !ended.has(id))
  if (tests.length === 1) return { known, again: [], blamed: open[0]?.id }
  const suspect = open.filter(({ id }) => id === running)
  const rest = open.filter(({ id }) => id !== running)
  // Nothing that ended and nothing that is suspected leaves all: halves, so that it becomes less.
  const halves =
    rest.length > 1 ? [rest.slice(0, rest.length >> 1), rest.slice(rest.length >> 1)] : rest.length === 1 ? [rest] : []
  return { known, again: [...suspect.map((test) => [test]), ...halves], blamed: undefined }
}
