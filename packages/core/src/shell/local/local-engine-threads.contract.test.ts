// Attempts in worker threads: the same contract, a fresh thread for each attempt, and the same process.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { LocalTrial, localSubject, provenContract, scriptedModule, type Step } from './fixtures/local-trial.ts'
import type { LocalEngineOptions } from './local-engine.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'muster threads-')))
afterAll(() => {
  rmSync(root, { recursive: true })
})

const options: LocalEngineOptions = {
  executors: {
    scripted: { module: scriptedModule, options: {}, allowsThreads: true },
    alone: { module: scriptedModule, options: {} },
  },
  isolation: 'thread',
}

describe('the contract of engines', () => {
  const subject = localSubject(root, options)
  test.each(provenContract)('$name', ({ run }) => run(subject))
})

async function on(run: (trial: LocalTrial) => Promise<void>): Promise<void> {
  const trial = new LocalTrial(options)
  try {
    await trial.attach()
    await run(trial)
  } finally {
    expect(await trial.close()).toEqual([])
  }
}

const remember: readonly Step[] = [['remember', 1]]

test('what an attempt leaves in globals is gone with its thread, and the process stays warm', () =>
  on(async (trial) => {
    const pids = new Set<unknown>()
    for (let at = 0; at < 3; at += 1) {
      expect((await trial.outcome(remember)).output).toBe(1)
      pids.add((await trial.outcome([['pid']])).output)
    }
    expect(pids.size).toBe(1)
  }))

test('an executor that does not allow threads runs in the process itself', () =>
  on(async (trial) => {
    const kind = 'alone'
    expect((await trial.outcome(remember, { kind })).output).toBe(1)
    expect((await trial.outcome(remember, { kind })).output).toBe(2)
    expect(trial.warnings).toEqual([
      'Isolation "thread" has no effect on tasks of kind "alone": its executor does not allow threads, so they run in processes.',
    ])
  }))

test.each<[string, Step, string]>([
  ['calls process.exit(0)', ['exit', 0], 'exit code 0'],
  ['calls process.exit(3)', ['exit', 3], 'exit code 3'],
  ['kills its process', ['kill', 'SIGKILL'], 'signal SIGKILL'],
])('a test that %s is a crash by name, and the next one is right', (_, step, evidence) =>
  on(async (trial) => {
    const { outcome, details } = await trial.ended([['print', 'before'], ['case', 'a case'], step])
    expect(outcome).toMatchObject({ result: 'failed', failure: { category: 'process-crash', evidence: [evidence] } })
    expect(details?.cases).toMatchObject([{ path: ['a case'] }])
    expect((await trial.outcome([['return', 1]])).result).toBe('passed')
  }),
)

test('an error that nobody catches is the failure', () =>
  on(async (trial) => {
    expect(await trial.outcome([['throw-later', 'thrown late']])).toMatchObject({
      result: 'failed',
      failure: { errorName: 'RangeError', message: 'thrown late' },
    })
    expect((await trial.outcome([['return', 1]])).result).toBe('passed')
  }))

test('what it prints comes with its own attempt', () =>
  on(async (trial) => {
    const { details } = await trial.ended([['print-much', 1024]])
    expect(details?.stdout?.omittedBytes).toBe(1_048_576 - 131_072)
    expect((await trial.ended([['return', 1]])).details).toBeUndefined()
  }))
