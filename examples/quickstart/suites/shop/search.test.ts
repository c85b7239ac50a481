import { beforeAll, describe, expect, test } from 'vitest'
import { SearchIndex } from '../../src/search.ts'

describe('search over 50,000 articles', () => {
  const index = new SearchIndex()
  beforeAll(() => {
    for (let i = 0; i < 50_000; i++) index.add(`article-${i}`, `Article ${i} of colour ${i % 7} and size ${i % 11}`)
  })
  test('finds one by its number', () => {
    expect(index.find('article 31415')).toContain('article-31415')
  })
  test('finds all that have both words', () => {
    const found = index.find('colour 3 size 5')
    expect(found.length).toBeGreaterThan(0)
  })
  test('finds nothing where there is nothing', () => {
    expect(index.find('unicorn')).toEqual([])
  })
})
