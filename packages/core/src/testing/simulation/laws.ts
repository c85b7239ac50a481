// The promises of the kernel, by number, and what is thrown where one is broken.

/** What must hold in every run, whatever goes wrong around it. */
export const laws = {
  1: 'every task gets exactly one verdict, and a run that is not interrupted ends',
  2: 'no attempt starts before its edges allow it, while paused, or after a cancel was decided',
  3: 'attempts never exceed capacity, locks and group limits as the owner knows them',
  4: 'attempts of a task run one at a time, numbered 1, 2, 3; charged ones never pass the limit',
  5: 'doubled, late, reordered and foreign signals change nothing that counts',
  6: 'what is reported is what the journal alone says',
  7: 'the same entries give the same state, the same seed and signals the same entries',
  8: 'killed at any point and resumed, nothing acknowledged is lost or recorded twice',
  9: 'a stale owner changes nothing',
  10: 'nobody starves: what could be placed, or is due, is not left waiting',
  11: 'breakers open and close by their rules, nothing starts under an open one, and workers are put out only for a reason',
} as const

/** The number of a law. */
export type LawNumber = keyof typeof laws

/** A law that did not hold. */
export class LawBroken extends Error {
  override readonly name: string = 'LawBroken'
  readonly law: LawNumber

  constructor(law: LawNumber, text: string) {
    super(text)
    this.law = law
  }
}

/** Throws where a law does not hold. */
export function uphold(law: LawNumber, holds: boolean, text: () => string): void {
  if (!holds) throw new LawBroken(law, text())
}
