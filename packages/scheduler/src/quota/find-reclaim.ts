// Who has to make room for whom. The one that is given room stays within what it is promised, and the one that makes room holds
// more than it is promised: nobody is ever both, so two owners cannot take the same place from each other in turn.
import type { Preemption } from '@muster/core'
import type { OwnerNode, OwnerTree } from './owner-tree.ts'
import { nameOf, pathOf } from './quota-gate.ts'

/** Sums of shares are not exact. */
const hair = 1e-9
/** Questions to the kernel before the rest waits for the next step. */
const mostQuestions = 256

/** What the choice rests on. */
export interface ReclaimQuestion {
  readonly tree: OwnerTree
  /** Those who wait within what they are promised, in order. */
  readonly claimants: readonly { readonly leaf: OwnerNode; readonly waiting: readonly number[] }[]
  /** What runs on loans and has not been asked to leave, the oldest first. */
  readonly loans: readonly { readonly task: number; readonly borrower: OwnerNode }[]
  /** Whether the kernel would carry it out. */
  readonly allows: (victim: number, beneficiary: number) => boolean
}

/** The pre-emption that gives somebody back what it is promised, or nothing. */
export function findReclaim({ tree, claimants, loans, allows }: ReclaimQuestion): Preemption | undefined {
  // Whoever is furthest beyond its own makes room first; of its attempts the one that has run the shortest.
  const victims = loans
    .map((loan, age) => ({ ...loan, age, excess: excessOf(tree, loan.borrower) }))
    .filter(({ excess }) => excess > hair)
    .sort((a, b) => b.excess - a.excess || b.age - a.age)
  let questions = 0
  for (const { leaf, waiting } of claimants) {
    const own = new Set(pathOf(leaf))
    for (const beneficiary of waiting) {
      for (const { task: victim, borrower } of victims) {
        if (own.has(borrower)) continue
        if (++questions > mostQuestions) return undefined
        if (!allows(victim, beneficiary)) continue
        return {
          victim,
          beneficiary,
          because: `${nameOf(leaf)} is promised the place that ${nameOf(borrower)} borrowed`,
        }
      }
    }
  }
  return undefined
}

/** How far an owner is beyond its own, without what is about to leave. */
function excessOf(tree: OwnerTree, { held, leaving, nominal }: OwnerNode): number {
  return tree.dominant(held.map((amount, resource) => amount - (leaving[resource] ?? 0))) - nominal
}
