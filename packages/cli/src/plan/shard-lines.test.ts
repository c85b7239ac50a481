import { partitionTests } from '@muster/scheduler'
import { expect, test } from 'vitest'
import { shardLines } from './shard-lines.ts'

const tests = [{ id: 'a', expectedMs: 2000 }, { id: 'b', expectedMs: 1000 }, { id: 'c', expectedMs: 1000 }, { id: 'd' }]
const split = partitionTests(tests, { shards: 2 })

test('one shard is its ids, and all shards together are the whole', () => {
  expect([...shardLines(split, 1), ...shardLines(split, 2)].toSorted()).toEqual(['a', 'b', 'c', 'd'])
})

test('all shards are told with what they take, and what was guessed', () => {
  expect(shardLines(split, undefined)).toEqual([
    '1  2 tasks  expected 3.0 s  nine of ten times below 4.0 s',
    '2  2 tasks  expected 2.0 s  nine of ten times below 2.0 s',
    'The longest is 1.20 of the mean; 1 duration is estimated.',
  ])
})

test('a shard that is not there is refused', () => {
  expect(() => shardLines(split, 3)).toThrow('from 1 to 2')
})
