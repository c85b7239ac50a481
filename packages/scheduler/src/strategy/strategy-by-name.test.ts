import { expect, test } from 'vitest'
import { strategyByName, strategyNames } from './strategy-by-name.ts'

test('every name makes a strategy that bears it', () => {
  expect(strategyNames).toEqual([
    'fifo',
    'longest-first',
    'largest-first',
    'hedged-longest-first',
    'critical-path-first',
    'resource-fit',
    'shortest-first',
    'priority-first',
    'likely-to-fail-first',
    'round-robin',
    'load-balanced',
    'performance-based',
    'hardware-match',
    'affinity',
    'seeded-shuffle',
    'backfill',
    'deadline',
    'least-slack',
    'deadline-aware',
  ])
  for (const name of strategyNames) expect(strategyByName(name).name.split(',')[0]).toBe(name)
})

test('a name that is nearly right is suggested', () => {
  expect(() => strategyByName('longest-frist')).toThrow('Did you mean longest-first?')
})

test('a name that is not near any lists them all', () => {
  expect(() => strategyByName('magic')).toThrow(
    'fifo, longest-first, largest-first, hedged-longest-first, critical-path-first, resource-fit, shortest-first, priority-first, likely-to-fail-first, round-robin, load-balanced, performance-based, hardware-match, affinity, seeded-shuffle, backfill, deadline, least-slack, deadline-aware, got "magic"',
  )
})

test('what every object inherits is not a strategy', () => {
  expect(() => strategyByName('constructor')).toThrow('OPTIONS_INVALID')
})
