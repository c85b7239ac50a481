// Every producer puts titles, files and reruns elsewhere; what each of them means is stated here once, from its own documents.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMusterError } from '@muster/core/errors'
import { expect, test } from 'vitest'
import type { ReadCases } from '../read/read-cases.ts'
import { readJunit } from './read-junit.ts'

function dialect(name: string): ReadCases {
  const text = readFileSync(join(import.meta.dirname, '../../fixtures/dialects', name), 'utf8')
  return readJunit(text, { source: name })
}

/** Cases as short lines: result, tries, file, titles. */
function brief({ cases }: ReadCases): readonly string[] {
  return cases.map(({ result, retries, file, line, path }) =>
    [
      result + (retries === undefined ? '' : `+${retries}`),
      ...(file === undefined ? [] : [line === undefined ? file : `${file}:${line}`]),
      path.join(' | '),
    ].join('  '),
  )
}

test.each([
  [
    'vitest.xml',
    [
      'failed  v.test.ts  outer | adds',
      'passed  v.test.ts  outer | flaky',
      'skipped  v.test.ts  outer | sk',
      'skipped  v.test.ts  outer | td',
      'passed  v.test.ts  top < level',
    ],
  ],
  [
    'node.xml',
    [
      'passed  /project/a.test.mjs  outer | adds',
      'failed  /project/a.test.mjs  outer | inner # 1 | fails',
      'skipped  /project/a.test.mjs  outer | inner # 1 | todo',
      'skipped  /project/a.test.mjs  outer | inner # 1 | skips',
      'failed  /project/a.test.mjs  top throws',
      'timed-out  /project/a.test.mjs  slow',
    ],
  ],
  [
    'pytest-xunit1.xml',
    [
      'passed  tests/test_mod.py:3  TestClass | test_ok',
      'failed  tests/test_mod.py:4  TestClass | test_bad',
      'failed  tests/test_mod.py:5  test_err',
      'skipped  tests/test_mod.py:6  test_skip',
      'skipped  tests/test_mod.py:8  test_x',
      'failed  tests/test_mod.py:14  test_td',
      'passed  tests/test_mod.py:15  test_p[a > b]',
      'passed  tests/test_mod.py:15  test_p[\\x1b[31m]',
    ],
  ],
  [
    'pytest-xunit2.xml',
    [
      'passed  tests.test_mod.TestClass | test_ok',
      'failed  tests.test_mod.TestClass | test_bad',
      'failed  tests.test_mod | test_err',
      'skipped  tests.test_mod | test_skip',
      'skipped  tests.test_mod | test_x',
      'failed  tests.test_mod | test_td',
      'passed  tests.test_mod | test_p[a > b]',
      'passed  tests.test_mod | test_p[\\x1b[31m]',
    ],
  ],
  [
    'surefire.xml',
    [
      'passed  com.example.PayTest | pays',
      'passed+2  com.example.PayTest | retriesThenPays',
      'failed+2  com.example.PayTest | neverPays',
      'failed  com.example.PayTest | breaks',
      'skipped  com.example.PayTest | later',
    ],
  ],
  ['jest-junit.xml', ['passed  cart adds', 'failed  cart removes', 'skipped  cart empties']],
  [
    'go-junit-report.xml',
    [
      'passed  example.org/shop/pkg/name | TestOne',
      'failed  example.org/shop/pkg/name | TestTwo/sub_case',
      'skipped  example.org/shop/pkg/name | TestThree',
    ],
  ],
  [
    'googletest.xml',
    [
      'failed  math_test.cc:10  MathTest | Addition',
      'passed  math_test.cc:20  MathTest | Subtraction',
      'skipped  math_test.cc:30  MathTest | DISABLED_Division',
    ],
  ],
  [
    'phpunit.xml',
    [
      'passed  /project/tests/CartTest.php:9  unit | App\\CartTest | testAdds',
      'failed  /project/tests/CartTest.php:15  unit | App\\CartTest | testRemoves',
    ],
  ],
  [
    'playwright.xml',
    [
      'passed  login.spec.ts  login | signs in',
      'failed  login.spec.ts  login | refuses',
      'skipped  login.spec.ts  login | forgets',
    ],
  ],
  [
    'mocha-junit-reporter.xml',
    ['passed  /project/cart.test.js  cart adds', 'failed  /project/cart.test.js  cart removes'],
  ],
  ['bun.xml', ['passed  cart.test.ts:4  cart | adds', 'failed  cart.test.ts:7  cart | removes']],
  ['nextest.xml', ['passed  shop::bin/shop | cart::adds', 'passed+1  shop::bin/shop | cart::flaky']],
])('%s reads as its producer meant it', (name, expected) => {
  const read = dialect(name)
  expect(brief(read)).toEqual(expected)
  expect(read.isComplete).toBe(true)
  // Node writes a control character that XML forbids.
  expect(read.warnings.filter(({ kind }) => kind !== 'malformed')).toEqual([])
})

test('what failed is told by the name that the producer gives the error', () => {
  const categories = (name: string): readonly string[] =>
    dialect(name).cases.flatMap(({ failure }) =>
      failure === undefined ? [] : [`${failure.category}: ${failure.message}`],
    )
  expect(categories('surefire.xml')).toEqual([
    'assertion: expected: <1> but was: <2>',
    'assertion: first',
    'exception: java.lang.NullPointerException',
  ])
  expect(categories('node.xml')).toEqual([
    'assertion: 1 == 2',
    'exception: boom red',
    'timeout: test timed out after 20ms',
  ])
  expect(categories('pytest-xunit2.xml')).toEqual([
    'assertion: assert 1 == 2',
    'network: ConnectionError: refused',
    'exception: failed on teardown with "RuntimeError: teardown"',
  ])
  expect(categories('vitest.xml')).toEqual(['assertion: expected 1 to be 2 // Object.is equality'])
})

test('times are read with grouping commas, decimal commas and units', () => {
  const durations = ['1,234.5', '0,25', '0.25s', '12 ms', '1.234,5', '', 'soon', '-1', '1e3'].map((time) => {
    const { cases } = readJunit(`<testsuite name="s"><testcase name="c" time="${time}"/></testsuite>`)
    return cases[0]?.durationMs
  })
  expect(durations).toEqual([1_234_500, 250, 250, 12, 1_234_500, 0, 0, 0, 1_000_000])
})

test('a document that breaks off keeps what was complete, and is not complete', () => {
  const whole =
    '<testsuite name="s" tests="3">\n<testcase name="a"/>\n<testcase name="b"/>\n<testcase name="c"><failure/></testcase></testsuite>'
  const cut = readJunit(whole.slice(0, whole.indexOf('<failure/>') + 4), { source: 'cut.xml' })
  expect(cut.cases.map(({ path }) => path.at(-1))).toEqual(['a', 'b'])
  expect(cut.isComplete).toBe(false)
  expect(cut.warnings).toMatchObject([{ kind: 'truncated', source: 'cut.xml', line: 4 }])
  for (let length = whole.indexOf('>') + 1; length < whole.length; length++)
    expect(readJunit(whole.slice(0, length)).isComplete).toBe(false)
})

test('the last whole case is kept wherever the document breaks off behind it', () => {
  const text = '<testsuite name="s"><testcase name="a"/><testcase name="b"/></testsuite>'
  for (let length = text.indexOf('<testcase name="b"'); length < text.indexOf('/><testcase') + 20; length++) {
    expect(readJunit(text.slice(0, length)).cases).toHaveLength(1)
  }
})

test('a case that is closed by the tag of its suite is taken back', () => {
  const read = readJunit('<testsuite name="s"><testcase name="a"/><testcase name="b"></testsuite>')
  expect(read.cases.map(({ path }) => path.at(-1))).toEqual(['a'])
  expect(read.isComplete).toBe(false)
})

test('characters that XML forbids are put right, with a note that says where', () => {
  const read = readJunit(
    '<testsuite name="s">\n<testcase name="\u001b[31mred\u001b[39m &#27;[1m\u0000\ud800 a & b &amp; c"/>\n' +
      '<testcase name="t"><failure message="1 < 2"><![CDATA[a & b \u0007]]></failure></testcase></testsuite>',
  )
  expect(read.cases.map(({ path, failure }) => [path.at(-1), failure?.stack])).toEqual([
    ['red  a & b & c', undefined],
    ['t', 'a & b '],
  ])
  expect(read.isComplete).toBe(true)
  expect(read.warnings[0]).toMatchObject({ kind: 'malformed', line: 2 })
})

test('a quote that is never closed and swallows cases does not go unnoticed', () => {
  const read = readJunit('<testsuite name="s"><testcase name="a/><testcase name="b"/><testcase name="c"/></testsuite>')
  expect(read.isComplete).toBe(false)
})

test('announced failures that no case shows make the document incomplete', () => {
  const read = readJunit('<testsuite name="s" tests="1" errors="1"><testcase name="a"/></testsuite>')
  expect(read.warnings).toMatchObject([{ kind: 'missing' }])
  expect(read.isComplete).toBe(false)
})

test('an error beside the cases of a suite is a failed case', () => {
  const read = readJunit(
    '<testsuite name="s" errors="1"><error message="set-up failed"/><testcase name="a"/></testsuite>',
  )
  expect(brief(read)).toEqual(['failed  s', 'passed  s | a'])
})

test('missing attributes, several roots and text around the document are read past', () => {
  expect(brief(readJunit('<testsuite><testcase/></testsuite>'))).toEqual(['passed  (no name)'])
  expect(readJunit('> vitest run\n<testsuite name="s"><testcase name="a"/></testsuite>\ndone').cases).toHaveLength(1)
  const two = readJunit('<testsuite name="s"><testcase name="a"/></testsuite><testsuite name="t"/>')
  expect(two).toMatchObject({ isComplete: false, cases: [{ path: ['s', 'a'] }] })
})

test('cases with one name are all kept, with a note', () => {
  const read = readJunit('<testsuite name="s"><testcase name="a"/><testcase name="a"><failure/></testcase></testsuite>')
  expect(brief(read)).toEqual(['passed  s | a', 'failed  s | a'])
  expect(read.warnings).toMatchObject([{ kind: 'duplicate' }])
})

test.each([
  ['plain text', 'hello', /line 1.*without an XML element/],
  ['another root', '<html><testcase name="a"/></html>', /root element `html`/],
  ['an entity bomb', bomb(), /entities of its own/],
  [
    'nesting without end',
    '<testsuites>' + '<testsuite name="s">'.repeat(200_000),
    /at most 100 elements inside each other/,
  ],
  ['no root at all', '<?xml version="1.0"?>\n<testsui', /line 2.*broken XML/],
])('%s is refused with file and line', (_what, text, message) => {
  let thrown: unknown
  try {
    readJunit(text, { source: 'results/x.xml' })
  } catch (error) {
    thrown = error
  }
  expect(isMusterError(thrown) && thrown.code).toBe('INPUT_UNREADABLE')
  expect(String(thrown)).toMatch(message)
  expect(String(thrown)).toContain('results/x.xml')
})

test('names out of the prototype are names', () => {
  const read = readJunit(
    '<testsuite name="__proto__" __proto__="x" constructor="y"><testcase name="&constructor;&__proto__;" polluted="1"/><__proto__/></testsuite>',
  )
  expect(brief(read)).toEqual(['passed  __proto__ | &constructor;&__proto__;'])
  expect(Object.keys(Object.prototype)).toEqual([])
})

function bomb(): string {
  const entities = Array.from({ length: 10 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')
  return `<!DOCTYPE testsuite [<!ENTITY l0 "lol">${entities}]><testsuite name="&l10;"/>`
}
