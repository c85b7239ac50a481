import { expect, test } from 'vitest'
import { isOwnerAlive, type OwnerRecord, type Surroundings } from './judge-owner.ts'

const owner: OwnerRecord = {
  machine: 'boot 1',
  pid: 7,
  started: '100',
  leaseExpiresWallMs: 50_000,
  leaseExpiresBootMs: 9000,
}
const here: Surroundings = { machine: 'boot 1', wallNowMs: 49_000, bootNowMs: 8000, isRunning: () => true }
const hour = 3_600_000

test.each<[string, Partial<OwnerRecord>, Partial<Surroundings>, boolean]>([
  ['whose process runs and whose lease lasts is alive', {}, {}, true],
  ['whose process is gone is dead though its lease lasts', {}, { isRunning: () => false }, false],
  ['whose lease is over is dead though its process runs', {}, { bootNowMs: 9000 }, false],
  ['is not killed by a wall clock that jumps forward', {}, { wallNowMs: 49_000 + hour }, true],
  ['is not kept alive by a wall clock that jumps back', {}, { wallNowMs: 49_000 - hour, bootNowMs: 9001 }, false],
  ['on another machine lives as long as its lease', { machine: 'boot 2' }, { isRunning: () => false }, true],
  ['on another machine dies with its lease', { machine: 'boot 2' }, { wallNowMs: 50_000 }, false],
  [
    'of an earlier version lives as long as its lease',
    { machine: null, pid: null, leaseExpiresBootMs: null },
    {},
    true,
  ],
  ['on a machine without a clock of its boot is judged by the wall', {}, { bootNowMs: undefined }, true],
])('an owner %s', (_, changes, changesHere, isAlive) => {
  expect(isOwnerAlive({ ...owner, ...changes }, { ...here, ...changesHere })).toBe(isAlive)
})

test('a process is asked for by its number and its start', () => {
  const asked: unknown[] = []
  isOwnerAlive(owner, { ...here, isRunning: (...process) => asked.push(process) > 0 })
  expect(asked).toEqual([[7, '100']])
})
