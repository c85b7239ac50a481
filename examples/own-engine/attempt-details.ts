// What an attempt printed and which cases it held, in the form that reports expect. An engine for real work would keep only
// the head and the tail of what is printed.
import type { CapturedText, CaseCounts, CaseResult } from '@muster/core'

export function captured(text: string): CapturedText | undefined {
  return text === '' ? undefined : { head: text, tail: '', omittedBytes: 0 }
}

export function countCases(cases: readonly CaseResult[]): CaseCounts | undefined {
  if (cases.length === 0) return undefined
  const count = (result: CaseResult['result']): number => cases.filter((one) => one.result === result).length
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), flaky: 0 }
}
