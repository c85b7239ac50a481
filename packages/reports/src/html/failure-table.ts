// Failures by what they say, so that forty equal ones take the room of one.
import type { Failure } from '@muster/core'
import { categoryText } from '../failure/category-text.ts'
import { ownFrame } from '../failure/own-frame.ts'
import { failureText } from '../failure/text-diff.ts'
import { plainText } from '../text/plain-text.ts'
import type { Budget } from './budget.ts'
import type { PageDiffLine, PageFailure } from './report-data.ts'

/** Longest texts kept of one failure, in characters, and most pieces of evidence. */
const longest = { message: 4000, stack: 6000, diffLine: 1000, evidence: 500 }
const mostEvidence = 5

const signs = { expected: '-', actual: '+', same: ' ' } as const

/** Gives failures their numbers. Files below `root` are shown without it. */
export class FailureTable {
  readonly #failures: PageFailure[] = []
  readonly #numbers = new Map<string, number>()
  readonly #budget: Budget
  readonly #root: string

  constructor(budget: Budget, root = '') {
    this.#budget = budget
    this.#root = root
  }

  /** All failures that were given a number, by it. */
  get failures(): readonly PageFailure[] {
    return this.#failures
  }

  /** The number of a failure; the same for all that say the same. */
  numberOf(failure: Failure): number {
    const key = `${failure.fingerprint}\n${failure.message}\n${failure.stack ?? ''}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.#failures.length)
    return this.#failures.push(this.#pageFailure(failure)) - 1
  }

  #pageFailure(failure: Failure): PageFailure {
    const { message, diff, stack } = failureText({
      message: plainText(failure.message),
      stack: plainText(failure.stack ?? ''),
    })
    const frame = ownFrame(stack)
    const budget = this.#budget
    return {
      message: budget.take(message, longest.message),
      ...(failure.errorName === undefined ? {} : { errorName: failure.errorName }),
      label: categoryText(failure),
      fault: failure.fault,
      transient: failure.transient,
      diff: diff.map(({ kind, text }): PageDiffLine => [signs[kind], budget.take(text, longest.diffLine)]),
      stack: budget.take(stack, longest.stack),
      evidence: failure.evidence.slice(0, mostEvidence).map((piece) => budget.take(piece, longest.evidence)),
      ...(frame === undefined ? {} : { frame: `${this.#shortened(frame.file)}:${frame.line}` }),
    }
  }

  #shortened(file: string): string {
    return this.#root !== '' && file.replaceAll('\\', '/').startsWith(this.#root) ? file.slice(this.#root.length) : file
  }
}
