// Whether a cell of the matrix is right: every good test passed once, every culprit is named and red, nobody claims a test
// that did not run, the exit code says so, and it did not take too long.
import type { CaseResult } from '@muster/core'
import type { MatrixCell, MatrixTests } from './matrix-project.ts'

/** What came of a cell. */
export interface TriedCell {
  readonly cell: MatrixCell
  readonly tests: MatrixTests
  readonly exitCode: number | undefined
  readonly elapsedMs: number
  /** Longest time that it may take, in milliseconds. */
  readonly limitMs: number
  /** Names that the bodies wrote down. */
  readonly witnessed: readonly string[]
  readonly cases: readonly CaseResult[]
  /** Why the report could not be read as a whole, where it could not. */
  readonly unreadable: string | undefined
}

/** A cell and what is wrong with it. */
export interface JudgedCell {
  readonly cell: MatrixCell
  /** Good tests that are reported as passed. */
  readonly good: number
  /** Culprits that are reported as red, by name. */
  readonly culprits: number
  readonly elapsedMs: number
  readonly wrong: readonly string[]
}

/** Judges a cell. */
export function judgeCell({
  cell,
  tests,
  exitCode,
  elapsedMs,
  limitMs,
  witnessed,
  cases,
  unreadable,
}: TriedCell): JudgedCell {
  const ran = new Set(witnessed)
  const byName = new Map<string, CaseResult[]>()
  for (const one of cases) {
    // Vitest's own report names the file in the class, ours the runner: the title is last in both.
    const name = one.path.at(-1) ?? ''
    byName.set(name, [...(byName.get(name) ?? []), one])
  }
  const only = (name: string): CaseResult | undefined => {
    const [first, ...more] = byName.get(name) ?? []
    return more.length === 0 ? first : undefined
  }
  const good = tests.good.filter((name) => only(name)?.result === 'passed')
  const culprits = tests.culprits.filter((name) => {
    const result = only(name)?.result
    return result === 'failed' || result === 'timed-out'
  })
  const unseen = [...good, ...culprits].filter((name) => !ran.has(name)).length
  const more = cases.length - tests.good.length - tests.culprits.length
  const wrong = [
    ...(unreadable === undefined ? [] : [unreadable]),
    ...(good.length < tests.good.length ? [`${String(tests.good.length - good.length)} results lost`] : []),
    ...(culprits.length < tests.culprits.length ? ['a culprit is not named'] : []),
    ...(unseen > 0 ? [`${String(unseen)} results of tests that nobody saw run`] : []),
    ...(more > 0 ? [`${String(more)} cases more than there are`] : []),
    ...(exitCode === undefined ? ['hung'] : exitCode === 0 ? ['exit code 0'] : []),
    ...(elapsedMs > limitMs ? [`took more than ${String(limitMs / 1000)} s`] : []),
  ]
  return { cell, good: good.length, culprits: culprits.length, elapsedMs, wrong }
}
