import { expect, test } from 'vitest'
import { formatClock, formatDuration, formatRange } from './format-time.ts'

test.each([
  [0, '0 ms'],
  [12.4, '12 ms'],
  [999.4, '999 ms'],
  [999.6, '1.0 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min 00 s'],
  [125_000, '2 min 05 s'],
  [3_599_600, '1 h 00 min'],
  [3_720_000, '1 h 02 min'],
  [3_760_000, '1 h 03 min'],
  [Infinity, 'unknown'],
  [-5, '0 ms'],
])('%s ms reads as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test('a clock keeps its width', () => {
  expect([0, 7_900, 65_000, 3_723_000].map(formatClock)).toEqual(['0:00', '0:07', '1:05', '1:02:03'])
})

test('a range that says nothing is left out', () => {
  expect(formatRange({ medianMs: 1500, p10Ms: 1000, p90Ms: 3000 })).toBe('1.5 s (1.0 s to 3.0 s)')
  expect(formatRange({ medianMs: 962, p10Ms: 962, p90Ms: 962.2 })).toBe('962 ms')
})
