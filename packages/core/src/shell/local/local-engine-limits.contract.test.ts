// What one attempt may use, held from outside: with real processes that use too much of it.
import { afterEach, describe, expect, test } from 'vitest'
import { LocalTrial, type Step } from './fixtures/local-trial.ts'
import type { LocalEngineOptions } from './local-engine.ts'

let trial: LocalTrial | undefined

async function open(options?: LocalEngineOptions): Promise<LocalTrial> {
  trial = new LocalTrial(options)
  await trial.attach()
  return trial
}

afterEach(async () => {
  expect(await trial?.close()).toEqual([])
})

const MiB = 1024 * 1024
/** By control groups where there are some, and by looking alone. */
const kept = ['auto', 'off'] as const
/** Two children that are busy without end, one of them as an orphan's child would be: out of the group. */
const busyChildren = `const { spawn } = require('child_process')
  spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore', detached: true })
  for (;;);`
const hungryChild = `const { spawn } = require('child_process')
  spawn(process.execPath, ['-e', ${JSON.stringify(`const kept = []; setInterval(() => kept.push(Buffer.alloc(4194304, 1)), 1)`)}],
    { stdio: 'ignore', detached: true })
  setInterval(() => {}, 1000)`

describe.runIf(process.platform === 'linux').each(kept)('a limit of memory, control groups %s', (cgroups) => {
  test.each<[string, Step]>([
    ['the agent', ['fill-memory']],
    ['a grandchild out of the group', ['run', hungryChild]],
  ])('ends an attempt in which %s takes more, by name; the next one is right', async (_, step) => {
    trial = await open({ cgroups, limits: { memoryBytes: 400 * MiB } })
    const over = await trial.outcome([['case', 'before'], step])
    expect(over).toMatchObject({ result: 'failed', failure: { category: 'resource', fault: 'test', transient: false } })
    expect(over.failure?.message).toMatch(
      /^Ended for its memory: used [\d.]+ (?:[MG]B|bytes), allowed (?:419 MB|419430400 bytes)$/,
    )
    expect(over.failure?.evidence[1]).toBe('limit of 419430400 bytes')
    expect(over.use?.maxRssBytes).toBeGreaterThan(400 * MiB)
    expect(over.cases).toMatchObject({ passed: 1 })
    expect(await trial.outcome([['return', 1]])).toMatchObject({ result: 'passed' })
  })

  test('is what the test is told that was killed for it, also where its runner saw a crash', async () => {
    trial = await open({ cgroups, limits: { memoryBytes: 400 * MiB } })
    const { outcome, details } = await trial.ended([['case', 'before'], ['case-that-crashed', 'eats'], ['fill-memory']])
    expect(outcome.failure).toMatchObject({ category: 'resource', rule: 'signals/limit' })
    expect(details?.cases.map(({ path, failure }) => [path[0], failure?.rule])).toEqual([
      ['before', undefined],
      ['eats', 'signals/limit'],
    ])
  })

  test("of a task goes before the engine's, and what stays below it passes with what it used", async () => {
    trial = await open({ cgroups, limits: { memoryBytes: 100 * MiB } })
    const { result, use } = await trial.outcome([['hold-memory', 200 * MiB]], { limits: { memoryBytes: 1000 * MiB } })
    expect(result).toBe('passed')
    expect(use?.maxRssBytes).toBeGreaterThan(200 * MiB)
  })
})

describe.runIf(process.platform === 'linux').each(kept)('a limit of processor time, control groups %s', (cgroups) => {
  test.each<[string, Step]>([
    ['an endless loop', ['loop']],
    ['children that left the group', ['run', busyChildren]],
  ])('ends %s by name; the next attempt is right', async (_, step) => {
    trial = await open({ cgroups, limits: { cpuMs: 400 } })
    const { result, failure, use } = await trial.outcome([step])
    expect([result, failure?.category]).toEqual(['failed', 'resource'])
    expect(failure?.message).toMatch(/^Ended for its processor time: used [\d.]+ m?s, allowed 400 ms$/)
    expect(use?.cpuMs).toBeGreaterThan(400)
    expect((await trial.outcome([['return', 1]])).result).toBe('passed')
  })

  test('counts for each attempt anew, however long the warm process has served', async () => {
    trial = await open({ cgroups, limits: { cpuMs: 600 } })
    const burn: Step = ['burn', 300]
    for (let at = 0; at < 4; at += 1) expect((await trial.outcome([burn])).result).toBe('passed')
  })
})

describe('a limit of output', () => {
  test('ends an attempt that prints without end, and keeps what it printed first and last', async () => {
    trial = await open({ limits: { outputBytes: 5 * MiB } })
    const { outcome, details } = await trial.ended([['print-for-ever']])
    expect(outcome).toMatchObject({ result: 'failed', failure: { category: 'resource' } })
    expect(outcome.failure?.message).toMatch(
      /^Ended for its output: used [\d.]+ (?:[MG]B|bytes), allowed (?:5\.2 MB|5242880 bytes)$/,
    )
    expect(details?.stdout?.head).toHaveLength(65_536)
    expect((await trial.outcome([['return', 1]])).result).toBe('passed')
  })

  test('counts what a command prints, too', async () => {
    trial = await open({ limits: { outputBytes: 1000 } })
    const { result, failure } = await trial.outcome([['run', 'console.log("x".repeat(2000))']])
    expect([result, failure?.category]).toEqual(['failed', 'resource'])
  })
})

describe('a warm process is replaced by a fresh one', () => {
  async function pids(options: LocalEngineOptions, count: number, before: readonly Step[] = []): Promise<unknown[]> {
    trial = await open(options)
    const seen: unknown[] = []
    for (let at = 0; at < count; at += 1) {
      const { result, output } = await trial.outcome([...before, ['pid']])
      expect(result).toBe('passed')
      seen.push(output)
    }
    expect(trial.warnings).toEqual([])
    return seen
  }

  test('after so many attempts', async () => {
    const seen = await pids({ recycle: { afterAttempts: 2 } }, 6)
    expect(seen[0]).toBe(seen[1])
    expect(seen[2]).toBe(seen[3])
    expect(new Set(seen).size).toBe(3)
  })

  test('when it is old', async () => {
    expect(new Set(await pids({ recycle: { afterMs: 1 } }, 3)).size).toBe(3)
  })

  test.runIf(process.platform === 'linux')('when it holds too much memory', async () => {
    const seen = await pids({ recycle: { aboveMemoryBytes: 300 * MiB } }, 6, [['hold-memory', 120 * MiB]])
    expect(new Set(seen).size).toBeGreaterThan(1)
    expect(new Set(seen).size).toBeLessThan(6)
  })

  test('also one that does not want to go, and an attempt that waits for that can be cancelled', async () => {
    trial = await open({ recycle: { afterAttempts: 1 } })
    await trial.outcome([['ignore-sigterm'], ['busy-at-exit']])
    const { task, over } = trial.launch([['wait']])
    trial.engine.cancel({ run: trial.run, task, n: 1 }, 'not wanted')
    expect(await over).toMatchObject({ kind: 'attempt-ended', outcome: { result: 'cancelled' } })
    expect((await trial.outcome([['return', 1]])).result).toBe('passed')
  })
})

describe('an attempt that asks for a process of its own', () => {
  test('gets one in which nothing ran before, and later ones keep that warm', async () => {
    const opened = await open()
    trial = opened
    const pid = async (process?: 'fresh'): Promise<unknown> => (await opened.outcome([['pid']], { process })).output
    const first = await pid()
    expect(await pid()).toBe(first)
    const second = await pid('fresh')
    expect(second).not.toBe(first)
    expect(await pid()).toBe(second)
  })

  test('gets one that is told to use no cache, and those after it have caches again', async () => {
    const opened = await open()
    trial = opened
    const caches = async (process?: 'fresh-without-cache'): Promise<unknown> => {
      const { output } = await opened.outcome([['environment', 'agent']], { process })
      const env = new Map(Object.entries(output ?? {}))
      return [env.get('MUSTER_CACHE'), env.get('NODE_DISABLE_COMPILE_CACHE')]
    }
    expect([await caches(), await caches('fresh-without-cache'), await caches()]).toEqual([
      [undefined, undefined],
      ['off', '1'],
      [undefined, undefined],
    ])
  })
})

describe('a soft time limit', () => {
  test('names an endless loop with its place, and the hard one ends it with that as evidence', async () => {
    trial = await open()
    const { result, failure } = await trial.outcome([['loop']], { timeoutMs: 2500, limits: { softTimeoutMs: 100 } })
    expect(result).toBe('timed-out')
    const place = /busy in carryOut \(file:.*scripted-executor\.ts:\d+:\d+\)/
    expect(failure?.evidence.at(-1)).toMatch(place)
    expect(trial.warnings).toHaveLength(1)
    expect(trial.warnings[0]).toMatch(/^task 1: still running after its soft time limit of 100 ms; /)
    expect(trial.warnings[0]).toMatch(place)
  })

  test('names the command that an attempt waits for; the attempt goes on and passes', async () => {
    trial = await open()
    const { over } = trial.launch([['run', 'setTimeout(() => {}, 1500)']], { limits: { softTimeoutMs: 100 } })
    expect(await over).toMatchObject({ kind: 'attempt-ended', outcome: { result: 'passed' } })
    expect(trial.warnings).toHaveLength(1)
    expect(trial.warnings[0]).toContain('its process waits; it has started ')
    expect(trial.warnings[0]).toContain('-e setTimeout(() => {}, 1500)')
  })

  test.runIf(process.platform === 'linux')('names the process at work, where the own one waits for it', async () => {
    trial = await open()
    const limits = { softTimeoutMs: 500 }
    const { result, failure } = await trial.outcome([['run', 'for (;;);']], { timeoutMs: 4000, limits })
    expect(trial.warnings[0]).toMatch(
      /busy in a process that it has started: .* -e for \(;;\); \(\d+, \d+ % of a core\)/,
    )
    expect(trial.warnings[0]).not.toContain('waits')
    expect([result, failure?.message]).toEqual(['timed-out', expect.stringContaining('; seen before: still running')])
  })

  test('says nothing of an attempt that is over before', async () => {
    trial = await open()
    for (let at = 0; at < 3; at += 1) await trial.outcome([['return', 1]], { limits: { softTimeoutMs: 60_000 } })
    expect(trial.warnings).toEqual([])
  })
})
