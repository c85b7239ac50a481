// Errors that belong to no test: of hooks, of the file, or thrown when nobody waited for them. Each becomes a case of its own,
// since a file in which a test failed too has no other place for them.
import type { CaseResult, Failure } from '@muster/core'
import { failureOfError } from './failure-of-error.ts'
import { isLostWorker } from './lost-worker.ts'
import { plainText } from './plain-text.ts'
import { suitePath } from './case-of.ts'
import type { VitestCase, VitestError, VitestModule } from './vitest-api.ts'

/** Unhandled errors that become cases at most; the rest is counted. */
const mostUnhandled = 20

/** What is known of a file beside its tests. */
export interface OutsideErrors {
  readonly file: string
  readonly module: VitestModule | undefined
  /** Errors outside of tests; those that tell of a lost worker are not among them. */
  readonly unhandled: readonly VitestError[]
}

/** A failed case for each error that no test holds. A file that could not be loaded has none: there the file itself failed. */
export function outsideCases({ file, module, unhandled }: OutsideErrors): readonly CaseResult[] {
  const tests = [...(module?.children.allTests() ?? [])]
  const ofModule = module === undefined || tests.length === 0 ? [] : hookCases([], module.errors(), tests, file)
  const ofSuites = [...(module?.children.allSuites() ?? [])].flatMap((suite) => {
    const line = suite.location?.line
    return hookCases(suitePath(suite), suite.errors(), [...suite.children.allTests()], file, line)
  })
  return [...ofModule, ...ofSuites, ...unhandled.slice(0, mostUnhandled).map(unhandledCase(file, unhandled.length))]
}

function hookCases(
  path: readonly string[],
  errors: readonly VitestError[],
  tests: readonly VitestCase[],
  file: string,
  declared?: number,
): readonly CaseResult[] {
  // Vitest does not say which hook it was; but after a failed `beforeAll` none of its tests is run.
  const hasRun = tests.some((test) => ['passed', 'failed'].includes(test.result().state))
  return errors
    .filter((error) => !isLostWorker(error))
    .map((error, at) => {
      const hook = hasRun ? 'afterAll hook' : at === 0 ? 'beforeAll hook' : 'hook'
      const failure = failureOfError(error, ['error of a hook or suite'])
      return outsideCase([...path, hook], failure, file, lineOf(error, file) ?? declared)
    })
}

function unhandledCase(file: string, count: number): (error: VitestError, at: number) => CaseResult {
  return (error, at) => {
    const kind = typeof error.type === 'string' ? error.type : 'Unhandled Error'
    const isLast = at + 1 === mostUnhandled && count > mostUnhandled
    const failure = failureOfError(error, [kind, ...(isLast ? [`${count - mostUnhandled} more are not listed`] : [])])
    const during = typeof error.VITEST_TEST_NAME === 'string' ? ` (while "${error.VITEST_TEST_NAME}" ran)` : ''
    const told = { ...failure, message: `${kind}${during}: ${failure.message}` }
    return outsideCase([at === 0 ? 'unhandled error' : `unhandled error ${at + 1}`], told, file, lineOf(error, file))
  }
}

function outsideCase(path: readonly string[], failure: Failure, file: string, line: number | undefined): CaseResult {
  return { path, file, result: 'failed', durationMs: 0, ...(line === undefined ? {} : { line }), failure }
}

/** The line of the file at which the error was thrown, or below which it was. */
function lineOf({ stacks, stack = '' }: VitestError, file: string): number | undefined {
  const frame = Array.isArray(stacks)
    ? stacks.map(frameIn).find((one) => one?.file.endsWith(`/${file}`) === true)
    : undefined
  if (frame !== undefined) return frame.line
  const at = plainText(stack)
    .split('\n')
    .find((line) => line.includes(`/${file}:`))
  const line = at === undefined ? undefined : /:(\d+):\d+\)?\s*$/.exec(at)?.[1]
  return line === undefined ? undefined : Number(line)
}

function frameIn(value: unknown): { readonly file: string; readonly line: number } | undefined {
  if (typeof value !== 'object' || value === null || !('file' in value) || !('line' in value)) return undefined
  const { file, line } = value
  return typeof file === 'string' && typeof line === 'number' ? { file: file.replaceAll('\\', '/'), line } : undefined
}
