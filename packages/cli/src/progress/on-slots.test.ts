// Attempts that wait with their worker are not shown as running.
import { expect, test } from 'vitest'
import { onSlots } from './on-slots.ts'

const slotsOf = (worker: string): number | undefined => (worker === 'gone' ? undefined : 2)

test('what was taken ahead is left out until a slot is free for it', () => {
  const first = { worker: 'a', hasBegun: true }
  const second = { worker: 'a', hasBegun: true }
  const third = { worker: 'a', hasBegun: false }
  const other = { worker: 'b', hasBegun: false }
  expect(onSlots([first, second, third, other], slotsOf)).toEqual([first, second, other])
  expect(onSlots([second, third, other], slotsOf)).toEqual([second, third, other])
})

test('one that begins out of turn leaves its place to nobody', () => {
  const waiting = { worker: 'a', hasBegun: false }
  const next = { worker: 'a', hasBegun: false }
  const begun = { worker: 'a', hasBegun: true }
  expect(onSlots([waiting, next, begun], slotsOf)).toEqual([waiting, begun])
})

test('a worker that nobody knows any more hides nothing', () => {
  const left = [1, 2, 3].map(() => ({ worker: 'gone', hasBegun: false }))
  expect(onSlots(left, slotsOf)).toEqual(left)
})
