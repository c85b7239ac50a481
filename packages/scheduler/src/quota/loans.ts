// Who borrowed what from whom. A loan is one attempt that runs beyond what its owner is promised; while it does, its owner
// owes share times milliseconds to those who left theirs. Debts bear no interest and fade; who owes goes after who does not.
import { nameOf } from './quota-gate.ts'
import type { Needs, OwnerNode, OwnerTree } from './owner-tree.ts'

/** One part of a loan. */
export interface LoanPart {
  /** Who left it; absent where nobody was promised it. */
  readonly lender: string | undefined
  /** Part of everything, 0 to 1. */
  readonly share: number
}

/** A line of the ledger. */
export interface LoanEntry {
  readonly kind: 'borrowed' | 'paid-back' | 'reclaimed'
  readonly atMs: number
  readonly borrower: string
  readonly parts: readonly LoanPart[]
  readonly task: string
  /** How long it was lent, in milliseconds, once it was given back. */
  readonly heldMs?: number | undefined
}

interface Loan {
  readonly borrower: OwnerNode
  readonly parts: readonly { readonly lender: OwnerNode; readonly share: number }[]
  readonly sinceMs: number
  readonly task: string
}

/** Open loans by the handle of their task, the oldest first. */
export class Loans {
  readonly #tree: OwnerTree
  readonly #tell: ((entry: LoanEntry) => void) | undefined
  readonly #open = new Map<number, Loan>()

  constructor(tree: OwnerTree, tell: ((entry: LoanEntry) => void) | undefined) {
    this.#tree = tree
    this.#tell = tell
  }

  get size(): number {
    return this.#open.size
  }

  /** Tasks that run on what is borrowed, with who borrowed it; the oldest first. */
  *all(): Iterable<{ readonly task: number; readonly borrower: OwnerNode }> {
    for (const [task, { borrower }] of this.#open) yield { task, borrower }
  }

  /** An attempt runs on what its owner borrows. Asked before it counts as held. */
  lend(task: number, loan: { borrower: OwnerNode; needs: Needs; share: number; atMs: number; name: string }): void {
    const { borrower, share, atMs, name } = loan
    if (share <= 0) return
    const parts = this.#lenders(borrower, share)
    const made: Loan = { borrower, parts, sinceMs: atMs, task: name }
    this.#open.set(task, made)
    this.#note('borrowed', made, atMs)
  }

  /** It ended: what is owed is what it was lent for. */
  giveBack(task: number, atMs: number, isReclaimed: boolean): void {
    const loan = this.#open.get(task)
    if (loan === undefined) return
    this.#open.delete(task)
    this.#owe(loan, this.#tree.debts.span(loan.sinceMs, atMs))
    this.#note(isReclaimed ? 'reclaimed' : 'paid-back', loan, atMs)
  }

  /** Those of the same level who leave some of their own, each in proportion to what it leaves; else nobody's. */
  #lenders(borrower: OwnerNode, share: number): Loan['parts'] {
    const left = (borrower.parent?.children ?? []).flatMap((lender) => {
      if (lender === borrower || lender.share === undefined) return []
      const unused = lender.nominal - Math.max(this.#tree.dominant(lender.held), lender.kept)
      return unused > 0 ? [{ lender, unused }] : []
    })
    const all = left.reduce((sum, { unused }) => sum + unused, 0)
    const lent = Math.min(share, all)
    const parts = left.map(({ lender, unused }) => ({ lender, share: (lent * unused) / all }))
    return share > lent ? [...parts, { lender: this.#tree.root, share: share - lent }] : parts
  }

  #owe({ borrower, parts }: Loan, counts: number): void {
    for (const { lender, share } of parts) {
      borrower.debt += share * counts
      lender.debt -= share * counts
    }
  }

  #note(kind: LoanEntry['kind'], { borrower, parts, task, sinceMs }: Loan, atMs: number): void {
    this.#tell?.({
      kind,
      atMs,
      borrower: nameOf(borrower),
      parts: parts.map(({ lender, share }) => ({ lender: lender.isRoot ? undefined : nameOf(lender), share })),
      task,
      ...(kind === 'borrowed' ? {} : { heldMs: atMs - sinceMs }),
    })
  }
}
