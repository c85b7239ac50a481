// A run goes into the history as it ends. The store remembers which runs it holds, so folding twice changes nothing; and a
// run that ends beside another one, in this process or the next, decides again on what the other has left, so that neither
// overwrites what the other learned.
import { type HistoryRecord, MusterError, parseOptions, type RunReport, type Store } from '@muster/core'
import { retryOptions, type RunRetryOptions } from '@muster/core/retry'
import { decideFold, keysOfFold } from '../history/decide-fold.ts'
import type { HistoryProblem } from '../history/history-problem.ts'
import { foldsKey } from '../history/record-key.ts'

/** What else a fold may know. */
export interface FoldRunOptions {
  /** The retry options that the run had: with them the history learns which of its retries helped. */
  readonly retry?: RunRetryOptions | undefined
}

/** What became of a fold. */
export interface FoldResult {
  /** `already-folded` where the history held the run, as far as it got, before. */
  readonly kind: 'folded' | 'already-folded'
  /** Tasks whose summary changed. */
  readonly tasks: number
  /** Records that a newer Muster wrote or that could not be read. */
  readonly problems: readonly HistoryProblem[]
}

/** Folds that may get in between before we give up; each of them succeeded, so somebody always gets on. */
const mostMeetings = 100

/**
 * Folds the judged tasks of `report` into the history in `store`. A run that was interrupted is folded as far as it got;
 * what it comes to after a resume is folded then, and nothing counts twice.
 *
 * @example
 * ```ts
 * const store = memoryStore()
 * await using muster = createOrchestrator({ executors: [compile], store, facts: (tasks) => historyFacts(store, tasks) })
 * await foldRun(store, await muster.run({ tasks }).report)
 * ```
 */
export async function foldRun(store: Store, report: RunReport, options: FoldRunOptions = {}): Promise<FoldResult> {
  const retry = options.retry === undefined ? undefined : parseOptions(retryOptions, options.retry, 'retry')
  const keys = keysOfFold(report, retry)
  let before = await readFolds(store)
  for (let meeting = 0; meeting < mostMeetings; meeting++) {
    const stored = new Map((await store.readHistory(keys)).map(({ key, text }) => [key, text]))
    const { mark, records, tasks, problems } = decideFold(report, stored, retry)
    // Nothing to keep and something in the way: left for a Muster that can read it.
    if (records.length === 0 && problems.length > 0) return { kind: 'folded', tasks, problems }
    const isFolded = await store.foldHistory(mark, [...records, nextFolds(before)], { key: foldsKey, text: before })
    if (isFolded) return { kind: 'folded', tasks, problems }
    const after = await readFolds(store)
    if (after === before) return { kind: 'already-folded', tasks: 0, problems: [] }
    before = after
  }
  throw new MusterError('STORE_FAILED', {
    expected: `the history to hold still once within ${mostMeetings} tries`,
    got: 'another fold each time',
    remedy: 'Fold the run again once the others are done; nothing was changed.',
  })
}

async function readFolds(store: Store): Promise<string | undefined> {
  return (await store.readHistory([foldsKey]))[0]?.text
}

/** A record that differs after every fold, which is all it is for. */
function nextFolds(before: string | undefined): HistoryRecord {
  const folds = before === undefined ? NaN : Number(before)
  return { key: foldsKey, text: String(Number.isSafeInteger(folds) && folds > 0 ? folds + 1 : 1) }
}
