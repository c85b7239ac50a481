// Counted claims by name: locks (limit 1), group limits, and whatever the policy claims for an attempt. The kernel keeps
// them; nobody else counts.
import type { Claim } from '../ports/policy.ts'

/** The ledger that a claim is about: names of claims are apart from those of locks and groups. */
export function ledgerOfClaim({ ledger }: Claim): string {
  return `claim ${ledger}`
}

/** A hair of tolerance: ten claims of 0.1 fit into a limit of one. */
const hair = 1e-9

/** Ledgers of a run by handle. */
export class LedgerTable {
  readonly names: string[] = []
  readonly #limits: number[] = []
  readonly #used: number[] = []
  readonly #handles = new Map<string, number>()
  /** Ledgers from which something was given back since the placement last looked. */
  readonly released: number[] = []

  /** The ledger of that name; it is created on first use. */
  open(name: string, limit: number): number {
    const known = this.#handles.get(name)
    if (known !== undefined) return known
    const ledger = this.names.push(name) - 1
    this.#limits.push(limit)
    this.#used.push(0)
    this.#handles.set(name, ledger)
    return ledger
  }

  /** The ledger of that name, where something ever held a part of it. */
  find(name: string): number | undefined {
    return this.#handles.get(name)
  }

  hasRoom(ledger: number): boolean {
    return (this.#used[ledger] ?? 0) < (this.#limits[ledger] ?? 0)
  }

  /** Whether so much more fits under a limit. */
  hasRoomFor(ledger: number, amount: number, limit: number): boolean {
    return this.used(ledger) + amount <= limit + hair
  }

  used(ledger: number): number {
    return this.#used[ledger] ?? 0
  }

  take(ledger: number, amount = 1): void {
    this.#used[ledger] = (this.#used[ledger] ?? 0) + amount
  }

  give(ledger: number, amount = 1): void {
    const left = (this.#used[ledger] ?? 0) - amount
    // What is empty is empty exactly, so that sums of fractions never drift.
    this.#used[ledger] = left < hair ? 0 : left
    this.released.push(ledger)
  }
}
