// Turns anything thrown into a failure. The chain of causes is kept as evidence, since what was thrown last is often the
// least telling.
import { findCause, type Cause, type CauseOptions } from './find-cause.ts'
import type { Failure } from '../model/failure.ts'
import { makeFailure } from './make-failure.ts'
import { errorChain } from './signals/error-chain.ts'

/**
 * What was thrown, as a failure.
 *
 * @example
 * ```ts
 * failureFromError(new Error('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) }))
 * // category 'network', evidence ['code ECONNREFUSED', 'caused by Error: connect']
 * ```
 */
export function failureFromError(
  thrown: unknown,
  evidence: readonly string[] = [],
  options: CauseOptions = {},
): Failure {
  try {
    return readFailure(thrown, evidence, options)
  } catch {
    // A proxy can refuse every question.
    const message = `Something was thrown that cannot be looked at: a value of type ${typeof thrown}`
    return makeFailure({
      category: 'exception',
      message,
      rule: 'signals/thrown',
      confidence: 0.5,
      severity: 'medium',
      evidence: [...evidence, `thrown ${typeof thrown}`],
    })
  }
}

function readFailure(thrown: unknown, evidence: readonly string[], options: CauseOptions): Failure {
  const chain = errorChain(thrown)
  const [first] = chain
  const { cause, line, ...facts } = findCause({ thrown }, options)
  if (first === undefined) {
    const message = `Something that is not an error was thrown: ${textOf(thrown)}`
    return makeFailure({ ...facts, message, evidence: [...evidence, `thrown ${typeof thrown}`] })
  }
  const causes = chain.slice(1).map(({ name, message }) => `caused by ${name}: ${message}`)
  const codes = [...new Set(chain.flatMap(({ code }) => code ?? []))]
    .map((code) => `code ${code}`)
    .filter((piece) => piece !== cause && piece !== 'code ERR_ASSERTION')
  return makeFailure({
    ...facts,
    message: first.message === '' ? first.name : first.message,
    errorName: first.name,
    stack: first.stack,
    // That it is some error is no news beside its class.
    evidence: [
      ...evidence,
      line !== undefined && isPlain(facts) ? `error class ${first.name}` : cause,
      ...codes,
      ...causes,
    ],
  })
}

function isPlain({ category, code }: Pick<Cause, 'category' | 'code'>): boolean {
  return category === 'exception' && code === undefined
}

function textOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown
  if (typeof thrown === 'symbol' || typeof thrown === 'bigint' || thrown === undefined) return String(thrown)
  try {
    return JSON.stringify(thrown)
  } catch {
    return Object.prototype.toString.call(thrown)
  }
}
