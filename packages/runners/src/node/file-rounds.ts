// One file of node:test in as many rounds as it takes: a test that ends the process, or keeps it until the time is over,
// takes only itself out of the file, and the tests after it are run in a new process.
import type { CaseName, CaseResult, Failure, Outcome } from '@muster/core'
import { countText } from '../outcome/count-text.ts'
import { type EndedFile, type Interruption, interruptionOf, judgeFile } from './judge-file.ts'
import type { NodeEvent } from './node-event.ts'
import { withFailedCases } from './failed-cases.ts'
import { onlyPattern, skipPattern } from './skip-pattern.ts'
import { TestTree } from './test-tree.ts'

/** Most processes that one attempt may lose before the rest of its tests is given up. */
const mostInterruptions = 20

/** How the process of a round ended. */
export interface RoundEnding extends Pick<EndedFile, 'ending' | 'stderrTail' | 'stop' | 'lost'> {
  /** There is no time for another round. */
  readonly isLast: boolean
  /** When the process of the round had ended, on the clock of what it told. */
  readonly atMs?: number | undefined
}

/** Which tests of the file are run. */
export interface Choice {
  /** Only these cases. @defaultValue all */
  readonly scope?: readonly CaseName[] | undefined
  /** Node is told by somebody else as well, so that some cases cannot be run alone. @defaultValue `false` */
  readonly choosesTests?: boolean | undefined
}

/** The attempt at one file. */
export class FileRounds {
  readonly #file: string
  readonly #report: (one: CaseResult) => void
  /** Every case that has a result. */
  readonly #reported: CaseResult[] = []
  /** Cases that were declared when the first round was interrupted and have no result yet. */
  readonly #lost: CaseResult[] = []
  #names: ReadonlySet<string> = new Set()
  #tree = new TestTree()
  #first: Interruption | undefined
  #interruptions = 0
  readonly #scope: readonly CaseName[] | undefined
  readonly #choosesTests: boolean
  #flag: string | undefined

  constructor(file: string, report: (one: CaseResult) => void, { scope, choosesTests = false }: Choice = {}) {
    this.#file = file
    this.#report = report
    this.#scope = scope
    this.#choosesTests = choosesTests
  }

  /** Flags for the next round. */
  get flags(): readonly string[] {
    const only = this.#scope === undefined ? undefined : onlyPattern(this.#scope)
    return [only, this.#flag].filter((flag) => flag !== undefined)
  }

  /** Takes in what the process of the running round tells, heard of at `atMs`. */
  add(event: NodeEvent, atMs?: number): void {
    const ended = this.#tree.add(event, atMs)
    // A parent whose child was lost runs again, and so may what stands in it under the name of another.
    if (ended !== undefined && !this.#names.has(nameOf(ended))) this.#take(ended)
  }

  /** Takes in the end of a round; gives the outcome, or nothing where another round is needed. */
  end({ isLast, atMs, ...how }: RoundEnding): Outcome | undefined {
    this.#tree.stop(atMs)
    const ended: EndedFile = {
      ...{ file: this.#file, tree: this.#tree, cases: this.#reported, scope: this.#scope },
      ...how,
    }
    const interruption = interruptionOf(ended)
    if (interruption !== undefined && !isLast && this.#goesOn(interruption, ended.tree.waiting)) return undefined
    this.#forgetSuites()
    const { outcome, missing } = judgeFile(ended)
    for (const one of missing) if (this.#isMissing(one)) this.#take(one)
    for (const one of [...this.#lost]) this.#take({ ...one, result: 'cancelled', reason: this.#whyNotRun() })
    const first = this.#first
    // What is stopped after a crash was stopped; what was run in overtime was stopped before.
    if (first === undefined && how.stop === undefined && interruption === undefined)
      return this.#choosesTests ? outcome : withFailedCases(ended, outcome)
    if (first === undefined || (how.stop !== undefined && first.stop === undefined)) return outcome
    return { result: first.stop ?? 'failed', durationMs: 0, failure: this.#withCount(first.failure) }
  }

  /** Prepares another round, if one makes sense. */
  #goesOn(interruption: Interruption, waiting: readonly CaseResult[]): boolean {
    const { culprits } = interruption
    this.#interruptions += 1
    // Even where nothing waits: the first test of a file begins before those after it are declared, and a test declares what
    // stands within it only while it runs.
    if (culprits.length === 0 || this.#interruptions >= mostInterruptions) return false
    const flag = skipPattern([...this.#reported, ...culprits])
    if (flag === undefined) return false
    if (this.#first === undefined) this.#lost.push(...waiting)
    this.#first ??= interruption
    this.#forgetSuites()
    for (const one of culprits) this.#take(one)
    this.#flag = flag
    this.#names = new Set(this.#reported.map(nameOf))
    this.#tree = new TestTree()
    return true
  }

  /** In the first round whatever is missing is; later on, only what was lost before or is new. */
  #isMissing(one: CaseResult): boolean {
    if (this.#first === undefined) return true
    const isNamed = (other: CaseResult): boolean => nameOf(other) === nameOf(one)
    return this.#lost.some(isNamed) || !this.#reported.some(isNamed)
  }

  /** Before a suite has begun it looks like any test; it is no case of its own. */
  #forgetSuites(): void {
    const suites = new Set(this.#tree.parents.map((path) => path.join('\0')))
    const cases = this.#lost.filter((one) => !suites.has(nameOf(one)))
    this.#lost.splice(0, this.#lost.length, ...cases)
  }

  #take(one: CaseResult): void {
    const at = this.#lost.findIndex((other) => nameOf(other) === nameOf(one))
    if (at !== -1) this.#lost.splice(at, 1)
    this.#reported.push(one)
    this.#report(one)
  }

  #whyNotRun(): string {
    return this.#first?.stop === undefined ? 'not run: its process was lost' : `not run: ${this.#first.failure.message}`
  }

  #withCount(failure: Failure): Failure {
    const lost = this.#reported.filter(({ result }) => result === 'cancelled').length
    const more = this.#interruptions > 1 ? [`${this.#interruptions} processes lost`] : []
    const rest = lost === 0 ? 'the rest was run in a new process' : `${countText(lost, 'case')} not run`
    return { ...failure, evidence: [...failure.evidence, ...more, rest] }
  }
}

function nameOf({ path }: CaseResult): string {
  return path.join('\0')
}
