import { expect, test } from 'vitest'
import { ManualClock } from '../../testing/manual-clock.ts'
import { PausableTimers } from './pausable-timers.ts'

test('what passes while they are paused does not count', () => {
  const clock = new ManualClock()
  const timers = new PausableTimers(clock)
  const due: string[] = []
  timers.after(100, () => due.push('before the pause'))
  clock.advance(60)
  timers.pause()
  timers.pause()
  timers.after(50, () => due.push('in the pause'))
  clock.advance(10_000)
  expect(due).toEqual([])
  timers.resume()
  timers.resume()
  clock.advance(39)
  expect(due).toEqual([])
  clock.advance(11)
  expect(due).toEqual(['before the pause', 'in the pause'])
})

test('it knows how long it was paused, while it is and after', () => {
  const clock = new ManualClock()
  const timers = new PausableTimers(clock)
  clock.advance(5)
  timers.pause()
  clock.advance(20)
  timers.pause()
  expect(timers.pausedMs).toBe(20)
  timers.resume()
  clock.advance(7)
  timers.resume()
  expect(timers.pausedMs).toBe(20)
  timers.pause()
  clock.advance(1)
  expect(timers.pausedMs).toBe(21)
})

test('cleared ones never come due, also when that was in a pause', () => {
  const clock = new ManualClock()
  const timers = new PausableTimers(clock)
  const due: string[] = []
  timers.after(100, () => due.push('cleared'))
  timers.pause()
  timers.clear()
  timers.resume()
  timers.after(100, () => due.push('new'))
  clock.advance(1000)
  expect(due).toEqual(['new'])
})
