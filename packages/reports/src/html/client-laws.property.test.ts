// The laws of what the page works out without a document, of the page as it is.
import { expect, test } from 'vitest'
import { CaseSearch, wordsOf } from './client/case-search.ts'
import { decodeRuns } from './client/decode-runs.ts'
import { panned, zoomed } from './client/time-scale.ts'
import { runsComeBack, scaleStaysInRun, searchFindsWhatFits } from './laws/client-laws.ts'
import { runLengths } from './run-lengths.ts'

test('search finds the cases that hold every word and none that is forbidden, whatever was asked before', () => {
  searchFindsWhatFits((cases) => new CaseSearch(cases))
})

test('a query is words, and what stands in quotes is one', () => {
  expect(wordsOf('  Cart "two words" -not -"not these" - " ')).toEqual(['cart', 'two words', '-not', '-not these'])
})

test('a column in runs comes back as it was', () => {
  runsComeBack(runLengths, decodeRuns)
})

test('zooming holds the time under the pointer where the run allows it, and never leaves the run', () => {
  scaleStaysInRun({ zoomed, panned })
})
