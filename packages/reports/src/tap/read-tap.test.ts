// TAP as its producers write it, and the promise that a plan makes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ReadCases } from '../read/read-cases.ts'
import { readTap } from './read-tap.ts'

function dialect(name: string): ReadCases {
  return readTap(readFileSync(join(import.meta.dirname, '../../fixtures/dialects', name), 'utf8'), { source: name })
}

function brief({ cases }: ReadCases): readonly string[] {
  return cases.map(({ result, path, reason, failure }) =>
    [
      result,
      path.join(' | '),
      ...(reason === undefined ? [] : [reason]),
      ...(failure === undefined ? [] : [`${failure.category}: ${failure.message}`]),
    ].join('  '),
  )
}

const kinds = ({ warnings }: ReadCases): readonly string[] => warnings.map(({ kind }) => kind)

test.each([
  [
    'node.tap',
    [
      'passed  outer | adds',
      'failed  outer | inner # 1 | fails  assertion: 1 == 2',
      'skipped  outer | inner # 1 | todo  todo: later',
      'skipped  outer | inner # 1 | skips  why',
      'failed  top throws  exception: boom \\x1B[31mred',
      'timed-out  slow  timeout: test timed out after 20ms',
    ],
  ],
  [
    'vitest.tap',
    [
      'failed  v.test.ts | outer | adds  assertion: expected 1 to be 2 // Object.is equality',
      'passed  v.test.ts | outer | flaky',
      'skipped  v.test.ts | outer | sk',
      'skipped  v.test.ts | outer | td  todo',
      'passed  v.test.ts | top < level',
    ],
  ],
  [
    'node-tap.tap',
    [
      'passed  cart.test.js | cart | adds',
      'failed  cart.test.js | cart | removes  unknown: Test.<anonymous> (cart.test.js:7:5)',
      'skipped  empty.test.js  no tests found',
    ],
  ],
  [
    'mocha.tap',
    ['passed  cart adds', 'failed  cart removes  assertion: expected 1 to equal 2', 'skipped  cart empties  -'],
  ],
])('%s reads as its producer meant it', (name, expected) => {
  const read = dialect(name)
  expect(brief(read)).toEqual(expected)
  expect(read).toMatchObject({ isComplete: true, warnings: [] })
})

test('places and times come from diagnostics', () => {
  expect(dialect('node.tap').cases[1]).toMatchObject({ file: '/project/a.test.mjs', line: 5, durationMs: 1.069199 })
  expect(dialect('vitest.tap').cases[0]).toMatchObject({ file: '/project/v.test.ts', line: 3 })
  expect(dialect('node-tap.tap').cases[1]).toMatchObject({ file: 'cart.test.js', line: 7 })
})

test('a test that was planned and is missing makes the document incomplete', () => {
  const read = readTap('1..3\nok 1 - a\nok 2 - b\n', { source: 'out.tap' })
  expect(read).toMatchObject({ isComplete: false, warnings: [{ kind: 'missing', source: 'out.tap' }] })
  expect(read.warnings[0]?.message).toMatch(/planned 3 tests and reported 2: 1 is missing$/)
})

test('a test point whose number comes twice breaks the report, by number and name', () => {
  expect(readTap('1..2\nok 1 - a\nok 1 - b\n')).toMatchObject({
    isComplete: false,
    warnings: [
      {
        kind: 'missing',
        line: 3,
        message: 'test point 1 is reported twice, the second time as "b", so another may be missing',
      },
    ],
  })
  expect(readTap('1..2\nok 2 - b\nok 1 - a\n').isComplete).toBe(true)
  expect(readTap('    ok 1 - a\n    1..1\nok 1 - p\n    ok 1 - a\n    1..1\nok 2 - q\n1..2\n').isComplete).toBe(true)
})

test('without a plan nobody knows whether all is there', () => {
  expect(readTap('ok 1 - a\n')).toMatchObject({ isComplete: false, warnings: [{ kind: 'truncated' }] })
})

test('a subtest that plans more than it reports is noticed inside its parent', () => {
  expect(kinds(readTap('# Subtest: p\n    1..2\n    ok 1 - a\nok 1 - p\n1..1\n'))).toEqual(['missing'])
})

test('a bail-out is a failed case, and ends the document', () => {
  const read = readTap('1..3\nok 1 - a\nBail out! no disk\nok 2 - b\n')
  expect(brief(read)).toEqual(['passed  a', 'failed  Bail out!  unknown: Bail out! no disk'])
  expect(read.isComplete).toBe(false)
})

test('a red parent whose children are green is a case of its own', () => {
  const read = readTap('    ok 1 - a\n    1..1\nnot ok 1 - hooks\n  ---\n  error: after hook failed\n  ...\n1..1\n')
  expect(brief(read)).toEqual(['passed  hooks | a', 'failed  hooks  unknown: after hook failed'])
})

test('directives count however they are written, and only as directives', () => {
  const read = readTap(
    '1..5\nok 1 - a # skip\nnot ok 2 - b # Todo later\nok 3 - c \\# SKIP\nok 4 # SKIPPED: no\nok 5 - e #hash\n',
  )
  expect(brief(read)).toEqual([
    'skipped  a',
    'skipped  b  todo: later',
    'passed  c # SKIP',
    'skipped  test 4  no',
    'passed  e #hash',
  ])
})

test('a plan of nothing is said to be nothing', () => {
  expect(readTap('TAP version 14\n1..0 # SKIP no database\n')).toMatchObject({
    cases: [],
    warnings: [{ kind: 'ignored', message: 'the plan says that there is nothing to run: no database' }],
  })
})

test('what programs print between the lines is no result', () => {
  const read = readTap('> node --test\nTAP version 13\nokay then\nok computer\nnot okay\n1..1\n  ok?\nok 1 - a\n')
  expect(brief(read)).toEqual(['passed  computer', 'passed  a'])
})

test('a document that ends inside a diagnostic is truncated', () => {
  expect(kinds(readTap('1..1\nnot ok 1 - a\n  ---\n  message: half'))).toEqual(['truncated'])
})

test.each(['', 'hello\nworld', '{"a":1}'])('%j is refused', (text) => {
  expect(() => readTap(text, { source: 'out.tap' })).toThrow(/out\.tap, line 1/)
})

test('subtests without end are refused', () => {
  const text = Array.from({ length: 200 }, (_, at) => `${' '.repeat(at * 4)}ok 1 - x`).join('\n')
  expect(() => readTap(text)).toThrow(/at most 100 subtests/)
})
