// Whether a test file of Vitest passed. The cases speak first; then everything that can go wrong beside them, because a file
// that failed to load, lost its worker or held no test has no failed case to show for it.
import { makeFailure } from '@muster/core/failure'
import type { CaseName, CaseResult, Failure, Outcome } from '@muster/core'
import { caseNames } from '../outcome/case-name.ts'
import { failureOfScope } from '../outcome/failure-of-scope.ts'
import { failedWith, isRed, judgeCases } from '../outcome/judge-cases.ts'
import { failureOfStop, type Stop } from '../outcome/stop.ts'
import { failureOfErrors } from './failure-of-error.ts'
import { plainText } from './plain-text.ts'
import type { VitestError } from './vitest-api.ts'

/** Everything that is known of a file when its run has ended. */
export interface EndedModule {
  readonly file: string
  /** The lines that were asked for, where not the whole file was. */
  readonly lines?: readonly number[] | undefined
  /** Cases that belong to the part that was asked for and have a result, culprits of a crash included. */
  readonly cases: readonly CaseResult[]
  /** Cases of that part that have none. */
  readonly missing: readonly CaseResult[]
  /** Errors of the module, such as one thrown while it was loaded. */
  readonly errors: readonly VitestError[]
  /** A failed case for each error that belongs to no test. */
  readonly outside: readonly CaseResult[]
  /** Why a worker was lost, where one was. */
  readonly crash: Failure | undefined
  /** That worker was ended for a limit of Vitest's own, which it kept Vitest from holding. @defaultValue `false` */
  readonly hasStalled?: boolean | undefined
  /** Why the attempt was told to end, where it was. */
  readonly stop: Stop | undefined
  /** Vitest knows of the module at all. */
  readonly isKnown: boolean
  readonly passesWithoutTests: boolean
  /** What was asked for, where only cases of a certain name were. */
  readonly namePattern: string | undefined
  /** The cases that were asked for, where they were named. */
  readonly scope?: readonly CaseName[] | undefined
}

/** What a file came to. */
export function judgeModule(module: EndedModule): Outcome {
  if (module.stop !== undefined && (module.missing.length > 0 || module.crash !== undefined || !module.isKnown)) {
    const failure = module.crash ?? failureOfStop(module.stop, module.file, [])
    return { result: module.stop, durationMs: 0, failure }
  }
  if (module.crash !== undefined) {
    const { outcome, hasStalled } = { outcome: failedWith(withCount(module.crash, module)), ...module }
    return hasStalled === true ? { ...outcome, result: 'timed-out' } : outcome
  }
  const part = module.lines === undefined ? module.file : `${module.file}:${module.lines.join(',')}`
  if (module.cases.length === 0 && module.errors.some(saysNoTest)) return judgeCases([], part)
  const told = [...module.cases, ...module.outside]
  const isLoaded = module.cases.length > 0
  const failure =
    (isLoaded ? undefined : failureOfErrors(module.errors, ['error of the test file'])) ??
    (told.some(isRed) ? judgeCases(told, module.file).failure : undefined) ??
    failureOfErrors(module.errors, ['error of the test file']) ??
    failureOfMissing(module)
  if (failure !== undefined) return failedWith(failure)
  if (module.cases.length > 0) return judgeCases(module.cases, module.file)
  if (module.scope !== undefined) return failedWith(failureOfScope(module.file, module.scope))
  if (module.namePattern !== undefined) {
    return { result: 'skipped', durationMs: 0, reason: `no case of the file matches ${module.namePattern}` }
  }
  if (module.passesWithoutTests)
    return { result: 'skipped', durationMs: 0, reason: 'no tests, and passWithNoTests is set' }
  return judgeCases([], part)
}

/** Tells the errors by which Vitest says that a file, or the lines asked for, hold no test. */
function saysNoTest({ message }: VitestError): boolean {
  return /^No test suite found in file|^No tests? found in /.test(plainText(message))
}

function failureOfMissing({ missing, isKnown, file }: EndedModule): Failure | undefined {
  if (isKnown && missing.length === 0) return undefined
  const message = isKnown
    ? `${file}: no result for ${caseNames(missing)}`
    : `${file}: Vitest did not run it. Is it a test file of this project?`
  return makeFailure({ category: 'unknown', message, evidence: ['results missing'] })
}

function withCount(crash: Failure, { cases, missing }: EndedModule): Failure {
  if (missing.length === 0) return crash
  const count = `${cases.length} of ${cases.length + missing.length} cases reported`
  return { ...crash, message: `${crash.message}; not run: ${caseNames(missing)}`, evidence: [...crash.evidence, count] }
}
