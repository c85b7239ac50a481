// One test case of Vitest in the words of Muster. A case that we left out because only part of its file was asked for is not
// a case that its author skipped, though Vitest calls both skipped.
import type { CaseName, CaseResult } from '@muster/core'
import { failureOfErrors, isTimeout } from './failure-of-error.ts'
import type { DeclaredTest } from './trace.ts'
import type { VitestCase, VitestModule, VitestSuite } from './vitest-api.ts'

/** The case as Muster reports it, or nothing while it has not ended. */
export function caseOf(test: VitestCase, file: string): CaseResult | undefined {
  const result = test.result()
  const { duration = 0, retryCount = 0 } = test.diagnostic() ?? {}
  const base = { ...identityOf(test, file), durationMs: duration, ...(retryCount > 0 ? { retries: retryCount } : {}) }
  switch (result.state) {
    case 'pending':
      return undefined
    case 'passed':
      return { ...base, result: 'passed' }
    case 'skipped':
      return { ...base, result: 'skipped', reason: reasonOf(test, result.note) }
    case 'failed':
      if (isForcedTodo(result.errors[0]?.message)) return { ...base, result: 'skipped', reason: 'todo' }
      return {
        ...base,
        result: result.errors.some(isTimeout) ? 'timed-out' : 'failed',
        failure: failureOfErrors(result.errors),
      }
  }
}

/** What tells a case from others. */
export function identityOf(test: VitestCase, file: string): Pick<CaseResult, 'path' | 'file' | 'line'> {
  const line = test.location?.line
  return { path: pathOf(test), file, ...(line === undefined ? {} : { line }) }
}

/** Titles from the outermost suite to the case. */
export function pathOf(test: VitestCase): readonly string[] {
  return test.parent.type === 'suite' ? [...suitePath(test.parent), test.name] : [test.name]
}

/** Titles from the outermost suite to this one. */
export function suitePath(suite: VitestSuite): readonly string[] {
  const path: string[] = []
  for (let at: VitestSuite | VitestModule = suite; at.type === 'suite'; at = at.parent) path.unshift(at.name)
  return path
}

/** What part of a file was asked for. */
export interface Part {
  readonly lines?: readonly number[] | undefined
  readonly namePattern?: RegExp | undefined
  /** Only these cases, and nothing else of this part is looked at. */
  readonly cases?: readonly CaseName[] | undefined
}

/** Whether the case belongs to the part that was asked for. */
export function isInPart(test: VitestCase, part: Part): boolean {
  const lines = [test.location?.line]
  for (let at: VitestSuite | VitestModule = test.parent; at.type === 'suite'; at = at.parent)
    lines.push(at.location?.line)
  return isDeclaredInPart({ path: pathOf(test), lines: lines.filter((line) => line !== undefined) }, part)
}

/** The same of a test that is known by its titles, and by its line and those of the suites around it. */
export function isDeclaredInPart(
  { path, lines: declared }: Pick<DeclaredTest, 'path' | 'lines'>,
  { lines, namePattern, cases }: Part,
): boolean {
  if (cases !== undefined) {
    return cases.some((one) => one.path.length === path.length && one.path.every((title, at) => title === path[at]))
  }
  if (namePattern !== undefined && !namePattern.test(path.join(' '))) return false
  return lines === undefined || declared.some((line) => lines.includes(line))
}

function reasonOf(test: VitestCase, note: string | undefined): string {
  if (note !== undefined && note !== '') return `skipped: ${note}`
  if (test.options.mode === 'todo') return 'todo'
  return test.options.mode === 'run' && hasBrokenSuite(test) ? 'not run: its suite failed before it' : 'skipped'
}

function hasBrokenSuite(test: VitestCase): boolean {
  let at: VitestSuite | VitestModule = test.parent
  while (at.type === 'suite') {
    if (at.errors().length > 0) return true
    at = at.parent
  }
  return at.errors().length > 0
}

/** Vitest runs a todo that stands on a line asked for, and then misses its function. */
function isForcedTodo(message: string | undefined): boolean {
  return message?.startsWith('Test function is not found. Did you add it using `setFn`?') ?? false
}
