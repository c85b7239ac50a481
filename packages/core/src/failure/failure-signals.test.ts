// What signals say by themselves: codes whose meaning hangs on what was called, classes that beat texts, causes below an
// assertion, exit codes that mean nothing, and what callers without types hand over.
import { describe, expect, test } from 'vitest'
import { isMusterError } from '../errors/muster-error.ts'
import {
  classifyFailure,
  compileRules,
  failureFromError,
  failureFromExit,
  failureOverLimit,
  failureTimeout,
} from './index.ts'

const told = (thrown: unknown): string => {
  const { category, code } = failureFromError(thrown)
  return code === undefined ? category : `${category} ${code}`
}

test.each([
  ['resource watchers', 'ENOSPC: System limit for number of file watchers reached', { code: 'ENOSPC' }],
  ['resource watchers', 'x', { code: 'ENOSPC', syscall: 'watch' }],
  ['resource disk', 'ENOSPC: no space left on device, write', { code: 'ENOSPC', syscall: 'write' }],
  ['environment missing-tool', 'spawn foo ENOENT', { code: 'ENOENT', syscall: 'spawn foo' }],
  ['environment missing-file', "ENOENT: no such file, open '/x'", { code: 'ENOENT', syscall: 'open' }],
  ['timeout test', 'spawnSync git ETIMEDOUT', { code: 'ETIMEDOUT', syscall: 'spawnSync git' }],
  ['permission-auth http', 'Request failed with status code 401', { name: 'AxiosError', response: { status: 401 } }],
  ['exception', 'Request failed with status code 500', { name: 'AxiosError', response: { status: 500 } }],
  ['cancelled requested', 'connect ECONNREFUSED was given up', { name: 'AbortError' }],
])('%s for %s %o', (expected, message, facts) => {
  expect(told(Object.assign(new Error(message), facts))).toBe(expected)
})

test('the class of a cancelled request beats what it says', () => {
  expect(told(new DOMException('aborted', 'AbortError'))).toBe('cancelled requested')
})

test('an assertion that a refused connection caused is of the network, one without such a cause is an assertion', () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  const assertion = { name: 'AssertionError', code: 'ERR_ASSERTION' }
  expect(told(Object.assign(new Error('expected 1 to be 2', { cause: refused }), assertion))).toBe('network refused')
  const other = new TypeError('x is not a function')
  expect(told(Object.assign(new Error('expected 1 to be 2', { cause: other }), assertion))).toBe('assertion')
})

describe('what means nothing is not sure', () => {
  test.each([-1, -2, 4_294_967_295, 1, 300])('exit code %d', (exitCode) => {
    const failure = classifyFailure({ exitCode })
    expect(failure).toMatchObject({ category: 'unknown', confidence: 0 })
    expect(failure.evidence.join(' ')).toContain(String(exitCode))
    expect(failureFromExit({ code: exitCode })).toMatchObject({ category: 'unknown', confidence: 0 })
  })

  test('and other negative codes are the signals that they mean', () => {
    expect(classifyFailure({ exitCode: -9 }).category).toBe('process-crash')
    expect(classifyFailure({ exitCode: -11 })).toMatchObject({ code: 'segmentation-fault' })
  })
})

test('confidence goes with what it rests on', () => {
  const sure = (signals: Parameters<typeof classifyFailure>[0]): number => classifyFailure(signals).confidence ?? 0
  expect(sure({ errorCode: 'ECONNREFUSED' })).toBeGreaterThan(sure({ text: 'Error: connect ECONNREFUSED ::1:80' }))
  expect(sure({ exitCode: 137, text: 'JavaScript heap out of memory' })).toBeGreaterThan(sure({ exitCode: 137 }))
  expect(sure({ signal: 'SIGSEGV' })).toBeGreaterThan(sure({ signal: 'SIGTERM' }))
  expect(sure({ text: 'npm WARN network ECONNRESET' })).toBeLessThan(0.5)
})

test('what whoever ran it saw has a code as well', () => {
  expect(failureOverLimit({ limit: 'memory', measured: 2, allowed: 1 })).toMatchObject({ code: 'memory' })
  expect(failureOverLimit({ limit: 'output', measured: 2, allowed: 1 })).toMatchObject({ code: 'output' })
  expect(failureTimeout(5)).toMatchObject({ code: 'test', rule: 'signals/time-limit', confidence: 0.99 })
})

test('what cannot be looked at has a rule and a confidence', () => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  const failure = failureFromError(proxy)
  expect(failure.category).toBe('exception')
  expect(failure.rule).toBe('signals/thrown')
  expect(failure.confidence).toBeGreaterThan(0)
})

const codeOf = (body: () => unknown): string | undefined => {
  try {
    body()
  } catch (error) {
    return isMusterError(error) ? error.code : `not ours: ${String(error)}`
  }
  return undefined
}

test.each([
  [{ recorded: 'nope' }],
  [{ text: 5 }],
  [{ message: {} }],
  [{ evidence: 'a' }],
  [undefined],
  [null],
  ['a log'],
])('signals that nobody can read are refused by a code: %o', (signals) => {
  expect(codeOf(() => Reflect.apply(classifyFailure, undefined, [signals]))).toBe('OPTIONS_INVALID')
})

test.each([
  [{ id: 'a', category: 'nope', pattern: /x/ }],
  [{ id: '', category: 'network', pattern: /x/ }],
  [{ category: 'network', pattern: /x/ }],
  [{ id: 'a', category: 'network', pattern: /x/, confidence: 7 }],
  [{ id: 'a', category: 'network' }],
  [null],
  [3],
])('a rule without what it needs is refused by a code: %o', (rule) => {
  expect(codeOf(() => Reflect.apply(compileRules, undefined, [[rule]]))).toBe('OPTIONS_INVALID')
})
