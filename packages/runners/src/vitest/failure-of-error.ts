// An error of Vitest as a failure. It comes out of a worker as plain data, with the difference of the two values beside it,
// which is what a person looks at first.
import { failureFromError, type FailurePhase, makeFailure } from '@muster/core/failure'
import type { Failure } from '@muster/core'
import { countText } from '../outcome/count-text.ts'
import { withDetails } from '../outcome/with-details.ts'
import { plainText } from './plain-text.ts'
import type { VitestError } from './vitest-api.ts'

/** The first of `errors`, which later ones often follow from, as a failure. */
export function failureOfErrors(errors: readonly VitestError[], evidence: readonly string[] = []): Failure | undefined {
  const [first] = errors
  if (first === undefined) return undefined
  const others = errors.length > 1 ? [countText(errors.length - 1, 'more error')] : []
  return failureOfError(asVitestError(first), [...evidence, ...others])
}

/** One error as a failure. */
export function failureOfError(error: VitestError, evidence: readonly string[] = []): Failure {
  const message = plainText(error.message)
  return withDetails(plainFailure(error, message, evidence), {
    diff: error.diff === undefined ? undefined : plainText(error.diff),
    thrown: error,
  })
}

function plainFailure(error: VitestError, message: string, evidence: readonly string[]): Failure {
  const stack = error.stack === undefined ? '' : plainText(error.stack)
  if (isTimeout(error)) {
    return makeFailure({
      category: 'timeout',
      code: 'test',
      rule: 'signals/time-limit',
      confidence: 0.99,
      severity: 'low',
      // Vitest names the hook nowhere but in its stack, and says that it was one.
      phase: hookPhase(message, stack),
      message,
      stack,
      evidence: [...evidence, `error ${nameOf(error)}`],
      suggestion:
        'Look at what it waits for: it may never come. If it is only slow, give it more time (`testTimeout`, `hookTimeout`).',
    })
  }
  if (isBuildError(message)) {
    return makeFailure({
      category: 'build-dependency',
      code: 'compile',
      rule: 'signals/build',
      confidence: 0.99,
      severity: 'high',
      phase: 'discovery',
      message,
      stack,
      evidence: [...evidence, 'the file could not be built'],
    })
  }
  return failureFromError({ ...error, name: nameOf(error), message, stack }, evidence)
}

/** When in the life of a test its time was over. */
function hookPhase(message: string, stack: string): FailurePhase {
  if (message.startsWith('Test ')) return 'execution'
  return /\bafter(?:All|Each)\b/.test(stack) ? 'teardown' : 'set-up'
}

/** Whether Vite could not turn a file, or what it imports, into something that runs. */
function isBuildError(message: string): boolean {
  return /^(Transform failed with|Parse failed with|Failed to parse source|Failed to resolve (import|entry))|\[PARSE_ERROR\]/.test(
    message,
  )
}

/** Whether Vitest itself ended a test or hook because its time was over. */
export function isTimeout({ message }: VitestError): boolean {
  return /^(Test|Hook) timed out in \d+ms/.test(message)
}

/** Anything that Vitest hands out as an error, made presentable. */
export function asVitestError(thrown: unknown): VitestError {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown && typeof thrown.message === 'string') {
    return {
      ...thrown,
      message: thrown.message,
      name: textIn(thrown, 'name'),
      stack: textIn(thrown, 'stack'),
      diff: textIn(thrown, 'diff'),
    }
  }
  return { message: textOf(thrown) }
}

function nameOf(error: VitestError): string {
  return error.name ?? 'Error'
}

function textIn(thrown: object, field: string): string | undefined {
  const text: unknown = Reflect.get(thrown, field)
  return typeof text === 'string' ? text : undefined
}

/** What a test throws need not have a text. */
function textOf(thrown: unknown): string {
  try {
    return String(thrown)
  } catch {
    return 'Something was thrown that no text can be made of.'
  }
}
