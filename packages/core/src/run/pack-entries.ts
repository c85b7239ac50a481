// Nearly all of a journal is attempts that were launched, started and passed, many of each in one commit. Written side by
// side in columns they take a fifth of the room, and a journal of a million attempts is read back in half the time.
import type { Ended, Entry, Launched, Started } from './entry.ts'
import { isPlainPass } from './is-plain-pass.ts'

const NONE = -1

/** Launches that followed one another, all with the same number. */
export interface Launches {
  readonly kind: 'launches'
  readonly n: number
  readonly tasks: readonly number[]
  readonly workers: readonly number[]
}

/** Starts that followed one another, all with the same number. */
export interface Starts {
  readonly kind: 'starts'
  readonly n: number
  readonly tasks: readonly number[]
}

/** Ends that followed one another, all with the same number, that passed and said nothing more. */
export interface Passes {
  readonly kind: 'passes'
  readonly n: number
  readonly tasks: readonly number[]
  readonly durationsMs: readonly number[]
}

/** An entry as it is written. */
export type PackedEntry = Entry | Launches | Starts | Passes

type Frequent = Launched | Started | Ended

/** Entries as they are written: those that follow one another and are alike become columns. */
export function packEntries(entries: readonly Entry[]): readonly PackedEntry[] {
  const packed: PackedEntry[] = []
  for (let at = 0; at < entries.length;) {
    const first = entries[at]
    if (first === undefined) break
    const end = isFrequent(first) ? endOfRun(entries, at, first) : at + 1
    // A single one is easier to read as it is.
    packed.push(end === at + 1 || !isFrequent(first) ? first : columnsOf(entries, at, end, first))
    at = end
  }
  return packed
}

/** Entries as they were before they were packed. */
export function unpackEntries(packed: readonly PackedEntry[]): readonly Entry[] {
  const entries: Entry[] = []
  for (const entry of packed) {
    if (entry.kind === 'launches') {
      const { n, tasks, workers } = entry
      for (let at = 0; at < tasks.length; at++) {
        entries.push({ kind: 'launched', task: tasks[at] ?? NONE, n, worker: workers[at] ?? NONE })
      }
    } else if (entry.kind === 'starts') {
      for (const task of entry.tasks) entries.push({ kind: 'started', task, n: entry.n })
    } else if (entry.kind === 'passes') {
      const { n, tasks, durationsMs } = entry
      for (let at = 0; at < tasks.length; at++) {
        const outcome = { result: 'passed', durationMs: durationsMs[at] ?? 0 } as const
        entries.push({ kind: 'ended', task: tasks[at] ?? NONE, n, outcome })
      }
    } else entries.push(entry)
  }
  return entries
}

function isFrequent(entry: Entry): entry is Frequent {
  // What claims something or runs a part of its cases is rare, and stands as it is.
  if (entry.kind === 'launched') return entry.claims === undefined && entry.cases === undefined
  return entry.kind === 'started' || (entry.kind === 'ended' && isPlainPass(entry.outcome))
}

function endOfRun(entries: readonly Entry[], from: number, { kind, n }: Frequent): number {
  for (let at = from + 1; at < entries.length; at++) {
    const entry = entries[at]
    if (entry?.kind !== kind || !isFrequent(entry) || entry.n !== n) return at
  }
  return entries.length
}

function columnsOf(entries: readonly Entry[], from: number, to: number, { kind, n }: Frequent): PackedEntry {
  const tasks: number[] = []
  const beside: number[] = []
  for (let at = from; at < to; at++) {
    const entry = entries[at]
    if (entry?.kind === 'launched') beside.push(entry.worker)
    else if (entry?.kind === 'ended') beside.push(entry.outcome.durationMs)
    else if (entry?.kind !== 'started') continue
    tasks.push(entry.task)
  }
  switch (kind) {
    case 'launched':
      return { kind: 'launches', n, tasks, workers: beside }
    case 'started':
      return { kind: 'starts', n, tasks }
    case 'ended':
      return { kind: 'passes', n, tasks, durationsMs: beside }
  }
}
