// What becomes of the cases that a command owes when it broke off, each run alone. Its exit code is not enough here either: a
// case that calls `exit(0)` would pass by it.
import { countText } from '../outcome/count-text.ts'
import type { CaseResult, Failure, Outcome } from '@muster/core'
import { caseName, caseNames } from '../outcome/case-name.ts'
import { failureOfEnding } from '../outcome/failure-of-ending.ts'
import { isRed } from '../outcome/judge-cases.ts'
import { failureOfStop } from '../outcome/stop.ts'
import { casesIn, type EndedCommand } from './judge-command.ts'

/** What became of the cases that a command owed. */
export type RestOfCases =
  /** In the order in which they were listed. */
  | { readonly kind: 'run'; readonly cases: readonly CaseResult[] }
  /** Nobody knows which they are; `why` is a piece of evidence. */
  | { readonly kind: 'unknown'; readonly why: string }

/** The listed names that have no result. */
export function owedCases(listed: readonly string[], whole: EndedCommand): readonly string[] {
  const reported = new Set(casesIn(whole).flatMap(namesOf))
  return [...new Set(listed)].filter((name) => !reported.has(name))
}

/** The case that ran when the time was over, where the command told of each case as it ended. */
export function suspectOf([first]: readonly string[], whole: EndedCommand): CaseResult | undefined {
  const { stop, isLive, program } = whole
  if (first === undefined || stop === undefined || !isLive) return undefined
  const one: CaseResult = { path: [first], result: stop, durationMs: 0 }
  return { ...one, failure: failureOfStop(stop, program, [one]) }
}

/** A case that there was no time to run. */
export function notRun(name: string): CaseResult {
  return {
    path: [name],
    result: 'cancelled',
    durationMs: 0,
    reason: 'not run: no time was left after its command broke off',
  }
}

/** The result of a case that was run alone. */
export function caseOfRun(name: string, ended: EndedCommand): CaseResult {
  const unreported: CaseResult = { path: [name], result: 'failed', durationMs: 0 }
  const one = casesIn(ended).find((other) => namesOf(other).includes(name))
  if (one !== undefined && (isRed(one) || hasEndedWell(ended))) return one
  const { stop, program, ending } = ended
  if (stop !== undefined) return { ...unreported, result: stop, failure: failureOfStop(stop, program, [unreported]) }
  const failure = failureOfEnding(ending, { what: program, stderrTail: ended.stderrTail, isEarly: one === undefined })
  return { ...(one ?? unreported), result: 'failed', failure: whileRan(failure, unreported) }
}

/** The outcome of a command that broke off, once what it owed has been run. It is never passed. */
export function judgeRest(whole: Outcome, rest: RestOfCases): Outcome {
  const { failure } = whole
  if (failure === undefined) return whole
  if (rest.kind === 'unknown') return { ...whole, failure: { ...failure, evidence: [...failure.evidence, rest.why] } }
  const red = rest.cases.filter(isRed)
  const lost = rest.cases.filter(({ result }) => result === 'cancelled').length
  const count = `${countText(rest.cases.length, 'case')} ${rest.cases.length === 1 ? 'was run by itself' : 'were run one by one'}${lost === 0 ? '' : `, ${lost} of them were not run`}`
  const [culprit] = red
  if (culprit === undefined) {
    return { ...whole, failure: { ...failure, evidence: [...failure.evidence, `${count}; each ended well by itself`] } }
  }
  return {
    ...whole,
    failure: {
      ...failure,
      ...culprit.failure,
      message: culprit.failure?.message ?? `${failure.message}: ${caseNames(red)}`,
      evidence: [...failure.evidence, `as a whole: ${failure.message}`, count],
    },
  }
}

function whileRan(failure: Failure, one: CaseResult): Failure {
  return { ...failure, message: `${failure.message} while it ran "${caseName(one)}"` }
}

function hasEndedWell({ ending, stop, reported }: EndedCommand): boolean {
  const isComplete = reported.kind === 'read' && reported.incomplete === undefined
  return stop === undefined && isComplete && ending.kind === 'exited' && ending.code === 0
}

/** How a list may call a case. */
function namesOf({ path }: CaseResult): readonly string[] {
  return [path.at(-1) ?? '', path.join(' > '), path.join(' '), path.join('::')]
}
