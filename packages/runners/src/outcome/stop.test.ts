// What is said of an attempt that was stopped: what ran, for how long, and whose limit that was.
import { expect, test } from 'vitest'
import { failureOfStop } from './stop.ts'

const loops = { path: ['s', 'loops'], result: 'timed-out' as const, durationMs: 2000.4 }

test('what ran out of time says what it ran, for how long, and the limit where it was one of the runner', () => {
  const { message, suggestion } = failureOfStop('timed-out', 'a.test.js', [loops], 300)
  expect(message).toBe(
    'a.test.js: out of time while it ran "s > loops", which had begun 2000 ms before; the runner gives it 300 ms, and it blocked its process',
  )
  expect(suggestion).toContain('raise its limit')
})

test('how long it took makes no other cause of it', () => {
  const quicker = failureOfStop('timed-out', 'a.test.js', [{ ...loops, durationMs: 7 }], 100)
  expect(quicker.fingerprint).toBe(failureOfStop('timed-out', 'a.test.js', [loops]).fingerprint)
})
