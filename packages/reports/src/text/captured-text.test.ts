import { expect, test } from 'vitest'
import { capturedText } from './captured-text.ts'

test('what was left out is said between what was kept', () => {
  expect(capturedText({ head: 'first', tail: 'last', omittedBytes: 12 })).toBe('first\n… 12 bytes left out …\nlast')
  expect(capturedText({ head: 'all ', tail: 'of it', omittedBytes: 0 })).toBe('all of it')
  expect(capturedText({ head: '', tail: '', omittedBytes: 0 })).toBe('')
  expect(capturedText(undefined)).toBe('')
})
