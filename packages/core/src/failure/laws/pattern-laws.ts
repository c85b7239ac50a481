// What must hold of patterns, whatever compiles them: the tests hold it against ours, and against planted faults.
import fc from 'fast-check'
import { isMusterError } from '../../errors/muster-error.ts'
import { invariant } from '../../errors/invariant.ts'
import type { LinePattern } from '../patterns/line-pattern.ts'

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

/** Lines shorter than the longest repetition: nothing is cut. */
const line: fc.Arbitrary<string> = fc.string({ unit: fc.constantFrom('a', 'b', '1', ' ', '.'), maxLength: 12 })

/**
 * A pattern that is taken answers as a regular expression does, and every line that it matches holds one of its words; one
 * that is refused says so by its code.
 */
export function answersAsExpressions(compile: (source: string) => LinePattern): void {
  let taken = 0
  let matched = 0
  const judge = (source: string, given: string): void => {
    const pattern = compile(source)
    taken += 1
    const isMatch = pattern.matches(given)
    const isExpected = new RegExp(source).test(given)
    invariant(!isMatch || isExpected, `${source} must not match ${JSON.stringify(given)}`)
    // Behind a gap the first place that fits is taken, so it may match less than an expression that tries all.
    invariant(isMatch || !isExpected || source.includes('.'), `${source} must match ${JSON.stringify(given)}`)
    if (!isMatch || pattern.words.length === 0) return
    matched += 1
    const small = given.toLowerCase()
    invariant(
      pattern.words.some((word) => small.includes(word)),
      `${source} needs none of its words`,
    )
  }
  fc.assert(
    fc.property(expression, line, (source, given) => {
      try {
        judge(source, given)
      } catch (error) {
        if (!isMusterError(error)) throw error
        invariant(error.code === 'OPTIONS_INVALID', 'a refusal is told by its code')
      }
    }),
    { numRuns: 2000, seed: 7 },
  )
  invariant(taken > 300 && matched > 20, 'enough was drawn that is taken, and that matches')
}

/** Expressions that can take more than linear time, or of which that cannot be told. */
const slow: readonly string[] = [
  ...['(a+)+$', '(?:a+){2,5}b', '(a|aa)+$', '(?:a*)*', '(a)\\1', 'a(?=b)', '(?<=a)b', '(?<!a)b'],
  ...['[^x]+[^y]+[^z]+end', '\\S+\\s*\\S+:\\S+:\\S+x', '(?:a?){20}b', '(?:\\w+\\s?){8}:'],
]

/** What is not linear-time is refused. */
export function refusesSlowOnes(compile: (source: string) => LinePattern): void {
  for (const source of slow) {
    let isRefused = false
    try {
      compile(source)
    } catch (error) {
      isRefused = isMusterError(error) && error.code === 'OPTIONS_INVALID'
    }
    invariant(isRefused, `${source} has to be refused`)
  }
}
