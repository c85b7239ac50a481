// What the cases of one attempt come to, whatever its executor says of the whole: a case that failed is never green, and
// one that was reported twice is never counted the way that suits. Every place in which attempts end asks here.
import { observedFailure } from '../failure/observed-failure.ts'
import type { Failure } from '../model/failure.ts'
import type { CaseCounts, CaseResult, Result } from '../model/outcome.ts'
import { caseKey } from '../model/case-key.ts'

/** The cases of an attempt, each as it counts. */
export interface SettledCases {
  readonly cases: readonly CaseResult[]
  /** What the person should know: cases that were reported twice. */
  readonly notes: readonly string[]
}

/** Cases that are named in one note at most. */
const mostNamed = 3

/**
 * The cases as they count. Of two reports of one case, by file and path, the worse counts where they differ; where the
 * later one passed by a retry of the runner's own, it replaces the one before.
 */
export function settleCases(reported: readonly CaseResult[]): SettledCases {
  if (reported.length < 2) return { cases: reported, notes: [] }
  const cases: CaseResult[] = []
  const places = new Map<string, number>()
  const doubled = new Map<string, string>()
  for (const report of reported) {
    const key = caseKey(report)
    const place = places.get(key)
    const known = place === undefined ? undefined : cases[place]
    if (place === undefined || known === undefined) {
      places.set(key, cases.push(report) - 1)
    } else if (isRetried(report)) {
      cases[place] = report
    } else {
      const same = known.result === report.result
      doubled.set(
        key,
        `${nameOf(report)} (${same ? `both times ${report.result}` : `${known.result} and ${report.result}`})`,
      )
      // Two tests of one name are two results; only where they differ is it unsaid which one the name stands for.
      if (same) cases.push(report)
      else if (badness(report.result) > badness(known.result)) cases[place] = report
    }
  }
  return { cases, notes: doubled.size === 0 ? [] : [noteOf([...doubled.values()])] }
}

/** Cases by result, or nothing where there are none. */
export function countCases(cases: readonly CaseResult[]): CaseCounts | undefined {
  if (cases.length === 0) return undefined
  const counts = { passed: 0, failed: 0, skipped: 0, flaky: 0 }
  for (const { result, retries = 0 } of cases) {
    if (result === 'passed') counts[retries > 0 ? 'flaky' : 'passed'] += 1
    else if (result === 'skipped') counts.skipped += 1
    else counts.failed += 1
  }
  return counts
}

/** Why an attempt failed that its executor called green, or nothing where no case of it failed. */
export function failureOfCases(cases: readonly CaseResult[], counts: CaseCounts | undefined): Failure | undefined {
  const red = cases.filter(({ result }) => result !== 'passed' && result !== 'skipped')
  const count = Math.max(red.length, counts?.failed ?? 0)
  if (count === 0) return undefined
  const [first] = red
  const said =
    first === undefined ? '' : `: ${nameOf(first)}${first.failure === undefined ? '' : `: ${first.failure.message}`}`
  const message = `${count} of its cases failed${said}`
  const evidence = 'its executor called the attempt green'
  if (first?.failure !== undefined)
    return { ...first.failure, message, evidence: [...first.failure.evidence, evidence] }
  const told = first === undefined ? [] : [`case ${first.result}`]
  return observedFailure('green-with-red-cases', { message, evidence: [...told, evidence] })
}

function isRetried({ result, retries = 0 }: CaseResult): boolean {
  return result === 'passed' && retries > 0
}

function badness(result: Result): number {
  switch (result) {
    case 'skipped':
      return 0
    case 'passed':
      return 1
    case 'cancelled':
      return 2
    case 'timed-out':
      return 3
    case 'failed':
      return 4
  }
}

function nameOf({ path, file }: CaseResult): string {
  // A stranger reported it: whether it is a case at all is looked at later, and by name.
  const titles = [path].flat().join(' > ')
  return JSON.stringify(file === undefined ? titles : `${file}: ${titles}`)
}

function noteOf(names: readonly string[]): string {
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : ''
  const which = names.slice(0, mostNamed).join(', ')
  return `reported twice in one attempt: ${which}${more}; where the results differ the worse one counts`
}
