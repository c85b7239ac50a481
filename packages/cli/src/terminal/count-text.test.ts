import { expect, test } from 'vitest'
import { countText } from './count-text.ts'

test('one is singular', () => {
  expect([countText(1, 'task'), countText(0, 'task'), countText(12_345, 'entry', 'entries')]).toEqual([
    '1 task',
    '0 tasks',
    '12,345 entries',
  ])
})
