// What is counted of the failures of one cause. Everything in it is a sum, a smallest or a largest, so that failures may come
// in any order and tallies that were kept apart add up to the same whole.
import { compareText } from '../history/compare-text.ts'
import type { Cause } from './cause-of.ts'
import { type FailureOccurrence, testOf } from './failure-occurrence.ts'

/** Names of tasks and workers kept of a group. */
const namesKept = 5

/** Distinct messages kept of a group, and characters of each. */
const messagesKept = 3
const messageLength = 300

/** Distinct tests counted of one group; beyond, the count stays where it is. */
const testsCounted = 20_000

/** A fault or a worker that failures may have followed from, with how many did. */
export interface FollowedTally {
  readonly kind: 'fault' | 'worker'
  /** Key of the cause, or id of the worker. */
  readonly key: string
  readonly tally: Tally
}

/** Counts of one template. */
export interface Tally {
  failures: number
  readonly tests: Set<string>
  /** The first by name, at most {@link namesKept}. */
  tasks: readonly string[]
  workers: readonly string[]
  messages: readonly string[]
  firstAtMs: number | undefined
  lastAtMs: number | undefined
  /** The first in time, then by test. */
  example: FailureOccurrence | undefined
}

/** A tally of nothing. */
export function emptyTally(): Tally {
  return {
    failures: 0,
    tests: new Set(),
    tasks: [],
    workers: [],
    messages: [],
    firstAtMs: undefined,
    lastAtMs: undefined,
    example: undefined,
  }
}

/** Counts one failure. */
export function tallyFailure(tally: Tally, occurrence: FailureOccurrence): void {
  const { task, worker, atMs, failure } = occurrence
  tally.failures += 1
  if (tally.tests.size < testsCounted) tally.tests.add(testOf(occurrence))
  tally.tasks = withText(tally.tasks, task, namesKept)
  if (worker !== undefined) tally.workers = withText(tally.workers, worker, namesKept)
  tally.messages = withText(tally.messages, cut(failure.message), messagesKept)
  tally.firstAtMs = smaller(tally.firstAtMs, atMs)
  tally.lastAtMs = larger(tally.lastAtMs, atMs)
  if (tally.example === undefined || compareOccurrences(occurrence, tally.example) < 0) tally.example = occurrence
}

/** Adds what `from` counted to `tally`. */
export function addTally(tally: Tally, from: Tally): void {
  tally.failures += from.failures
  for (const test of from.tests) if (tally.tests.size < testsCounted) tally.tests.add(test)
  for (const task of from.tasks) tally.tasks = withText(tally.tasks, task, namesKept)
  for (const worker of from.workers) tally.workers = withText(tally.workers, worker, namesKept)
  for (const message of from.messages) tally.messages = withText(tally.messages, message, messagesKept)
  tally.firstAtMs = smaller(tally.firstAtMs, from.firstAtMs)
  tally.lastAtMs = larger(tally.lastAtMs, from.lastAtMs)
  const { example } = from
  if (example !== undefined && (tally.example === undefined || compareOccurrences(example, tally.example) < 0))
    tally.example = example
}

/** A cause with its tally, and what of its failures may have followed from something else. */
export interface CauseTally {
  readonly cause: Cause
  /** Those that came by themselves. */
  readonly own: Tally
  readonly followed: Map<string, FollowedTally>
}

function cut(message: string): string {
  return message.length <= messageLength
    ? message
    : `${message.slice(0, messageLength).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** The first `most` different texts of `kept` and `text`; the same array where nothing changes. */
function withText(kept: readonly string[], text: string, most: number): readonly string[] {
  const last = kept.at(-1)
  if (kept.length === most && last !== undefined && compareText(text, last) >= 0) return kept
  return kept.includes(text) ? kept : [...kept, text].sort(compareText).slice(0, most)
}

/** Total over what is told of two failures. */
function compareOccurrences(a: FailureOccurrence, b: FailureOccurrence): number {
  const [aAt, bAt] = [a.atMs ?? Infinity, b.atMs ?? Infinity]
  // Two infinities have no difference.
  if (aAt !== bAt) return aAt < bAt ? -1 : 1
  return (
    compareText(testOf(a), testOf(b)) ||
    compareText(a.worker ?? '', b.worker ?? '') ||
    compareText(a.failure.message, b.failure.message) ||
    compareText(a.failure.suggestion ?? '', b.failure.suggestion ?? '')
  )
}

function smaller(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)
}

function larger(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)
}
