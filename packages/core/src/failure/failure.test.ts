import assert from 'node:assert/strict'
import { describe, expect, test } from 'vitest'
import {
  failureCancelled,
  failureFromError,
  failureFromExit,
  failureOverLimit,
  failureTimeout,
  makeFailure,
  maskMessage,
  observedFailure,
} from './index.ts'

function withCode(code: string, cause?: unknown): Error {
  return Object.assign(new Error(`failed with ${code}`, { cause }), { code })
}

function thrownBy(body: () => unknown): unknown {
  try {
    return body()
  } catch (error) {
    return error
  }
}

describe('failureFromError', () => {
  test.each([
    ['assertion', thrownBy(() => assert.equal(1, 2))],
    ['assertion', thrownBy(() => expect(1).toBe(2))],
    ['network', withCode('ECONNREFUSED')],
    ['network', new TypeError('fetch failed', { cause: withCode('ENOTFOUND') })],
    ['network', new AggregateError([withCode('ECONNREFUSED')], 'all failed')],
    ['network', Object.assign(new Error('bad gateway'), { status: 502 })],
    ['resource', withCode('ENOSPC')],
    ['resource', withCode('EMFILE')],
    ['permission-auth', withCode('EACCES')],
    ['permission-auth', Object.assign(new Error('no'), { statusCode: 403 })],
    ['environment', withCode('EADDRINUSE')],
    ['build-dependency', withCode('ERR_MODULE_NOT_FOUND')],
    ['build-dependency', new SyntaxError('Unexpected token')],
    ['data-parse', thrownBy(() => JSON.parse('{'))],
    ['timeout', AbortSignal.abort(new DOMException('slow', 'TimeoutError')).reason],
    ['exception', new TypeError('x is not a function')],
    ['exception', 'just a text'],
    ['exception', undefined],
    ['exception', Symbol('odd')],
  ])('%s', (category, thrown) => {
    expect(failureFromError(thrown).category).toBe(category)
  })

  test('keeps name, message, stack and the chain of causes', () => {
    const root = new RangeError('too far')
    const failure = failureFromError(new Error('outer', { cause: new Error('middle', { cause: root }) }))
    expect(failure).toMatchObject({ errorName: 'Error', message: 'outer', fault: 'unknown', transient: false })
    expect(failure.stack).toContain('outer')
    expect(failure.evidence).toEqual(['error class Error', 'caused by Error: middle', 'caused by RangeError: too far'])
  })

  test('a circle of causes, a throwing getter and endless text do no harm', () => {
    const circle = new Error('round')
    circle.cause = circle
    expect(failureFromError(circle).evidence).toHaveLength(1)
    const hostile = {
      message: 'hostile',
      get name(): string {
        throw new Error('no')
      },
    }
    expect(failureFromError(hostile)).toMatchObject({ message: 'hostile', errorName: 'Error' })
    expect(failureFromError(new Error('x'.repeat(1_000_000))).message).toHaveLength(4000)
  })
})

describe('failureFromExit', () => {
  test.each([
    ['resource', { code: 137 }],
    ['process-crash', { signal: 'SIGKILL' }],
    ['process-crash', { code: 139 }],
    ['process-crash', { signal: 'SIGSEGV' }],
    ['process-crash', { code: 0xc0000005 }],
    ['process-crash', { code: -1073741819 }],
    ['process-crash', { code: null, signal: null }],
    ['cancelled', { code: 130 }],
    ['environment', { code: 127 }],
    ['timeout', { code: 124 }],
    ['infrastructure', { signal: 'SIGTERM' }],
    ['unknown', { code: 1 }],
    ['process-crash', { code: 0, isEarly: true }],
    ['process-crash', { code: 1, isEarly: true }],
  ])('%s for %o', (category, exit) => {
    expect(failureFromExit(exit).category).toBe(category)
  })

  test('ends with the last words, and the code tells fingerprints apart', () => {
    const failure = failureFromExit({ code: 3, stderrTail: 'first\nno such table: users\n', what: '`db`' })
    expect(failure.message).toBe('`db` ended with exit code 3: no such table: users')
    expect(failure.fingerprint).not.toBe(failureFromExit({ code: 4, stderrTail: 'no such table: users' }).fingerprint)
  })
})

describe('what a command printed as output', () => {
  const compiler = "src/a.ts(3,5): error TS2322: Type 'string' is not assignable to type 'number'."

  test('names the cause where its errors do not', () => {
    const failure = failureFromExit({ code: 2, stdoutTail: `${compiler}\nFound 1 error.\n`, what: 'tsc' })
    expect(failure).toMatchObject({ category: 'build-dependency', message: `tsc ended with exit code 2: ${compiler}` })
  })

  test('is not asked where its errors tell', () => {
    const exit = { code: 1, stderrTail: 'Error: connect ECONNREFUSED 127.0.0.1:5432', stdoutTail: compiler }
    expect(failureFromExit(exit).category).toBe('network')
  })

  test.each([
    [
      'pytest',
      1,
      '',
      '    def test_add():\n>       assert add(1, 2) == 4\nE       assert 3 == 4\nE        +  where 3 = add(1, 2)\n\ntests/test_a.py:5: AssertionError\n=== short test summary info ===\nFAILED tests/test_a.py::test_add - assert 3 == 4\n=== 1 failed, 1 passed in 0.03s ===\n',
      'assert 3 == 4',
    ],
    [
      'go',
      1,
      '',
      '=== RUN   TestAdd\n    add_test.go:9: Add(1,2) = 4; want 3\n--- FAIL: TestAdd (0.00s)\nFAIL\nFAIL\texample.com/calc\t0.002s\nFAIL\n',
      'add_test.go:9: Add(1,2) = 4; want 3',
    ],
    [
      'cargo',
      101,
      'error: test failed, to rerun pass `--lib`\n',
      "test tests::adds ... FAILED\n\nthread 'tests::adds' panicked at src/lib.rs:10:9:\nassertion `left == right` failed\n  left: 3\n right: 4\nnote: run with `RUST_BACKTRACE=1`\n\ntest result: FAILED. 0 passed; 1 failed\n",
      'panicked at src/lib.rs:10:9: assertion `left == right` failed, left: 3, right: 4',
    ],
    ['make', 2, 'no such table: users\nmake: *** [Makefile:12: check] Error 2\n', '', 'no such table: users'],
    ['npm', 1, 'no such table: users\nnpm error code 1\nnpm error path /a\n', '', 'no such table: users'],
    ['nothing but noise', 2, 'make: *** [check] Error 2\n', '', 'make: *** [check] Error 2'],
  ])('of %s the line that tells is quoted, not the last', (_, code, stderrTail, stdoutTail, told) => {
    const { message } = failureFromExit({ code, stderrTail, stdoutTail, what: 'sh' })
    expect(message).toBe(`sh ended with exit code ${String(code)}: ${told}`)
  })

  test('is not quoted where it is no text', () => {
    const { message } = failureFromExit({ code: 1, stdoutTail: 'a\uFFFDb\uFFFDc\n'.repeat(20), what: 'sh' })
    expect(message).toBe('sh ended with exit code 1')
  })

  test('tells failures without a reason apart', () => {
    const [first, second] = ['the mailer sleeps', 'the ledger is locked'].map((stdoutTail) =>
      failureFromExit({ code: 1, stdoutTail }),
    )
    expect(first?.message).toBe('The process ended with exit code 1: the mailer sleeps')
    expect(first?.fingerprint).not.toBe(second?.fingerprint)
  })
})

describe('an exit that a process called for itself', () => {
  test.each([0, 3])('exit code %i is named, and is the same every time', (code) => {
    const { code: kind, suggestion, transient } = failureFromExit({ code, isEarly: true })
    expect([kind, transient]).toEqual(['early-exit', false])
    expect(suggestion).toContain(`exit code ${code} before it was done: look for a call of exit`)
  })

  test('an error that was printed may come and go', () => {
    const { transient } = failureFromExit({ code: 1, isEarly: true, stderrTail: 'Error: socket went away' })
    expect(transient).toBe(true)
  })

  test('no crash without a report of one is a sanitizer’s', () => {
    for (const exit of [
      { code: null },
      { code: 3, isEarly: true },
      { signal: 'SIGKILL' },
      { code: 136, isEarly: true },
    ])
      expect(failureFromExit(exit).suggestion).not.toContain('sanitizer')
  })
})

test('two values of which neither is there are no comparison', () => {
  const copied = { name: 'TypeError', message: 'x is not a function', expected: undefined, actual: undefined }
  expect(failureFromError(copied).category).toBe('exception')
  expect(failureFromError({ ...copied, expected: 1 }).category).toBe('assertion')
})

describe('fingerprint', () => {
  test('is the same for the same cause with other numbers, ids and paths', () => {
    const first = new Error('row 17 of /tmp/a1/b.db at 0xff is "user-42", took 1.5 s')
    const second = new Error('row 99 of /home/x/y/c.db at 0x1a is "user-7", took 12 s')
    expect(failureFromError(first).fingerprint).toBe(failureFromError(second).fingerprint)
    expect(failureFromError(new Error('other')).fingerprint).not.toBe(failureFromError(first).fingerprint)
  })

  test('keeps quoted names, which tell causes apart', () => {
    expect(maskMessage("Cannot find module 'left-pad'")).toBe("Cannot find module 'left-pad'")
    expect(maskMessage('port 5432 of /tmp/a/b.sock is "busy-17"')).toBe('port <n> of <path> is <quoted>')
  })

  test('stays what it is from version to version', () => {
    const failure = makeFailure({ category: 'unknown', message: 'boom 1', evidence: [] })
    expect(failure.fingerprint).toMatchInlineSnapshot(`"1df4594ab1d628"`)
  })

  test('hostile text is masked in linear time', () => {
    for (const piece of ['a', '/', "'", '1', ' ', "'1", 'a/', 'f'])
      expect(typeof maskMessage(piece.repeat(100_000))).toBe('string')
  })
})

test('time limits and cancels name themselves', () => {
  expect(failureTimeout(50, ['killed'])).toMatchObject({
    category: 'timeout',
    evidence: ['time limit of 50 ms', 'killed'],
  })
  expect(failureTimeout(50).fingerprint).toBe(failureTimeout(60).fingerprint)
  expect(failureCancelled('fail-fast')).toMatchObject({ category: 'cancelled', message: 'Cancelled: fail-fast' })
})

test('what is seen without reading a text has its rule, its certainty and what to do', () => {
  const seen = [
    failureTimeout(100),
    failureCancelled('enough'),
    failureOverLimit({ limit: 'memory', measured: 2, allowed: 1 }),
    failureFromExit({ code: 0, isEarly: true }),
    observedFailure('no-test', { message: 'a.test.js holds no test', evidence: [] }),
  ]
  expect(seen.map(({ category, rule }) => `${category} ${String(rule)}`)).toEqual([
    'timeout signals/time-limit',
    'cancelled signals/cancel',
    'resource signals/limit',
    'process-crash signals/exit',
    'configuration signals/no-test',
  ])
  for (const { confidence, suggestion, severity } of seen) {
    expect([confidence, suggestion, severity]).toEqual([0.99, expect.stringMatching(/\.$/), expect.any(String)])
  }
})

test('an end that does not tell its cause may pass when it is repeated; what the test itself did will come again', () => {
  const untold = [
    failureFromExit({ signal: 'SIGKILL' }),
    failureFromExit({ signal: 'SIGKILL', isEarly: true }),
    failureFromExit({ code: 137 }),
    failureTimeout(100),
  ]
  expect(untold.map(({ transient }) => transient)).toEqual([true, true, true, true])
  const own = [
    failureOverLimit({ limit: 'memory', measured: 2, allowed: 1 }),
    failureFromExit({ code: 0, isEarly: true }),
  ]
  expect(own.map(({ transient }) => transient)).toEqual([false, false])
})

test.each([
  ['expected 1 to be 2 // Object.is equality', 'expected <n> to be <n> // Object.is equality'],
  ['no file at /tmp/a/b.sock', 'no file at <path>'],
  ['no file at C:\\a\\b.txt', 'no file at <path>'],
  ['cannot read src/v.test.js', 'cannot read <path>'],
  ['either and/or neither', 'either and/or neither'],
])('a path is masked where it looks like one: %s', (message, masked) => {
  expect(maskMessage(message)).toBe(masked)
})

test('what was used and what is allowed are told in units for people, exactly where those look the same', () => {
  const told = (measured: number): string =>
    failureOverLimit({ limit: 'memory', measured, allowed: 400_000_000 }).message
  expect(told(414_365_696)).toBe('Ended for its memory: used 414 MB, allowed 400 MB')
  expect(told(400_000_001)).toBe('Ended for its memory: used 400000001 bytes, allowed 400000000 bytes')
})
