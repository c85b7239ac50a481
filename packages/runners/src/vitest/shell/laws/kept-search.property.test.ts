import { expect, test } from 'vitest'
import { SearchCache } from '../search-cache.ts'
import { givesWhatVitestWould } from './kept-search-law.ts'

test('an answer that is given again is the one that Vitest would give, whatever has happened', () => {
  expect(givesWhatVitestWould(SearchCache, { numRuns: 100 })).toBeGreaterThan(40)
})
