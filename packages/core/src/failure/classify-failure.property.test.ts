import fc from 'fast-check'
import { expect, test } from 'vitest'
import { failureCategories } from '../schemas/word-schemas.ts'
import { classifyFailure, failureFromError, linePattern } from './index.ts'
import { answersAsExpressions, refusesSlowOnes } from './laws/pattern-laws.ts'

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

test('a pattern that is taken answers as a regular expression does, and one that is refused says so by its code', () => {
  answersAsExpressions(linePattern)
})

test('a pattern that is not linear-time is refused', () => {
  refusesSlowOnes(linePattern)
})
