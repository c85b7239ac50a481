import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, test } from 'vitest'
import { engineContract } from '../../testing/engine-contract.ts'
import type { EngineSubject, TrialTask } from '../../testing/engine-trial.ts'
import { localEngine } from './local-engine.ts'
import { readProcess } from './process-table.ts'
import { findRunProcesses } from './run-processes.ts'

// A path with a space and letters beyond ASCII: nothing here may mind.
const root = realpathSync(mkdtempSync(join(tmpdir(), 'müster engine-')))
afterAll(() => {
  rmSync(root, { recursive: true })
})

const module = new URL('./fixtures/scripted-executor.ts', import.meta.url).href

const subject: EngineSubject = {
  create: () => localEngine({ executors: { scripted: { module, options: {} } }, slots: 2, graceMs: 200 }),
  task: (id, does) => ({ id, kind: 'scripted', payload: { steps: stepsOf(does) } }),
  root,
  processes: {
    ofRun: (run) => findRunProcesses({ run, root, epoch: Infinity }),
    isAlive: (pid) => readProcess(pid) !== undefined,
  },
}

function stepsOf(does: TrialTask): readonly (readonly [string, unknown?])[] {
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

test.each(engineContract)('$name', ({ run }) => run(subject))
