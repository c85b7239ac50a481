// Which cases an attempt has to run, worked out from the task's whole history each time, and that nothing is green by being
// left out.
import type { CaseName, CaseScope, Outcome } from '../../../model/outcome.ts'
import { ruleFor } from '../../../retry/rule-for.ts'
import type { KernelOptions } from '../../../run/kernel-options.ts'
import { uphold } from '../laws.ts'
import type { ModelAttempt, ModelTask } from './model.ts'

/** Throws where the next attempt is not to run what has to be run. */
export function checkScope(task: ModelTask, options: KernelOptions, scope: CaseScope | undefined): void {
  const expected = expectedScope(task, options)
  uphold(4, namesOf(scope?.cases) === namesOf(expected), () => {
    return `task ${task.handle} runs ${namesOf(scope?.cases)} again, expected ${namesOf(expected)}`
  })
}

/** Throws where a case that failed is green without a pass: the attempt that passed was not to run it. */
export function checkGreen(task: ModelTask, { scope, n }: ModelAttempt, { result }: Outcome): void {
  if (result !== 'passed' || scope === undefined) return
  const before = task.attempts.filter((attempt) => attempt.n < n && attempt.outcome !== undefined).at(-1)
  const asked = new Set(scope.cases.map(({ path }) => path.join()))
  const left = before?.outcome?.failedCases?.filter(({ path }) => !asked.has(path.join())) ?? []
  uphold(6, left.length === 0, () => `task ${task.handle} passed, and nobody ran ${namesOf(left)} again`)
}

/** In words, for comparing. */
function namesOf(cases: readonly CaseName[] | undefined): string {
  return cases === undefined ? 'everything' : JSON.stringify(cases.map(({ path }) => path.join()))
}

function expectedScope({ attempts, definition }: ModelTask, options: KernelOptions): readonly CaseName[] | undefined {
  const last = attempts.at(-1)
  if (last?.outcome === undefined) return last?.scope?.cases
  const { failedCases, failure, result, cases } = last.outcome
  const category = failure?.category ?? (result === 'timed-out' ? 'timeout' : 'unknown')
  const isWanted =
    options.retry.categories !== undefined && ruleFor(options.retry, definition, category).scope !== 'task'
  if (!isWanted || failedCases === undefined || cases === undefined) return undefined
  const hasHelped = cases.passed + cases.skipped + cases.flaky > 0
  return hasHelped ? failedCases : undefined
}
