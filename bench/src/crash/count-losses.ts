// Compares what the witness saw with what the store kept. Each number is a promise: zero, or it was broken.
import type { KeptEnd } from './kept-ends.ts'
import type { Witnessed } from './witness.ts'

/** How often each promise was broken. */
export interface Losses {
  /** Acknowledged ends that the journal or the report does not have, or has otherwise; and passes that no body came to. */
  readonly lost: number
  /** Tasks with more than one accepted end, in the store or as told. */
  readonly doubled: number
  /** Tasks whose body started again after an end that was acknowledged, or that the journal has. */
  readonly repeated: number
}

/** `reported` are the ends that the report of the finished run shows. */
export function countLosses(witnessed: Witnessed, kept: readonly KeptEnd[], reported: readonly KeptEnd[]): Losses {
  const inJournal = new Set(kept.map(nameOf))
  const inReport = new Set(reported.map(nameOf))
  const missing = witnessed.acknowledged.filter((end) => !inJournal.has(nameOf(end)) || !inReport.has(nameOf(end)))
  const unfounded = kept.filter(
    ({ task, n, result }) => result === 'passed' && !witnessed.ended.has(`${task} ${String(n)}`),
  )
  const again = new Set(witnessed.startedAfterAcknowledged)
  for (const { task, n } of kept) {
    if (witnessed.started.has(`${task} ${String(n + 1)}`)) again.add(task)
  }
  return {
    lost: missing.length + unfounded.length,
    doubled: new Set([...twice(kept), ...twice(witnessed.acknowledged)]).size,
    repeated: again.size,
  }
}

/** Commits after which a coordinator died unheard, and that the journal has all the same. */
export function countInCommit(
  { diedAfter, acknowledged }: Witnessed,
  kept: readonly KeptEnd[],
): { readonly kills: number; readonly heard: number } {
  const told = new Set(acknowledged.map(nameOf))
  const rows = new Map<number, KeptEnd[]>()
  for (const end of kept) rows.set(end.row, [...(rows.get(end.row) ?? []), end])
  const durable = diedAfter.filter((row) => rows.has(row))
  const unheard = durable.filter((row) => rows.get(row)?.every((end) => !told.has(nameOf(end))) === true)
  return { kills: unheard.length, heard: durable.length - unheard.length }
}

function nameOf({ task, n, result }: { readonly task: string; readonly n: number; readonly result: string }): string {
  return `${task} ${String(n)} ${result}`
}

function twice(ends: readonly { readonly task: string }[]): readonly string[] {
  const seen = new Set<string>()
  return ends.flatMap(({ task }) => {
    if (seen.has(task)) return [task]
    seen.add(task)
    return []
  })
}
