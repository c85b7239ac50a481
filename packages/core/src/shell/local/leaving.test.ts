import { expect, test } from 'vitest'
import { Leaving, longestLeaveMs } from './leaving.ts'
import type { Member } from './slot-members.ts'

function member(pid: number, more: Partial<Member> = {}): Member {
  return { pid, isOfAttempt: true, isOrphan: false, startedAt: '1', isEnding: false, ...more }
}

/** What one look after the other finds; the last one goes on for ever. */
function looks(...found: readonly (readonly Member[])[]): () => readonly Member[] {
  let at = 0
  return () => found[Math.min(at++, found.length - 1)] ?? []
}

test('who is on its way out is said to be, and everybody else is told', () => {
  const found = [member(7, { isEnding: true }), member(8)]
  expect(new Leaving().judge(looks(found), 0)).toEqual(found)
})

test('whoever it started just before is found', () => {
  const found = new Leaving().judge(looks([member(7, { isEnding: true })], [member(8)]), 0)
  expect(found).toEqual([member(8)])
})

test('where somebody new is on its way out at each look, it is not believed', () => {
  let pid = 7
  const found = new Leaving().judge(() => [member((pid += 1), { isEnding: true })], 0)
  expect(found).toEqual([member(10)])
})

test('one that takes too long is left over, by its id and its start', () => {
  const leaving = new Leaving()
  const stuck = member(7, { isEnding: true })
  expect(leaving.judge(looks([stuck]), 0)).toEqual([stuck])
  expect(leaving.judge(looks([stuck]), longestLeaveMs)).toEqual([stuck])
  expect(leaving.judge(looks([stuck]), longestLeaveMs + 1)).toEqual([member(7)])
  const another = member(7, { isEnding: true, startedAt: '2' })
  expect(leaving.judge(looks([another]), longestLeaveMs + 2)).toEqual([another])
})
