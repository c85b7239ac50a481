// What was thrown and what caused it, as plain shapes. A getter that throws, a proxy that refuses every question and a chain
// that runs in a circle must not make things worse.
import type { ErrorShape } from './error-finding.ts'
import { retryAfterOfHeader } from './retry-after.ts'

/** Longest chain of causes that is followed. */
const longestChain = 8

/** Longest name, message or stack that is read, in characters. */
const longestText = 100_000

/** The error that was thrown and its causes, outermost first; empty where no error was thrown. */
export function errorChain(thrown: unknown): readonly ErrorShape[] {
  try {
    return chainOf(thrown)
  } catch {
    return []
  }
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
  const response = read(error, 'response')
  const status = statusOf(error) ?? (isObject(response) ? statusOf(response) : undefined)
  const code = read(error, 'code')
  return {
    name: textIn(error, 'name') ?? 'Error',
    message: textIn(error, 'message') ?? '',
    stack: textIn(error, 'stack'),
    code: typeof code === 'string' ? code : undefined,
    syscall: textIn(error, 'syscall'),
    status: typeof status === 'number' ? status : undefined,
    retryAfterMs: retryAfterOf(error),
    hasComparison: holds(error, 'matcherResult') || holdsComparison(error),
  }
}

function statusOf(holder: object): unknown {
  return read(holder, 'status') ?? read(holder, 'statusCode')
}

/** The header stands on the error, or on the response that it carries; as an object, or as something to be asked. */
function retryAfterOf(error: object): number | undefined {
  const told = read(error, 'retryAfterMs')
  if (typeof told === 'number') return told
  const response = read(error, 'response')
  for (const holder of [error, response]) {
    const headers = isObject(holder) ? read(holder, 'headers') : undefined
    if (!isObject(headers)) continue
    const asked = read(headers, 'retry-after') ?? read(headers, 'Retry-After') ?? askHeaders(headers, 'retry-after')
    const date = read(headers, 'date') ?? read(headers, 'Date') ?? askHeaders(headers, 'date')
    const waitMs = retryAfterOfHeader(asked, date)
    if (waitMs !== undefined) return waitMs
  }
  return undefined
}

function askHeaders(headers: object, name: string): unknown {
  try {
    return isHeaders(headers) ? headers.get(name) : undefined
  } catch {
    return undefined
  }
}

function isHeaders(value: object): value is { get(name: string): unknown } {
  return typeof read(value, 'get') === 'function'
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function textIn(error: object, key: string): string | undefined {
  const value = read(error, key)
  return typeof value === 'string' ? value.slice(0, longestText) : undefined
}

/** Two values of which neither is there were copied from an error that compared none; a comparison of them would have passed. */
function holdsComparison(error: object): boolean {
  if (!holds(error, 'expected') || !holds(error, 'actual')) return false
  return read(error, 'expected') !== undefined || read(error, 'actual') !== undefined
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
