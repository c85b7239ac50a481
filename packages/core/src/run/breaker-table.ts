// The breakers of a run. One comes into being with the first failure that counts against what it watches, so a run that meets
// none keeps nothing, and is asked nothing. Part of the state: `evolve` alone changes it.
import { invariant } from '../errors/invariant.ts'
import type { Resolved } from '../options/resolved.ts'
import type { BreakerOptions } from '../resilience/breaker-options.ts'
import { type BreakerState, closedBreaker } from '../resilience/breaker-state.ts'
import { breakerAdmits } from '../resilience/next-breaker.ts'
import type { BreakerKey } from './breaker-key.ts'

/** A breaker as the kernel keeps it. */
export interface BreakerRow {
  readonly key: BreakerKey
  readonly options: Resolved<BreakerOptions>
  state: BreakerState
  /** Why it is in that state, for people; empty before it first opened. */
  because: string
  /** How often it was put down to be asked again at a time: only the last of them is meant. */
  dues: number
}

/** A probe that an attempt is for a breaker. */
export interface Probe {
  readonly breaker: number
  /** The opening of the breaker that the probe belongs to: later ones are not its business. */
  readonly opened: number
}

/** Breakers by handle and by key. */
export class BreakerTable {
  readonly #rows: BreakerRow[] = []
  readonly #handles = new Map<BreakerKey, number>()
  /** Breakers that have counted something or are not closed: all others need not be told of a success. */
  readonly live: Set<number> = new Set()
  /** Breakers that hold something up. */
  readonly shut: Set<number> = new Set()
  /** Attempts that are probes, by row. */
  readonly probes: Map<number, readonly Probe[]> = new Map()
  /** Breakers whose counts changed since somebody last decided about them. */
  readonly touched: Set<number> = new Set()
  /** Breakers that let more through since the placement last looked. */
  readonly released: number[] = []

  get size(): number {
    return this.#rows.length
  }

  get rows(): readonly Readonly<BreakerRow>[] {
    return this.#rows
  }

  find(key: BreakerKey): number | undefined {
    return this.#handles.get(key)
  }

  row(breaker: number): Readonly<BreakerRow> {
    return this.#row(breaker)
  }

  /** The breaker of that name; it is created on first use. */
  open(key: BreakerKey, options: Resolved<BreakerOptions>): number {
    const known = this.#handles.get(key)
    if (known !== undefined) return known
    const breaker = this.#rows.push({ key, options, state: closedBreaker, because: '', dues: 0 }) - 1
    this.#handles.set(key, breaker)
    return breaker
  }

  /** How many more it lets start now. */
  admits(breaker: number): number {
    const { state, options } = this.#row(breaker)
    return breakerAdmits(state, options)
  }

  /** Puts a breaker into a state, counted or decided. */
  set(breaker: number, state: BreakerState): void {
    const row = this.#row(breaker)
    if (row.state === state) return
    const before = breakerAdmits(row.state, row.options)
    row.state = state
    if (state.kind === 'closed' && state.recent.length === 0) this.live.delete(breaker)
    else this.live.add(breaker)
    if (state.kind === 'open' || state.kind === 'half-open') this.shut.add(breaker)
    else this.shut.delete(breaker)
    if (breakerAdmits(state, row.options) > before) this.released.push(breaker)
  }

  /** Puts a breaker into the state that was decided. */
  decide(breaker: number, state: BreakerState, because: string): void {
    const row = this.#row(breaker)
    row.because = because
    this.set(breaker, state)
  }

  /** Counts that it is put down to be asked again. */
  countDue(breaker: number): number {
    return ++this.#row(breaker).dues
  }

  #row(breaker: number): BreakerRow {
    const row = this.#rows[breaker]
    invariant(row, 'a breaker handle names a breaker')
    return row
  }
}
