// Planted faults in how patterns are compiled: the laws must notice every one of them.
import { expect, test } from 'vitest'
import { linePattern, type LinePattern } from '../index.ts'
import { provenPattern } from '../patterns/line-pattern.ts'
import { answersAsExpressions, refusesSlowOnes } from './pattern-laws.ts'

const answering = (source: string, matches: (line: string, ours: boolean) => boolean): LinePattern => {
  const ours = linePattern(source)
  return { ...ours, matches: (line) => matches(line, ours.matches(line)) }
}

const wrong: Readonly<Record<string, (source: string) => LinePattern>> = {
  'matches everything': (source) => answering(source, () => true),
  'matches nothing': (source) => answering(source, () => false),
  'forgets where a line begins': (source) => linePattern(source.replaceAll('^', '')),
  'forgets one way to match': (source) => linePattern(source.replace(/\|.*/, '')),
  'needs a word that is not there': (source) => ({ ...linePattern(source), words: ['nowhere'] }),
}
test.each(Object.keys(wrong))('a pattern that %s is noticed', (fault) => {
  expect(() => {
    answersAsExpressions(wrong[fault] ?? linePattern)
  }).toThrow()
})

test('a compiler that weighs nothing is noticed', () => {
  expect(() => {
    refusesSlowOnes(provenPattern)
  }).toThrow()
})
