// Whose a group is, told by its name alone.
import { expect, test } from 'vitest'
import { cgroupName, isCgroupOf, isOwnerDead, readCgroupName } from './cgroup-name.ts'

const of = { run: 'a run/with: anything', root: '/my project', epoch: 3, slot: 7 }

test.runIf(process.platform === 'linux')('a name says whose group it is, and that its owner lives', () => {
  const name = readCgroupName(cgroupName(of))
  expect(name).toMatchObject({ epoch: 3, slot: 7, pid: process.pid })
  if (name === undefined) return
  expect([isCgroupOf(name, of), isCgroupOf(name, { ...of, epoch: Infinity, slot: undefined })]).toEqual([true, true])
  const others = [{ run: 'other' }, { root: '/other' }, { epoch: 2 }, { slot: 8 }]
  for (const other of others) expect(isCgroupOf(name, { ...of, ...other })).toBe(false)
  expect(isOwnerDead(name)).toBe(false)
  // Its id was given to somebody else in the meantime.
  expect(isOwnerDead({ ...name, startedAt: '1' })).toBe(true)
  // Who lives elsewhere cannot be seen from here.
  expect(isOwnerDead({ ...name, startedAt: '1', namespace: '42' })).toBe(false)
})

test.each(['muster', 'muster-trial-7', 'user.slice', `muster-${'0'.repeat(24)}-1-2-3-4`, 'muster-x-1-2-3-4-5'])(
  '%s is none of ours',
  (name) => {
    expect(readCgroupName(name)).toBeUndefined()
  },
)
