// Every attempt of a run in flat arrays; outcomes that hold more than "passed" lie beside them. A million attempts that
// passed at the first try cost about fifty bytes each.
import { invariant } from '../errors/invariant.ts'
import type { Outcome } from '../model/outcome.ts'
import type { LossCause } from '../model/report.ts'
import { IntRows } from './int-rows.ts'
import { isPlainPass } from './is-plain-pass.ts'
import type { AttemptEnding } from './judge.ts'
import { RealRows } from './real-rows.ts'

const TASK = 0
const WORKER = 1
const BEFORE = 2
const STATE = 3
const INTS = 4
const LAUNCHED_AT = 0
const STARTED_AT = 1
const CLOSED_AT = 2
const DURATION = 3
const REALS = 4

const STARTED = 1
const PASSED = 2
const ENDED = 3
const LOST = 4

const causes: readonly LossCause[] = ['worker', 'coordinator', 'refused', 'pre-empted']

/** The attempts of a run, in the order of their launches. */
export class AttemptTable {
  readonly #ints = new IntRows(INTS)
  readonly #reals = new RealRows(REALS)
  readonly #outcomes = new Map<number, Outcome>()

  get length(): number {
    return this.#ints.length
  }

  /** Makes room for attempts to come. */
  reserve(count: number): void {
    this.#ints.reserve(count)
    this.#reals.reserve(count)
  }

  /** Opens an attempt; `before` is the task's attempt before it, or -1. */
  open(task: number, worker: number, before: number, atMs: number): number {
    const row = this.#ints.grow(1)
    this.#reals.grow(1)
    this.#ints.set(row, TASK, task)
    this.#ints.set(row, WORKER, worker)
    this.#ints.set(row, BEFORE, before)
    this.#reals.set(row, LAUNCHED_AT, atMs)
    this.#reals.set(row, STARTED_AT, -1)
    return row
  }

  start(row: number, atMs: number): void {
    this.#ints.set(row, STATE, STARTED)
    this.#reals.set(row, STARTED_AT, atMs)
  }

  end(row: number, outcome: Outcome, atMs: number): void {
    invariant(this.isOpen(row), 'only an open attempt can end')
    this.#reals.set(row, CLOSED_AT, atMs)
    this.#reals.set(row, DURATION, outcome.durationMs)
    if (isPlainPass(outcome)) this.#ints.set(row, STATE, PASSED)
    else {
      this.#ints.set(row, STATE, ENDED)
      this.#outcomes.set(row, outcome)
    }
  }

  lose(row: number, cause: LossCause, atMs: number): void {
    invariant(this.isOpen(row), 'only an open attempt can be lost')
    this.#ints.set(row, STATE, LOST + causes.indexOf(cause))
    this.#reals.set(row, CLOSED_AT, atMs)
  }

  isOpen(row: number): boolean {
    return this.#ints.get(row, STATE) <= STARTED
  }

  isStarted(row: number): boolean {
    return this.#ints.get(row, STATE) === STARTED
  }

  /** Whether the attempt passed and said nothing more than how long it took. */
  isPlainPass(row: number): boolean {
    return this.#ints.get(row, STATE) === PASSED
  }

  task(row: number): number {
    return this.#ints.get(row, TASK)
  }

  worker(row: number): number {
    return this.#ints.get(row, WORKER)
  }

  before(row: number): number {
    return this.#ints.get(row, BEFORE)
  }

  launchedAtMs(row: number): number {
    return this.#reals.get(row, LAUNCHED_AT)
  }

  startedAtMs(row: number): number | undefined {
    const at = this.#reals.get(row, STARTED_AT)
    return at < 0 ? undefined : at
  }

  closedAtMs(row: number): number | undefined {
    return this.isOpen(row) ? undefined : this.#reals.get(row, CLOSED_AT)
  }

  /** How the attempt was over, or nothing while it is open. */
  ending(row: number): AttemptEnding | undefined {
    const state = this.#ints.get(row, STATE)
    if (state <= STARTED) return undefined
    if (state === PASSED) {
      return { kind: 'ended', outcome: { result: 'passed', durationMs: this.#reals.get(row, DURATION) } }
    }
    if (state === ENDED) {
      const outcome = this.#outcomes.get(row)
      invariant(outcome, 'an attempt that ended has an outcome')
      return { kind: 'ended', outcome }
    }
    const cause = causes[state - LOST]
    invariant(cause, 'a lost attempt has a cause')
    return { kind: 'lost', cause }
  }
}
