// What a run holds back at the moment: workers that were put out and breakers that are open. They explain why slots stay empty,
// so they stand beside what runs for as long as they last, and not only as a line that scrolls away.
import type { BreakerReport, RunEvent, RunSnapshot } from '@muster/core'
import { compareNames } from './compare-names.ts'

/** A breaker as its events and reports tell it. */
export type ShownBreaker = Pick<BreakerReport, 'key' | 'state'>

/** What is held back. */
export interface HeldBack {
  /** Workers that are given nothing more. */
  readonly workers: readonly string[]
  /** Breakers that let nothing through, or only probes. */
  readonly breakers: readonly ShownBreaker[]
}

/** Follows what is held back by a run's events. */
export class Holds {
  readonly #workers = new Set<string>()
  readonly #breakers = new Map<string, ShownBreaker>()

  /** Takes an event that may hold something back, or let it go. */
  take(event: Extract<RunEvent, { readonly kind: HoldEvent }>): void {
    switch (event.kind) {
      case 'worker-quarantined':
        this.#workers.add(event.worker)
        return
      case 'worker-joined':
        // A new life of a worker begins without the old one's record.
        this.#workers.delete(event.worker.id)
        return
      case 'quarantine-lifted':
      case 'worker-left':
        this.#workers.delete(event.worker)
        return
      case 'breaker-changed':
        this.#set(event)
        return
    }
  }

  /** Takes over what a snapshot says instead of all that was known. */
  restore({ quarantined, breakers }: Pick<RunSnapshot, 'quarantined' | 'breakers'>): void {
    this.#workers.clear()
    this.#breakers.clear()
    for (const worker of quarantined ?? []) this.#workers.add(worker)
    for (const breaker of breakers ?? []) this.#set(breaker)
  }

  /** Whether that worker is given nothing more. */
  hasOut(worker: string): boolean {
    return this.#workers.has(worker)
  }

  /** What is held back now. */
  get now(): HeldBack {
    return {
      workers: [...this.#workers].toSorted(compareNames),
      breakers: [...this.#breakers.values()].toSorted((a, b) => compareNames(a.key, b.key)),
    }
  }

  #set({ key, state }: ShownBreaker): void {
    if (state === 'open' || state === 'half-open') this.#breakers.set(key, { key, state })
    else this.#breakers.delete(key)
  }
}

type HoldEvent = 'worker-joined' | 'worker-quarantined' | 'quarantine-lifted' | 'worker-left' | 'breaker-changed'
