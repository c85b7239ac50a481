// Which workers and breakers hold a run up, as its events tell it.
import type { RunEvent } from '@muster/core'
import { expect, test } from 'vitest'
import { RunProgress } from './run-progress.ts'

const at = { position: 1, atMs: 1 }
const worker = (id: string): RunEvent => ({
  kind: 'worker-joined',
  worker: { id, engine: 'local', kinds: ['k'], capacity: { slots: 2 } },
  ...at,
})
const breaker = (state: 'open' | 'half-open' | 'closed' | 'spent'): RunEvent => ({
  kind: 'breaker-changed',
  key: 'resource:payments',
  state,
  because: 'why',
  ...at,
})

function progressAfter(...events: readonly RunEvent[]): RunProgress {
  const progress = new RunProgress({ tasks: [], facts: {} })
  for (const event of [worker('w1'), worker('w2'), ...events]) progress.take(event)
  return progress
}

test('a worker that was put out is held back, offers no slots, and comes back when it is given work again', () => {
  const out = { kind: 'worker-quarantined', worker: 'w2', because: 'why', ...at } as const
  const held = progressAfter(out)
  expect(held.held.workers).toEqual(['w2'])
  expect(held.slots).toBe(2)
  const lifted = progressAfter(out, { ...out, kind: 'quarantine-lifted' })
  expect(lifted.held.workers).toEqual([])
  expect(lifted.slots).toBe(4)
  expect(progressAfter(out, { kind: 'worker-left', worker: 'w2', because: 'why', ...at }).held.workers).toEqual([])
  expect(progressAfter(out, worker('w2')).held.workers).toEqual([])
})

test('a breaker is held back while it is open or tried', () => {
  const states = (...events: readonly RunEvent[]): readonly string[] =>
    progressAfter(...events).held.breakers.map(({ key, state }) => `${key} ${state}`)
  expect(states(breaker('open'))).toEqual(['resource:payments open'])
  expect(states(breaker('open'), breaker('half-open'))).toEqual(['resource:payments half-open'])
  expect(states(breaker('open'), breaker('closed'))).toEqual([])
  expect(states(breaker('open'), breaker('spent'))).toEqual([])
})

test('a run that is resumed shows the breakers that are still open', () => {
  const progress = progressAfter()
  progress.recallBreakers([{ key: 'host:h', state: 'open', because: 'why', openings: 1 }])
  expect(progress.held.breakers).toEqual([{ key: 'host:h', state: 'open' }])
})
