// Whether a file of node:test passed. Node itself calls a file passed whose test ends the process with exit code 0, so the
// exit code is believed only where the closing record is there and every declared test was reported.
import { observedFailure } from '@muster/core/failure'
import type { CaseName, CaseResult, Failure, Outcome } from '@muster/core'
import type { ProcessEnding } from '@muster/core/process'
import { caseName, caseNames } from '../outcome/case-name.ts'
import { countText } from '../outcome/count-text.ts'
import { failureOfEnding } from '../outcome/failure-of-ending.ts'
import { failureOfScope } from '../outcome/failure-of-scope.ts'
import { failedWith, isRed, judgeCases } from '../outcome/judge-cases.ts'
import { failureOfStop, type Stop } from '../outcome/stop.ts'
import { uncaughtError } from '../outcome/uncaught-error.ts'
import type { TestTree } from './test-tree.ts'

/** Everything that is known when the process of a file has ended. */
export interface EndedFile {
  readonly file: string
  readonly ending: ProcessEnding
  readonly stderrTail: string
  readonly tree: TestTree
  /** The cases that were reported. */
  readonly cases: readonly CaseResult[]
  /** Why it was told to end, where it was. */
  readonly stop?: Stop | undefined
  /** Why the process around it ended with it, where that did. @defaultValue its own ending counts */
  readonly lost?: Failure | undefined
  /** The cases that were to be run, where not all were. */
  readonly scope?: readonly CaseName[] | undefined
}

/** What a file came to. */
export interface JudgedFile {
  readonly outcome: Outcome
  /** Cases that were declared and not reported, so that none of them is lost. */
  readonly missing: readonly CaseResult[]
}

/** Judges a file whose process has ended. */
export function judgeFile(ended: EndedFile): JudgedFile {
  const { tree } = ended
  // A closing record is no more than a line that was written: what was declared is still owed.
  const owed = tree.success === undefined ? tree.unfinished : [...tree.unfinished, ...tree.waiting]
  if (tree.success === undefined || owed.length > 0) return judgeUnclosed(ended, owed)
  const outcome = judgeReported(ended)
  if (outcome.failure !== undefined) return { outcome, missing: [] }
  if (tree.success && isCodeZero(ended)) return { outcome, missing: [] }
  return { outcome: failedWith(failureBesideCases(ended)), missing: [] }
}

function judgeReported({ cases, file, scope }: EndedFile): Outcome {
  return cases.length === 0 && scope !== undefined ? failedWith(failureOfScope(file, scope)) : judgeCases(cases, file)
}

/** A process that ended in the middle of its file: by itself, or because its time was over. */
export interface Interruption {
  readonly failure: Failure
  /** The innermost tests that ran then, each blamed. */
  readonly culprits: readonly CaseResult[]
  /** Why it was told to end, where it was. */
  readonly stop: Stop | undefined
}

/** What became of the process, where it ended before it had reported its file. */
export function interruptionOf(ended: EndedFile): Interruption | undefined {
  const { tree, file, stop } = ended
  if (tree.success !== undefined || tree.declared === 0) return undefined
  const running = tree.unfinished
  if (stop !== undefined) {
    const stopped = running.map((one) => ({ ...one, result: stop, failure: failureOfStop(stop, file, [one]) }))
    return { failure: failureOfStop(stop, file, running), culprits: stopped, stop }
  }
  const facts = { what: file, stderrTail: lastError(ended), isEarly: true }
  const ending = ended.lost ?? failureOfEnding(ended.ending, facts)
  const culprits = running.map((one) => ({ ...one, failure: blame(ending, [one]) }))
  return { failure: running.length === 0 ? ending : blame(ending, running), culprits, stop }
}

function judgeUnclosed(ended: EndedFile, running: readonly CaseResult[]): JudgedFile {
  const { tree, cases, stop } = ended
  const interruption = interruptionOf(ended)
  if (interruption === undefined) return stop === undefined ? judgeWithout(ended, running) : judgeStopped(ended, stop)
  const { failure, culprits } = interruption
  const lost = tree.waiting.map((one): CaseResult => ({
    ...one,
    result: 'cancelled',
    reason: `not run: ${failure.message}`,
  }))
  const red = cases.filter(isRed).length
  const beside = red === 0 ? [] : [`${countText(red, 'case')} failed before`]
  const count = `${cases.length} of ${cases.length + culprits.length + lost.length} declared cases reported`
  return {
    outcome: {
      result: stop ?? 'failed',
      durationMs: 0,
      failure: { ...failure, evidence: [...failure.evidence, count, ...beside] },
    },
    missing: [...culprits, ...lost],
  }
}

/** Nothing was declared, or the closing record came although tests had not ended. */
function judgeWithout(ended: EndedFile, open: readonly CaseResult[]): JudgedFile {
  if (ended.tree.declared === 0) return { outcome: judgeUndeclared(ended), missing: [] }
  const failure = observedFailure('no-result', {
    message: `${ended.file}: no result for ${caseNames(open)}`,
    evidence: ['the closing record came before the end of every test'],
  })
  return { outcome: failedWith(failure), missing: open.map((one) => ({ ...one, failure })) }
}

/** Stopped before anything was declared, or between the closing record and the end of every test. */
function judgeStopped({ tree, file }: EndedFile, stop: Stop): JudgedFile {
  const running = tree.unfinished
  const stopped = running.map((one): CaseResult => ({
    ...one,
    result: stop,
    failure: failureOfStop(stop, file, [one]),
  }))
  return { outcome: { result: stop, durationMs: 0, failure: failureOfStop(stop, file, running) }, missing: stopped }
}

/** Nothing was declared: it failed while it was loaded, or it holds no test. */
function judgeUndeclared(ended: EndedFile): Outcome {
  if (ended.lost !== undefined) return failedWith(ended.lost)
  if (isCodeZero(ended) && ended.tree.hasDrained) return judgeReported({ ...ended, cases: [] })
  const facts = { what: ended.file, stderrTail: lastError(ended), isEarly: true }
  const ending = failureOfEnding(ended.ending, facts)
  // Tests may have been declared by then; node:test tells of them only when the file has been loaded.
  if (isCodeZero(ended)) return failedWith({ ...ending, message: `${ending.message}, while it was loaded` })
  return failedWith(uncaughtError(ended.stderrTail, ending.evidence) ?? ending)
}

/** No case failed and yet the process says that something did: an error outside of every test, or an exit code of its own. */
function failureBesideCases({ tree, ending, file, stderrTail, lost }: EndedFile): Failure {
  const byEnding = lost ?? failureOfEnding(ending, { what: file, stderrTail })
  const complaint = tree.notes.find((note) => note.startsWith('Error:')) ?? tree.notes.at(-1)
  if (tree.success === true || complaint === undefined) return byEnding
  return observedFailure('outside-tests', {
    message: complaint,
    evidence: ['the closing record says failed', ...byEnding.evidence],
  })
}

function blame(ending: Failure, culprits: readonly CaseResult[]): Failure {
  const [only] = culprits
  const who = culprits.length === 1 && only !== undefined ? `"${caseName(only)}"` : `one of ${caseNames(culprits)}`
  return { ...ending, message: `${ending.message} while it ran ${who}` }
}

/** The error that Node printed last, without its stack: the last line of a crash says nothing. */
function lastError({ stderrTail }: EndedFile): string {
  return uncaughtError(stderrTail)?.message.split('\n', 1)[0] ?? stderrTail
}

function isCodeZero({ ending }: EndedFile): boolean {
  return ending.kind === 'exited' && ending.code === 0
}
