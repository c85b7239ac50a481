import { tmpdir } from 'node:os'
import { test } from 'vitest'
import { defineExecutor } from '../run/define-executor.ts'
import { engineContract } from '../testing/engine-contract.ts'
import type { EngineSubject, TrialTask } from '../testing/engine-trial.ts'
import { inProcessEngine } from './in-process-engine.ts'

const scripted = defineExecutor<TrialTask>('scripted', (task, { log, progress, caseEnded, signal }) => {
  const does = task.payload
  switch (does.kind) {
    case 'pass':
      return does.output
    case 'fail':
      throw new Error(does.message)
    case 'report':
      caseEnded({ path: ['case'], result: 'passed', durationMs: 1 })
      progress(0.5, 'half')
      log(does.text)
      return undefined
    case 'wait':
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
        })
      })
    case 'ignore':
    case 'loop':
    case 'crash':
    case 'leave':
      return new Promise(() => undefined)
  }
})

const subject: EngineSubject = {
  create: () => inProcessEngine({ executors: [scripted], slots: 2, graceMs: 20 }),
  task: (id, does) => scripted.task({ id, payload: does }),
  root: tmpdir(),
}

test.each(engineContract.filter(({ needs }) => needs === undefined))('$name', ({ run }) => run(subject))
