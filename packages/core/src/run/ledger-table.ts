// Counted claims by name: locks (limit 1) and group limits. The kernel keeps them; nobody else counts.

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

  hasRoom(ledger: number): boolean {
    return (this.#used[ledger] ?? 0) < (this.#limits[ledger] ?? 0)
  }

  used(ledger: number): number {
    return this.#used[ledger] ?? 0
  }

  take(ledger: number): void {
    this.#used[ledger] = (this.#used[ledger] ?? 0) + 1
  }

  give(ledger: number): void {
    this.#used[ledger] = (this.#used[ledger] ?? 0) - 1
    this.released.push(ledger)
  }
}
