// One failure as grouping sees it: what went wrong, in which test, on which worker, when. Anybody who has failures can make
// these, whether or not Muster ran the tests.
import type { Failure } from '@muster/core'

/** One failed case, or one failed attempt without cases. */
export interface FailureOccurrence {
  readonly task: string
  /** Titles of the case from the outermost suite on; absent for a task without cases. */
  readonly path?: readonly string[] | undefined
  /** File of the test, so that its own frames are told from those of the code under test. */
  readonly file?: string | undefined
  readonly worker?: string | undefined
  /** Run time in milliseconds at which it ended. */
  readonly atMs?: number | undefined
  readonly failure: Pick<Failure, 'category' | 'message' | 'errorName' | 'stack' | 'code' | 'suggestion'>
  /** What this failure may only have followed from: an earlier fault of its worker, or the worker itself. */
  readonly after?: FailureBlame | undefined
}

/** What a failure is filed under, unless it occurs by itself as well. */
export type FailureBlame =
  | { readonly kind: 'fault'; readonly occurrence: FailureOccurrence }
  | { readonly kind: 'worker'; readonly worker: string }

/** The test that failed, in one text. */
export function testOf({ task, path }: Pick<FailureOccurrence, 'task' | 'path'>): string {
  return path === undefined || path.length === 0 ? task : `${task} › ${path.join(' › ')}`
}
