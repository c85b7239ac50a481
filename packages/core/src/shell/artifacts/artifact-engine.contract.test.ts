// An engine that keeps artifacts is an engine like any other, whichever one is inside; and what a test leaves behind is kept
// also where its process did not survive it.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { engineContract } from '../../testing/engine-contract.ts'
import type { EngineSubject } from '../../testing/engine-trial.ts'
import { localEngine } from '../local/local-engine.ts'
import { readProcess } from '../local/process-table.ts'
import { findRunProcesses } from '../local/run-processes.ts'
import { createOrchestrator } from '../orchestrator.ts'
import { artifactEngine } from './artifact-engine.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'muster-kept-')))
afterAll(() => {
  rmSync(root, { recursive: true })
})

const scripted = new URL('../local/fixtures/scripted-executor.ts', import.meta.url).href
const writing = new URL('./fixtures/writing-executor.ts', import.meta.url).href
const settings = { dir: join(root, 'kept'), maxFiles: 10, maxBytes: 1000 }

const subject: EngineSubject = {
  create: () =>
    artifactEngine(
      localEngine({ executors: { scripted: { module: scripted, options: {} } }, slots: 2, graceMs: 200 }),
      settings,
    ),
  task: (id, does) => ({ id, kind: 'scripted', payload: { steps: stepsOf(does) } }),
  root,
  processes: {
    ofRun: (run) => findRunProcesses({ run, root, epoch: Infinity }),
    isAlive: (pid) => readProcess(pid) !== undefined,
  },
}

function stepsOf(does: Parameters<EngineSubject['task']>[1]): readonly (readonly [string, unknown?])[] {
  switch (does.kind) {
    case 'pass':
      return [['return', does.output]]
    case 'fail':
      return [['throw', does.message]]
    case 'report':
      return [
        ['case', 'case'],
        ['progress', 0.5],
        ['log', does.text],
      ]
    case 'wait':
      return [['wait']]
    case 'ignore':
      return [['hang']]
    case 'loop':
      return [['loop']]
    case 'crash':
      return [['kill', 'SIGSEGV']]
    case 'leave':
      return [['leave', 'setsid']]
  }
}

describe('the contract of engines', () => {
  test.each(engineContract.filter(({ needs }) => needs !== 'limits'))('$name', ({ run }) => run(subject))
})

test('files are kept of attempts that passed, killed their process, or looped until they were killed', async () => {
  const executors = { writing: { module: writing, options: {} } }
  await using muster = createOrchestrator({
    engines: [localEngine({ executors, slots: 2, graceMs: 200 })],
    root,
    artifacts: { dir: 'kept' },
  })
  const tasks = (['pass', 'crash', 'loop'] as const).map((then) => ({
    id: then,
    kind: 'writing',
    payload: { then },
    ...(then === 'loop' ? { timeoutMs: 2000 } : {}),
  }))
  const report = await muster.run({ tasks }).report
  expect(report.tasks.map(({ id, verdict }) => [id, verdict?.kind])).toEqual([
    ['pass', 'passed'],
    ['crash', 'failed'],
    ['loop', 'timed-out'],
  ])
  for (const { attempts } of report.tasks) {
    const kept = attempts.flatMap(({ ending }) => (ending.kind === 'ended' ? (ending.outcome.artifacts ?? []) : []))
    expect(kept.map(({ name }) => name)).toEqual(['child.txt', 'own.txt'])
  }
})
