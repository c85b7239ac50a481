import { describe, expect, test } from 'vitest'
import { isMusterError } from '../errors/muster-error.ts'
import { classifyFailure, compileRules, explainFailure, failureFromError, failureFromExit } from './index.ts'
import { builtInRules } from './rules/built-in-rules.ts'
import { rereadFailure } from './reread-failure.ts'

const read = (text: string): string => {
  const { category, code } = classifyFailure({ text })
  return code === undefined ? category : `${category} ${code}`
}

describe('structured signals speak before texts', () => {
  test.each([
    ['resource memory', { exitCode: 137 }],
    ['process-crash signal', { signal: 'SIGKILL' }],
    ['process-crash segmentation-fault', { exitCode: 139 }],
    ['process-crash segmentation-fault', { exitCode: -11 }],
    ['process-crash segmentation-fault', { exitCode: 3_221_225_477 }],
    ['process-crash segmentation-fault', { exitCode: -1_073_741_819 }],
    ['resource memory', { exitCode: 0xc000012d }],
    ['process-crash signal', { signal: 'SIGNOSUCH' }],
    ['timeout job', { exitCode: 124 }],
    ['environment missing-tool', { exitCode: 127 }],
    ['cancelled requested', { exitCode: 130 }],
    ['unknown', { exitCode: 70_000 }],
    ['unknown', { exitCode: 1 }],
    ['unknown', { exitCode: Number.NaN }],
    ['network refused', { errorCode: 'ECONNREFUSED' }],
    ['network rate-limit', { httpStatus: 429 }],
    ['permission-auth http', { httpStatus: 401 }],
    ['unknown', { httpStatus: 500 }],
    ['network upstream-5xx', { grpcStatus: 14 }],
    ['timeout wait', { grpcStatus: 'deadline_exceeded' }],
    ['unknown', { grpcStatus: 'toString' }],
    ['assertion', { errorName: 'AssertionError', text: 'connect ECONNREFUSED' }],
    ['infrastructure', { recorded: 'infrastructure' as const, exitCode: 139 }],
    ['resource memory', { isOutOfMemory: true, exitCode: 139 }],
  ])('%s for %o', (expected, signals) => {
    const { category, code } = classifyFailure(signals)
    expect(code === undefined ? category : `${category} ${code}`).toBe(expected)
  })

  test('but a text that knows why a process died says more than that it died', () => {
    const failure = classifyFailure({ exitCode: 134, text: 'FATAL ERROR: JavaScript heap out of memory' })
    expect(failure).toMatchObject({ category: 'resource', code: 'memory', transient: true, severity: 'high' })
    expect(classifyFailure({ signal: 'SIGTERM', text: 'timeout' }).category).toBe('timeout')
  })
})

describe('every built-in rule', () => {
  const rules = compileRules(builtInRules)

  test('has an id of its own, examples that it matches, a suggestion, and words by which it is passed over', () => {
    expect(rules.length).toBeGreaterThan(150)
    for (const { rule, patterns } of rules) {
      expect(rule.matches.length, rule.id).toBeGreaterThan(0)
      expect(rule.suggestion.length, rule.id).toBeGreaterThan(20)
      for (const pattern of patterns) expect(pattern.words.length, rule.id).toBeGreaterThan(0)
    }
  })

  test('tells its own category for its first example', () => {
    const wrong = builtInRules.flatMap(({ id, category, matches }) => {
      const told = classifyFailure({ text: matches[0] ?? '' }).category
      return told === category ? [] : [`${id}: ${told}`]
    })
    expect(wrong).toEqual([])
  })
})

describe('the most specific cause is told', () => {
  test.each([
    ['network refused', 'AssertionError: expected 500 to be 200\n    at a.ts:1:1\nError: connect ECONNREFUSED ::1:80'],
    ['resource watchers', "Error: ENOSPC: System limit for number of file watchers reached, watch '/app'"],
    ['resource disk', 'Error: ENOSPC: no space left on device, write'],
    [
      'network refused',
      'Test timeout of 30000ms exceeded.\npage.goto: net::ERR_CONNECTION_REFUSED at http://localhost',
    ],
    ['network request', 'TypeError: fetch failed'],
    ['network dependency-download', 'Could not transfer artifact a:b:pom:1 from/to c\n[ERROR] BUILD FAILURE'],
    ['build-dependency import', "E   ModuleNotFoundError: No module named 'shop'\n1 error during collection"],
    ['infrastructure worker-lost', 'AssertionError: 1 == 2\nThe runner has received a shutdown signal.'],
    ['timeout test', 'panic: test timed out after 3s\n\ngoroutine 3 [running]:'],
    ['assertion summary', 'Tests run: 3, Failures: 1, Errors: 0, Skipped: 0\n[INFO] BUILD FAILURE'],
    ['exception', "TypeError: cannot read properties of undefined (reading 'id')"],
    ['unknown', 'The command "make check" exited with 1.'],
    ['unknown', ''],
  ])('%s', (expected, text) => {
    expect(read(text)).toBe(expected)
  })
})

describe('words that only look like a cause', () => {
  test.each([
    ['zoom failed'],
    ['killed the feature flag'],
    ['the room was full of oom-pah music'],
    ['It terminated the session as it should'],
    ['retries after a timeout are counted'],
    ['deletes the network section of the form'],
    ['is the permission dialog shown'],
    ['cancel button stays where it is'],
  ])('%s', (text) => {
    expect(classifyFailure({ text }).category).toBe('unknown')
  })

  test('what an assertion quotes is not what went wrong', () => {
    for (const quoted of [
      'connect ECONNREFUSED',
      'Test timed out in 5000ms',
      'JavaScript heap out of memory',
      '403 Forbidden',
    ]) {
      expect(read(`AssertionError: expected '${quoted}' to equal 'ok'\n    at a.test.ts:3:5`)).toBe('assertion')
      expect(
        read(`expect(received).toBe(expected)\n\nExpected: "ok"\nReceived: "${quoted}"\n    at a.test.ts:3:5`),
      ).toBe('assertion')
      expect(
        read(
          `>       assert out == "ok"\nE       AssertionError: assert '${quoted}' == 'ok'\nE         - ok\nE         + ${quoted}`,
        ),
      ).toBe('assertion')
    }
  })

  test('a warning weighs less than what failed, a line of source code nothing', () => {
    expect(read('npm WARN network ECONNRESET\nTypeError: x is not a function')).toBe('exception')
    expect(read('const ok = a === b.timeout;\n               ^\nTypeError: b is undefined')).toBe('exception')
  })
})

describe('a failure carries', () => {
  test('the rule, the line, the phase and what to do', () => {
    const text = '1) "before all" hook for "shop":\n\u001b[31mError: connect ECONNREFUSED 127.0.0.1:5432\u001b[39m'
    const { failure, line } = explainFailure({ text })
    expect(failure).toMatchObject({ rule: 'network/refused/errno', phase: 'set-up', fault: 'environment' })
    expect(failure.suggestion).toContain('Nothing listens')
    expect(line).toEqual({ number: 2, text: 'Error: connect ECONNREFUSED 127.0.0.1:5432' })
  })

  test('the number of the line also behind what was left out of a long log', () => {
    const text = `${'noise\n'.repeat(100_000)}fatal: Authentication failed for 'https://git.example'\n`
    expect(explainFailure({ text }).line?.number).toBe(100_001)
  })

  test('what errors without a code say, from their message', () => {
    expect(failureFromError(new Error('getaddrinfo ENOTFOUND db.example'))).toMatchObject({
      category: 'network',
      code: 'dns',
    })
    expect(failureFromExit({ code: 1, stderrTail: 'bash: jq: command not found' })).toMatchObject({
      category: 'environment',
      code: 'missing-tool',
    })
  })
})

describe('rules of your own', () => {
  const rules = compileRules([
    {
      id: 'shop/licence',
      category: 'environment',
      pattern: [/^licence server .*said no$/, 'LICENCE-\\d+'],
      exitCodes: [77],
      errorCodes: ['ELICENCE'],
      transient: true,
      suggestion: 'Ask for a seat.',
      matches: ['licence server eu-1 said no'],
      misses: ['the licence server said no to nobody'],
    },
  ])

  test.each([
    [{ text: 'AssertionError: 1\nlicence server eu-1 said no' }],
    [{ exitCode: 77 }],
    [{ thrown: Object.assign(new Error('no'), { code: 'ELICENCE' }) }],
    [{ text: 'LICENCE-12 ECONNREFUSED' }],
  ])('speak first: %o', (signals) => {
    const failure = classifyFailure(signals, { rules })
    expect(failure).toMatchObject({
      category: 'environment',
      rule: 'shop/licence',
      transient: true,
      suggestion: 'Ask for a seat.',
    })
  })

  test('read what was told elsewhere once more, and leave the rest as it was', () => {
    const told = failureFromExit({ code: 77, stderrTail: 'no seat' })
    expect(rereadFailure(told, rules)).toMatchObject({
      category: 'environment',
      message: told.message,
      rule: 'shop/licence',
    })
    const other = failureFromError(new Error('other'))
    expect(rereadFailure(other, rules)).toBe(other)
  })

  test.each([
    ['repeated without an end', { pattern: /(a+)+$/ }],
    ['a repetition inside of a repetition', { pattern: /(?:a+){2,5}$/ }],
    ['backreference', { pattern: /(a)\1/ }],
    ['lookahead', { pattern: /a(?=b)/ }],
    ['matches every line', { pattern: /.*/ }],
    ['Invalid regular expression', { pattern: '[b-a]' }],
    ['not closed', { pattern: '(' }],
    ['flags', { pattern: /a/gm }],
    ['its own example', { pattern: /a/, matches: ['b'] }],
    ['its own counter-example', { pattern: /a/, misses: ['a'] }],
  ])('are refused where they must be: %s', (words, rule) => {
    let thrown: unknown
    try {
      compileRules([{ id: 'mine', category: 'network', ...rule }])
    } catch (error) {
      thrown = error
    }
    expect(isMusterError(thrown) && thrown.code).toBe('OPTIONS_INVALID')
    expect(String(thrown)).toContain(words)
  })
})

describe('a text that no rule knows', () => {
  test.each([
    [true, ''],
    [true, 'Process completed with exit code 1.'],
    [true, 'the wombat was not fed: please retry it'],
    [false, 'the wombat was not fed'],
  ])('may pass: %s, for %j', (transient, text) => {
    expect(classifyFailure({ exitCode: 1, text })).toMatchObject({ category: 'unknown', transient })
  })
})

test.each([
  ['build-dependency', '✖ ERROR: Error [ERR_MODULE_NOT_FOUND]: Cannot find package "a" imported from /srv/a.js'],
  ['build-dependency', '✘ [ERROR] Unexpected ";"\n\n    a.ts:1:9:\n      1 │ let a = (;'],
  ['timeout', '✖ Timed out while running tests'],
  ['resource', 'std::system_error: Resource temporarily unavailable'],
  ['permission-auth', "SQLSTATE[42000]: Syntax error or access violation: 1044 Access denied for user 'a'@'%'"],
])('is %s: %s', (category, text) => {
  expect(classifyFailure({ exitCode: 1, text }).category).toBe(category)
})

test('a lock is held for the next attempt as well', () => {
  const text = "fatal: Unable to create '/ws/.git/index.lock': File exists."
  expect(classifyFailure({ text })).toMatchObject({ category: 'environment', transient: false })
})
