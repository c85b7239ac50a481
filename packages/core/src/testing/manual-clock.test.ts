import { expect, test } from 'vitest'
import { ManualClock } from './manual-clock.ts'

test('waits come due in order, at their own time, and may ask for more', () => {
  const clock = new ManualClock(1000)
  const seen: string[] = []
  const note = (name: string) => () => seen.push(`${name}@${clock.now()}`)
  clock.after(20, note('late'))
  clock.after(10, note('early'))
  clock.after(10, () => {
    note('second')()
    clock.after(5, note('nested'))
  })
  const cancel = clock.after(11, note('never'))
  cancel()
  cancel()
  expect(clock.nextInMs).toBe(10)
  clock.advance(15)
  expect(seen).toEqual(['early@10', 'second@10', 'nested@15'])
  expect(clock.pending).toBe(1)
  clock.jumpWall(-5000)
  expect([clock.now(), clock.wallNow()]).toEqual([15, -3985])
})
