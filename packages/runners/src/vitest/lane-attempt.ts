// What becomes of one file while Vitest runs it, in as many rounds as it takes: a worker that dies, or has to be killed since
// its time is over, takes only the case with it that ran then, and the rest is run again.
import type { CaseName, CaseResult, ExecutionContext, Failure, LostProcess, Outcome } from '@muster/core'
import { caseNames } from '../outcome/case-name.ts'
import { caseOf, identityOf, isDeclaredInPart, isInPart, type Part, pathOf } from './case-of.ts'
import { failureOfStop, stopOf, type Stop } from '../outcome/stop.ts'
import { failedCasesOf, scopePattern } from './failed-cases.ts'
import { judgeModule } from './judge-module.ts'
import { failureOfErrors } from './failure-of-error.ts'
import { failureOfCrash } from './lost-worker.ts'
import { outsideCases } from './outside-cases.ts'
import type { DeclaredTest, Trace } from './trace.ts'
import type { Vitest, VitestCase, VitestError, VitestFilter, VitestSpecification } from './vitest-api.ts'
import type { VitestPayload } from './vitest-payload.ts'

/** Most workers that one attempt may lose before the rest of its cases is given up. */
const mostCrashes = 20

/** What one call of Vitest found out. */
export interface Round {
  readonly specification: VitestSpecification
  /** Errors outside of tests. */
  readonly unhandled: readonly VitestError[]
  /** Errors by which Vitest says that it lost a worker. */
  readonly lost: readonly VitestError[]
  /** Why we ended its worker or cancelled it, where we did. */
  readonly stop: Stop | undefined
  /** The limit of Vitest itself for which we ended its worker, in milliseconds, where it was for that. */
  readonly stalledMs: number | undefined
  /** When it was over, in milliseconds since 1970. */
  readonly endedAtMs: number
}

/** One attempt on a warm Vitest. */
export class LaneAttempt {
  readonly payload: VitestPayload
  readonly context: ExecutionContext
  readonly #part: Part
  readonly #reported = new Map<string, CaseResult>()
  readonly #unhandled: VitestError[] = []
  #specification: VitestSpecification | undefined
  #crash: Failure | undefined
  #crashes = 0
  /** The first worker that was lost was ended for a limit of Vitest's own. */
  #hasStalled = false
  /** Tests of the part that was asked for, as a process before this one found them. */
  #declared: readonly DeclaredTest[] = []
  #isCancelled = false

  /** `cases`: only these, which were among those that the payload asks for. */
  constructor(payload: VitestPayload, context: ExecutionContext, cases?: readonly CaseName[]) {
    this.payload = payload
    this.context = context
    const { lines, namePattern } = payload
    this.#part = { lines, namePattern: namePattern === undefined ? undefined : new RegExp(namePattern), cases }
  }

  /** What the first round runs. */
  get filter(): VitestFilter {
    const { lines, namePattern, cases } = this.#part
    if (cases !== undefined) return { testNamePattern: scopePattern(cases) }
    return {
      ...(lines === undefined ? {} : { testLines: [...lines] }),
      ...(namePattern === undefined ? {} : { testNamePattern: namePattern }),
    }
  }

  /** What a further round runs: the cases that were asked for and have no result. */
  get rest(): VitestFilter {
    return { testIds: this.#waiting().map(({ id }) => id) }
  }

  /** Takes up the attempt where the process that had it died; gives what is to be run, or nothing where nothing is. */
  takeUp(lost: LostProcess, trace: Trace | undefined): VitestFilter | undefined {
    this.#declared = (trace?.declared ?? []).filter((test) => isDeclaredInPart(test, this.#part))
    this.#tellAgain(lost.cases)
    for (const test of this.#declared) this.#tellEnded(test, trace)
    const open = new Set(trace?.struck?.open ?? trace?.open)
    const culprits = this.#untold().filter(({ id }) => open.has(id))
    const named = culprits.map((test) => this.#declaredCase(test, { result: lost.result }))
    const who =
      named.length === 0
        ? 'outside of its tests: while it was loaded, or in a hook'
        : `while it ran ${named.length === 1 ? '' : 'one of '}${caseNames(named)}`
    const failure: Failure = { ...lost.failure, message: `${lost.failure.message} ${who}` }
    for (const { id, ...test } of culprits) this.#report(id, this.#declaredCase(test, { result: lost.result, failure }))
    this.#crash = failure
    this.#crashes = 1
    const rest = this.#untold()
    return lost.mayRun && rest.length > 0 ? { testIds: rest.map(({ id }) => id) } : undefined
  }

  /** Takes in a case that ended. */
  onCase(test: VitestCase): void {
    // Vitest calls what a cancel kept from running skipped; nobody skipped it.
    if (this.#isCancelled && test.result().state === 'skipped') return
    const ended = isInPart(test, this.#part) ? caseOf(test, this.payload.file) : undefined
    if (ended !== undefined) this.#report(test.id, ended)
  }

  /** Takes in that Vitest was told to run nothing more. */
  onCancel(): void {
    this.#isCancelled = true
  }

  onText(text: string, stream: 'stdout' | 'stderr'): void {
    this.context.log(text, stream)
  }

  /** Takes in a round that ended, with what its worker wrote down; tells whether another is needed. */
  took(round: Round, readTrace: () => Trace): boolean {
    this.#specification = round.specification
    this.#unhandled.push(...round.unhandled)
    for (const test of this.#tests()) this.onCase(test)
    if (round.lost.length === 0) return false
    const trace = readTrace()
    const hasCulprit = this.#blame(round, trace)
    if (hasCulprit && !this.#isCancelled && this.#crashes < mostCrashes) return this.#waiting().length > 0
    this.#recover(trace)
    return false
  }

  /** What the attempt came to; reports the cases that are missing. */
  judge(config: Vitest['config']): Outcome {
    const { file, namePattern } = this.payload
    const module = this.#specification?.testModule
    const reason = this.#crash === undefined ? 'no result' : `not run: ${this.#crash.message}`
    const ending = { result: 'cancelled', reason } as const
    const missing =
      module === undefined
        ? this.#untold().map((test) => this.#declaredCase(test, ending))
        : this.#waiting().map((test) => this.#unmeasured(test, ending))
    const unhandled = config.dangerouslyIgnoreUnhandledErrors === true ? [] : this.#unhandled
    const outside = outsideCases({ file, module, unhandled })
    for (const one of [...missing, ...outside]) this.context.caseEnded(one)
    const outcome = judgeModule({
      file,
      lines: this.payload.lines,
      cases: [...this.#reported.values()],
      missing,
      errors: module?.errors() ?? [],
      outside,
      crash: this.#crash,
      hasStalled: this.#hasStalled,
      stop: stopOf(this.context.signal),
      isKnown: module !== undefined && module.state() !== 'queued',
      passesWithoutTests: config.passWithNoTests === true,
      namePattern,
      scope: this.#part.cases,
    })
    const isByCases = this.#crash === undefined && outside.length === 0 && (module?.errors().length ?? 0) === 0
    if (outcome.result !== 'failed' || !isByCases || this.payload.pool === 'typescript') return outcome
    const failedCases = failedCasesOf([...this.#reported.values()], this.#tests().map(pathOf))
    return failedCases === undefined ? outcome : { ...outcome, failedCases }
  }

  /** Blames the cases that ran when the worker was lost; tells whether there were any. */
  #blame(round: Round, trace: Trace): boolean {
    const open = new Set(trace.struck?.open ?? trace.open)
    const culprits = this.#waiting().filter(({ id }) => open.has(id))
    const { stop, endedAtMs, stalledMs } = round
    const result = stop ?? 'failed'
    const blamed = culprits.map((test) => {
      const sinceMs = trace.beganAtMs.get(test.id) ?? endedAtMs
      return { ...this.#unmeasured(test, { result }), durationMs: Math.max(0, endedAtMs - sinceMs) }
    })
    const { file } = this.payload
    const failure =
      stop === undefined
        ? failureOfCrash(file, blamed, round.lost, trace.struck)
        : failureOfStop(stop, file, blamed, stalledMs)
    for (const [at, { id }] of culprits.entries()) {
      const one = blamed[at]
      if (one !== undefined) this.#report(id, { ...one, failure })
    }
    if (this.#crash === undefined) this.#hasStalled = stalledMs !== undefined
    this.#crash ??= failure
    this.#crashes += 1
    return culprits.length > 0
  }

  /** Cases that ended just before the worker was lost, and whose results were on their way. */
  #recover({ ended }: Trace): void {
    for (const test of this.#waiting()) {
      const isPassed = ended.get(test.id)
      if (isPassed === undefined) continue
      const lost = { result: 'failed', reason: 'its errors were lost with its process' } as const
      this.#report(test.id, this.#unmeasured(test, isPassed ? { result: 'passed' } : lost))
    }
  }

  /** What was told before is told once more, each case as the test that it is of. */
  #tellAgain(cases: readonly CaseResult[]): void {
    const left = [...cases]
    for (const test of this.#declared) {
      const at = left.findIndex(
        ({ path, line }) => isSamePath(path, test.path) && (line ?? test.lines[0]) === test.lines[0],
      )
      const [one] = at === -1 ? [] : left.splice(at, 1)
      if (one !== undefined) this.#report(test.id, one)
    }
    for (const one of left) this.context.caseEnded(one)
  }

  /** What had ended and was on its way. */
  #tellEnded({ id, ...test }: DeclaredTest, trace: Trace | undefined): void {
    const isPassed = trace?.ended.get(id)
    if (isPassed === undefined) return
    const failure = failureOfErrors(trace?.errors.get(id) ?? [])
    const failed = failure === undefined ? { reason: 'its errors were lost with its process' } : { failure }
    this.#report(id, this.#declaredCase(test, isPassed ? { result: 'passed' } : { result: 'failed', ...failed }))
  }

  #untold(): readonly DeclaredTest[] {
    return this.#declared.filter(({ id }) => !this.#reported.has(id))
  }

  #declaredCase(
    { path, lines: [line] }: Pick<DeclaredTest, 'path' | 'lines'>,
    ending: Pick<CaseResult, 'result' | 'failure' | 'reason'>,
  ): CaseResult {
    return { path, file: this.payload.file, ...(line === undefined ? {} : { line }), durationMs: 0, ...ending }
  }

  #unmeasured(test: VitestCase, ending: Pick<CaseResult, 'result' | 'failure' | 'reason'>): CaseResult {
    return { ...identityOf(test, this.payload.file), durationMs: 0, ...ending }
  }

  #report(id: string, ended: CaseResult): void {
    if (this.#reported.has(id)) return
    this.#reported.set(id, ended)
    this.context.caseEnded(ended)
  }

  #waiting(): readonly VitestCase[] {
    return this.#tests().filter((test) => !this.#reported.has(test.id) && isInPart(test, this.#part))
  }

  #tests(): readonly VitestCase[] {
    return [...(this.#specification?.testModule?.children.allTests() ?? [])]
  }
}

function isSamePath(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((title, at) => title === other[at])
}
