import type { RunEvent } from '@muster/core'
import { expect, test } from 'vitest'
import { RunProgress } from '../progress/run-progress.ts'
import { lookOf } from '../terminal/look.ts'
import { plainEventLines } from './plain-lines.ts'

const look = lookOf({ colour: false, unicode: false })
const linesOf = (event: RunEvent): readonly string[] =>
  plainEventLines(event, new RunProgress({ tasks: [], facts: {} }), look)
const draining = { kind: 'run-draining', hard: false, position: 1, atMs: 1 } as const

test('what a key press was answered with at once is not said again', () => {
  for (const by of ['Ctrl-C', 'SIGTERM', 'SIGHUP']) expect(linesOf({ ...draining, by })).toEqual([])
})

test('an end that nobody pressed a key for is told', () => {
  expect(linesOf({ ...draining, by: 'max-failures' })).toEqual([
    'Ending the run (max-failures): nothing more is started, what runs may end.',
  ])
})

test('why a task is not tried again is told where its verdict does not say it', () => {
  const gaveUp = { kind: 'task-gave-up', task: 'a', n: 2, position: 1, atMs: 1 } as const
  expect(linesOf({ ...gaveUp, because: 'exhausted' })).toEqual([])
  expect(linesOf({ ...gaveUp, because: 'budget-spent' })).toEqual([expect.stringMatching(/^~ given up +a /)])
})

test('a log says what is held up and who is put out, and when it goes on', () => {
  const changed = { kind: 'breaker-changed', key: 'resource:payments', because: 'why', position: 1, atMs: 1 } as const
  expect(linesOf({ ...changed, state: 'open', untilMs: 900 })).toEqual(['Breaker of resource payments is open: why.'])
  expect(linesOf({ ...changed, state: 'half-open' })).toEqual([])
  expect(linesOf({ ...changed, state: 'closed' })).toEqual([
    'Breaker of resource payments lets everything through again: why.',
  ])
  const out = { kind: 'worker-quarantined', worker: 'w3', because: 'why', position: 1, atMs: 1 } as const
  expect(linesOf(out)).toEqual(['Worker w3 is given nothing more: why.'])
  expect(linesOf({ ...out, kind: 'quarantine-lifted' })).toEqual(['Worker w3 is given work again: why.'])
})
