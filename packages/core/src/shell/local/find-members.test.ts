import { describe, expect, test } from 'vitest'
import { belongs, withDescendants } from './find-members.ts'
import type { ProcessFacts } from './process-table.ts'

function process(pid: number, parent: number, run?: string): ProcessFacts {
  const marks = run === undefined ? undefined : { run, root: '/', epoch: 1, slot: '0', attempt: undefined }
  return { pid, parent, startedAt: '1', marks, isJudged: true, isEnding: false }
}

const isOfRun = ({ marks }: ProcessFacts): boolean => belongs(marks, { run: 'r', root: '/', epoch: 1 })

describe('withDescendants', () => {
  test('finds the marked and all that descends from them, in whatever order they are listed', () => {
    const table = [
      process(5, 4),
      process(4, 3),
      process(3, 1, 'r'),
      process(6, 1),
      process(7, 6),
      process(8, 1, 'other'),
    ]
    expect(withDescendants(table, isOfRun, new Set()).map(({ pid }) => pid)).toEqual([3, 4, 5])
    expect(withDescendants(table.toReversed(), isOfRun, new Set()).map(({ pid }) => pid)).toEqual([3, 4, 5])
  })

  test('finds what descends from known ancestors that are not listed', () => {
    expect(withDescendants([process(5, 4), process(6, 1)], isOfRun, new Set([4])).map(({ pid }) => pid)).toEqual([5])
  })
})

test('markers of another root, run or slot are those of others, and so are those of a later owner', () => {
  const marks = { run: 'r', root: '/', epoch: 2, slot: '1', attempt: undefined }
  const to = { run: 'r', root: '/', epoch: 2 }
  expect(belongs(marks, to)).toBe(true)
  expect(belongs(marks, { ...to, slot: 1 })).toBe(true)
  expect(belongs(marks, { ...to, slot: 2 })).toBe(false)
  expect(belongs(marks, { ...to, root: '/elsewhere' })).toBe(false)
  expect(belongs(marks, { ...to, run: 's' })).toBe(false)
  expect(belongs(marks, { ...to, epoch: 3 })).toBe(true)
  expect(belongs(marks, { ...to, epoch: 1 })).toBe(false)
  expect(belongs(undefined, to)).toBe(false)
})
