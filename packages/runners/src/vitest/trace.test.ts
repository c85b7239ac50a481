import { expect, test } from 'vitest'
import { readTrace } from './trace.ts'

const lines = (...told: readonly object[]) => told.map((line) => `${JSON.stringify(line)}\n`).join('')

test('a test is open from its beginning to its end, and the longest limit of the open ones counts', () => {
  const text = lines(
    { kind: 'loaded', pid: 7, isThread: false },
    { kind: 'began', id: 'a', timeoutMs: 100, atMs: 1000 },
    { kind: 'began', id: 'b', timeoutMs: 300, atMs: 1200.5 },
    { kind: 'ended', id: 'a', passed: true },
    { kind: 'beat' },
  )
  expect(readTrace(text)).toEqual({
    open: ['b'],
    beganAtMs: new Map([['b', 1200.5]]),
    openLimitMs: 300,
    lines: 5,
    ended: new Map([['a', true]]),
    errors: new Map(),
    declared: [],
    struck: undefined,
    pids: [7],
  })
})

test('a test without a limit may take for ever', () => {
  expect(readTrace(lines({ kind: 'began', id: 'a', timeoutMs: null, atMs: 0 })).openLimitMs).toBe(Infinity)
})

test('threads of our own process are no processes, and what is cut off or strange is no line', () => {
  const text = `${lines({ kind: 'loaded', pid: 7, isThread: true }, { kind: 'began', id: 1 }, { kind: 'x' })}{"kind":"beg`
  expect(readTrace(text)).toEqual({
    open: [],
    beganAtMs: new Map(),
    openLimitMs: 0,
    lines: 1,
    ended: new Map(),
    errors: new Map(),
    declared: [],
    struck: undefined,
    pids: [],
  })
})

test('what a test does after it has cut its process off was heard by nobody', () => {
  const text = lines(
    { kind: 'declared', tests: [{ id: 'a', path: ['s', 'a'], lines: [2, 1] }] },
    { kind: 'began', id: 'a', timeoutMs: 100, atMs: 1000 },
    { kind: 'struck', how: 'process.kill()' },
    { kind: 'ended', id: 'a', passed: true },
    { kind: 'began', id: 'b', timeoutMs: 100, atMs: 1001 },
  )
  const { struck, ended, declared } = readTrace(text)
  expect(struck).toEqual({ open: ['a'], how: 'process.kill()' })
  expect([...ended]).toEqual([])
  expect(declared).toEqual([{ id: 'a', path: ['s', 'a'], lines: [2, 1] }])
})

test('another round forgets how the one before it stood, and not what is declared', () => {
  const text = lines(
    { kind: 'declared', tests: [{ id: 'a', path: ['a'], lines: [] }] },
    { kind: 'began', id: 'a', timeoutMs: 100, atMs: 1000 },
    { kind: 'round' },
  )
  expect(readTrace(text)).toMatchObject({ open: [], declared: [{ id: 'a' }] })
})
