// The same examples as of the command line's own durations: both say the same of one task.
import { expect, test } from 'vitest'
import { durationText } from './duration-text.ts'

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
  expect(durationText(ms)).toBe(text)
})
