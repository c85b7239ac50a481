// Collects what is wrong with one document. Bounded, so that a file with a million broken lines still gives an answer that a
// person can read.
import type { CaseResult } from '@muster/core'
import type { ReadCases, ReadOptions, ReadProblem, ReportFormat } from './read-cases.ts'
import { sourceOf } from './source-of.ts'

/** Problems kept at most; the rest is counted. */
const mostKept = 50

/** The problems of one document. */
export class ProblemLog {
  readonly source: string
  readonly #kept: ReadProblem[] = []
  #left = 0
  #isComplete = true

  constructor(options: ReadOptions = {}) {
    this.source = sourceOf(options)
  }

  add(kind: ReadProblem['kind'], message: string, line?: number): void {
    if (kind === 'truncated' || kind === 'missing') this.#isComplete = false
    if (this.#kept.length >= mostKept) this.#left += 1
    else this.#kept.push({ kind, source: this.source, ...(line === undefined ? {} : { line }), message })
  }

  /** The reader's answer; looks for names that occur twice on the way. */
  close(format: ReportFormat, cases: readonly CaseResult[]): ReadCases {
    this.#noteDuplicates(cases)
    if (this.#left > 0) {
      this.#kept.push({ kind: 'ignored', source: this.source, message: `${this.#left} more problems are not listed` })
    }
    return { format, cases, warnings: this.#kept, isComplete: this.#isComplete }
  }

  #noteDuplicates(cases: readonly CaseResult[]): void {
    const seen = new Set<string>()
    let doubled = 0
    let first: CaseResult | undefined
    for (const one of cases) {
      const key = `${one.file ?? ''}\u0000${one.path.join('\u0000')}`
      if (seen.has(key)) {
        doubled += 1
        first ??= one
      } else seen.add(key)
    }
    if (first === undefined) return
    const verb = doubled === 1 ? 'carries' : 'carry'
    this.add(
      'duplicate',
      `${doubled} of ${cases.length} cases ${verb} a name that was there before, first ${first.path.join(' > ')}`,
    )
  }
}
