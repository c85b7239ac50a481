import { expect, test } from 'vitest'
import { judgeOwner, type OwnerLife, type OwnerRecord, type Surroundings } from './judge-owner.ts'

const owner: OwnerRecord = {
  machine: 'boot 1',
  pid: 7,
  started: '100',
  leaseExpiresWallMs: 50_000,
  leaseExpiresBootMs: 9000,
}
const here: Surroundings = {
  machine: 'boot 1',
  pid: 8,
  wallNowMs: 49_000,
  bootNowMs: 8000,
  processOf: () => 'runs',
}
const hour = 3_600_000
const gone = (): 'gone' => 'gone'

test.each<[string, Partial<OwnerRecord>, Partial<Surroundings>, OwnerLife]>([
  ['whose process runs and whose lease lasts is alive', {}, {}, 'alive'],
  ['whose process is gone is dead though its lease lasts', {}, { processOf: gone }, 'dead'],
  ['whose process runs is alive though its lease is over', {}, { bootNowMs: 9000 }, 'alive'],
  ['whose process is stopped lives', {}, { processOf: () => 'stopped', bootNowMs: 9000 + hour }, 'stopped'],
  ['that may be another process of its number has its lease', { started: null }, { bootNowMs: 9000 }, 'dead'],
  ['within the process that asks has its lease', {}, { pid: 7, bootNowMs: 9000 }, 'dead'],
  ['within the process that asks lives with its lease', {}, { pid: 7 }, 'alive'],
  ['is not killed by a wall clock that jumps forward', {}, { pid: 7, wallNowMs: 49_000 + hour }, 'alive'],
  ['is not kept by a wall clock that jumps back', {}, { pid: 7, wallNowMs: 49_000 - hour, bootNowMs: 9001 }, 'dead'],
  ['on another machine lives as long as its lease', { machine: 'boot 2' }, { processOf: gone }, 'alive'],
  ['on another machine dies with its lease', { machine: 'boot 2' }, { wallNowMs: 50_000 }, 'dead'],
  [
    'of an earlier version lives as long as its lease',
    { machine: null, pid: null, leaseExpiresBootMs: null },
    {},
    'alive',
  ],
  ['on a machine without a clock of its boot is judged by the wall', {}, { pid: 7, bootNowMs: undefined }, 'alive'],
])('an owner %s', (_, changes, changesHere, life) => {
  expect(judgeOwner({ ...owner, ...changes }, { ...here, ...changesHere })).toBe(life)
})

test('a process is asked for by its number and its start', () => {
  const asked: unknown[] = []
  const processOf = (...process: unknown[]): 'runs' => {
    asked.push(process)
    return 'runs'
  }
  judgeOwner(owner, { ...here, processOf })
  expect(asked).toEqual([[7, '100']])
})
