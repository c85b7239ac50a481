import { expect, test } from 'vitest'
import { countText } from './count-text.ts'

test('one is singular', () => {
  expect([countText(1, 'case'), countText(0, 'case'), countText(2, 'process', 'processes')]).toEqual([
    '1 case',
    '0 cases',
    '2 processes',
  ])
})
