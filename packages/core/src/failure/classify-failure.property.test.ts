import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isMusterError } from '../errors/muster-error.ts'
import { failureCategories } from '../schemas/word-schemas.ts'
import { classifyFailure, failureFromError, linePattern } from './index.ts'

const categories: ReadonlySet<string> = new Set(failureCategories)

const round = new Error('round')
round.cause = round

const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ withBigInt: true, withSparseArray: true, withNullPrototype: true }),
  fc.constantFrom<unknown>(
    undefined,
    round,
    new Error('x'.repeat(10_000_000)),
    Object.assign(new Error('a'), { errors: [round, null, 3], code: {}, status: 'no' }),
    Object.defineProperty({}, 'message', {
      get: () => {
        throw new Error('no')
      },
    }),
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('no')
        },
      },
    ),
  ),
)

test('whatever is thrown has a category', () => {
  fc.assert(
    fc.property(hostile, (thrown) => {
      expect(categories.has(failureFromError(thrown).category)).toBe(true)
      expect(categories.has(classifyFailure({ thrown }).category)).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('whatever was printed has a category, and the failure is of bounded size', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '\u0000',
      '\u001b[31m',
      '\ud800',
      '\r\n',
      '\n',
      'AssertionError: ',
      'at a.b(c)',
      'E       ',
      'Killed',
      'timed out',
    ),
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 200 }),
      fc.option(fc.integer()),
      fc.option(fc.string()),
      (pieces, exitCode, signal) => {
        const failure = classifyFailure({ text: pieces.join(''), exitCode, signal })
        expect(categories.has(failure.category)).toBe(true)
        expect(JSON.stringify(failure).length).toBeLessThan(60_000)
      },
    ),
    { numRuns: 200 },
  )
})

/** Expressions of the language that rules are written in, good and bad alike. */
const expression: fc.Arbitrary<string> = fc.letrec<{ any: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('a', 'b', '1', ' ', '\\d', '\\w', '\\s', '.', '[ab]', '[^a]', '\\.', '\\b', '^', '$'),
    tie('any').map((inner) => `(?:${inner})`),
  ),
  any: fc
    .array(fc.tuple(tie('atom'), fc.constantFrom('', '', '', '?', '*', '+', '{2}', '{1,9}', '|')), {
      minLength: 1,
      maxLength: 5,
    })
    .map((parts) => parts.flat().join('')),
})).any

test('a pattern that is taken answers as a regular expression does, and one that is refused says so by its code', () => {
  let taken = 0
  fc.assert(
    fc.property(
      expression,
      fc.string({ unit: fc.constantFrom('a', 'b', '1', ' ', '.'), maxLength: 12 }),
      (source, line) => {
        try {
          const pattern = linePattern(source)
          taken += 1
          // Lines shorter than the longest repetition: nothing is cut. A gap takes the first place that fits, so it may match less.
          if (pattern.matches(line)) expect(new RegExp(source).test(line)).toBe(true)
          else if (!source.includes('.')) expect(new RegExp(source).test(line)).toBe(false)
          if (pattern.words.length > 0 && pattern.matches(line))
            expect(pattern.words.some((word) => line.toLowerCase().includes(word))).toBe(true)
        } catch (error) {
          if (!isMusterError(error)) throw error
          expect(error.code).toBe('OPTIONS_INVALID')
        }
      },
    ),
    { numRuns: 2000 },
  )
  expect(taken).toBeGreaterThan(300)
})
