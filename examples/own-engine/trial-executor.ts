// The executor that the contract tries the engine with: it does what each trial task says.
import type { AttemptResult, Executor } from '@muster/core'
import type { TrialTask } from '@muster/core/testing'

export function createExecutor(): Executor<TrialTask> {
  return {
    kind: 'trial',
    async execute({ payload: does }, { log, progress, caseEnded }) {
      switch (does.kind) {
        case 'pass':
          return passed(does.output)
        case 'fail':
          throw new Error(does.message)
        case 'report':
          caseEnded({ path: ['a case'], result: 'passed', durationMs: 1 })
          progress(0.5, 'half')
          log(does.text)
          return passed()
        case 'loop':
          for (;;);
        case 'crash':
          return process.exit(7)
        case 'wait':
        case 'ignore':
        case 'leave':
          return new Promise(() => undefined)
      }
    },
  }
}

function passed(output?: unknown): AttemptResult {
  return { outcome: { result: 'passed', durationMs: 0, output } }
}
