// Turns anything thrown into a failure. The chain of causes is kept as evidence, since what was thrown last is often the
// least telling; a getter that throws or a chain that runs in a circle must not make things worse.
import type { Failure } from '../model/failure.ts'
import { signalOf, type ErrorShape } from './error-signals.ts'
import { makeFailure } from './make-failure.ts'

/** Longest chain of causes that is followed. */
const longestChain = 8

/**
 * What was thrown, as a failure.
 *
 * @example
 * ```ts
 * failureFromError(new Error('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) }))
 * // category 'network', evidence ['code ECONNREFUSED', 'caused by Error: connect']
 * ```
 */
export function failureFromError(thrown: unknown, evidence: readonly string[] = []): Failure {
  try {
    return readFailure(thrown, evidence)
  } catch {
    // A proxy can refuse every question.
    const message = `Something was thrown that cannot be looked at: a value of type ${typeof thrown}`
    return makeFailure({ category: 'exception', message, evidence: [...evidence, `thrown ${typeof thrown}`] })
  }
}

function readFailure(thrown: unknown, evidence: readonly string[]): Failure {
  const chain = chainOf(thrown)
  const [first] = chain
  if (first === undefined) {
    const message = `Something that is not an error was thrown: ${textOf(thrown)}`
    return makeFailure({ category: 'exception', message, evidence: [...evidence, `thrown ${typeof thrown}`] })
  }
  const signal = chain.map(signalOf).find((found) => found !== undefined)
  const causes = chain.slice(1).map((cause) => `caused by ${cause.name}: ${cause.message}`)
  return makeFailure({
    category: signal?.category ?? 'exception',
    message: first.message === '' ? first.name : first.message,
    errorName: first.name,
    stack: first.stack,
    evidence: [...evidence, signal?.evidence ?? `error class ${first.name}`, ...causes],
  })
}

function chainOf(thrown: unknown): readonly ErrorShape[] {
  const chain: ErrorShape[] = []
  const seen = new Set<unknown>()
  const waiting: unknown[] = [thrown]
  while (waiting.length > 0 && chain.length < longestChain) {
    const next = waiting.shift()
    if (typeof next !== 'object' || next === null || seen.has(next) || !looksLikeError(next)) continue
    seen.add(next)
    chain.push(shapeOf(next))
    waiting.push(read(next, 'cause'))
    const several: unknown = read(next, 'errors')
    if (isList(several)) waiting.push(...several.slice(0, longestChain))
  }
  return chain
}

function looksLikeError(thrown: object): boolean {
  return thrown instanceof Error || typeof read(thrown, 'message') === 'string'
}

function shapeOf(error: object): ErrorShape {
  const status = read(error, 'status') ?? read(error, 'statusCode')
  const code = read(error, 'code')
  return {
    name: textIn(error, 'name') ?? 'Error',
    message: textIn(error, 'message') ?? '',
    stack: textIn(error, 'stack'),
    code: typeof code === 'string' ? code : undefined,
    status: typeof status === 'number' ? status : undefined,
    hasComparison: holds(error, 'matcherResult') || (holds(error, 'expected') && holds(error, 'actual')),
  }
}

function textIn(error: object, key: string): string | undefined {
  const value = read(error, key)
  return typeof value === 'string' ? value : undefined
}

function holds(error: object, key: string): boolean {
  return Object.hasOwn(error, key)
}

function read(from: object, key: string): unknown {
  try {
    return Reflect.get(from, key)
  } catch {
    return undefined
  }
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
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
