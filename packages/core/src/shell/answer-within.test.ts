import { expect, test } from 'vitest'
import type { Clock } from '../ports/clock.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { answerWithin } from './answer-within.ts'

const what = 'the engine far to attach'
const never = new Promise<never>(() => undefined)

test('who is silent for longer than the limit is named', async () => {
  const clock = new ManualClock()
  const answer = answerWithin(never, { clock, limitMs: 100, what, code: 'ENGINE_FAILED' })
  clock.advance(100)
  await expect(answer).rejects.toThrow('ENGINE_FAILED: expected the engine far to attach, got no answer for 100 ms')
})

test('an answer leaves no wait behind', async () => {
  const clock = new ManualClock()
  expect(await answerWithin(Promise.resolve(7), { clock, limitMs: 100, what })).toBe(7)
  expect(clock.pending).toBe(0)
})

test('a machine that slept gives whoever is asked the whole time again', async () => {
  const due: (() => void)[] = []
  let nowMs = 0
  const sleeping: Clock = {
    now: () => nowMs,
    wallNow: () => nowMs,
    after: (_, then) => {
      due.push(then)
      return () => undefined
    },
  }
  const answer = answerWithin(never, { clock: sleeping, limitMs: 100, what })
  nowMs = 3_600_000
  due[0]?.()
  expect(due).toHaveLength(2)
  nowMs += 100
  due[1]?.()
  await expect(answer).rejects.toThrow('no answer for 100 ms')
})
