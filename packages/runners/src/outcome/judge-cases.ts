// From the test cases of one attempt to its outcome. Absence is never success: no case at all and cases that were all left
// out have answers of their own.
import { observedFailure } from '@muster/core/failure'
import type { CaseResult, Failure, Outcome } from '@muster/core'
import { caseName } from './case-name.ts'

/** A failed outcome; its host fills in the time. */
export function failedWith(failure: Failure): Outcome {
  return { result: 'failed', durationMs: 0, failure }
}

/** A passed outcome; its host fills in the time. */
export const passed: Outcome = { result: 'passed', durationMs: 0 }

/**
 * What the cases of `what` say by themselves. The failure is the first one, since later ones often follow from it; the longest wait
 * that any of them was asked for holds for all.
 */
export function judgeCases(cases: readonly CaseResult[], what: string): Outcome {
  if (cases.length === 0) return failedWith(noCases(what))
  const red = cases.filter(isRed)
  const first = red.find(({ failure }) => failure !== undefined) ?? red[0]
  if (first !== undefined) return failedWith(withLongestWait(firstFailure(first, red.length), red))
  if (cases.every(({ result }) => result === 'skipped')) return skippedAll(cases)
  return passed
}

/** Whether a case speaks against its attempt. */
export function isRed({ result }: Pick<CaseResult, 'result'>): boolean {
  return result !== 'passed' && result !== 'skipped'
}

function withLongestWait(failure: Failure, red: readonly CaseResult[]): Failure {
  const waits = red.flatMap((one) => one.failure?.retryAfterMs ?? [])
  return waits.length === 0 ? failure : { ...failure, retryAfterMs: Math.max(...waits) }
}

function firstFailure(first: CaseResult, count: number): Failure {
  const more = count > 1 ? ` (and ${count - 1} more failed)` : ''
  const said = first.failure?.message ?? first.reason ?? 'failed without saying why'
  const [head = '', ...below] = said.split('\n')
  const name = caseName(first)
  // A first line that announces the next says nothing without it: the count stands behind both.
  const message =
    head.endsWith(':') && below.length > 0
      ? `${name}: ${said.trimEnd()}${more}`
      : [`${name}: ${head}${more}`, ...below].join('\n')
  if (first.failure !== undefined) return { ...first.failure, message }
  return observedFailure('no-reason', { message, evidence: [`case ${first.result}`] })
}

function noCases(what: string): Failure {
  return observedFailure('no-test', {
    message: `${what} holds no test. Add one, or leave the file out.`,
    evidence: ['no test case was reported'],
    template: 'no test case',
  })
}

function skippedAll(cases: readonly CaseResult[]): Outcome {
  const reasons = new Set(cases.flatMap(({ reason }) => reason ?? []))
  const [only] = reasons
  const why = reasons.size === 1 && only !== undefined ? `: ${only}` : ''
  const count = cases.length === 1 ? 'its only case is' : `all ${cases.length} cases are`
  return { result: 'skipped', durationMs: 0, reason: `${count} skipped${why}` }
}
