// Proves the runner by the contract that every runner of Muster keeps, then runs it for real: in worker processes, with
// time limits, and a report that knows every case.
import { join } from 'node:path'
import { createOrchestrator, type AttemptResult, type Executor } from '@muster/core'
import { failureFromError } from '@muster/core/failure'
import { runnerContract, type RunnerSubject } from '@muster/core/testing'
import { createExecutor } from './sums-executor.ts'
import { sumsRunner } from './sums-runner.ts'

const here = import.meta.dirname
const executor: Executor = createExecutor()
const subject: RunnerSubject = {
  runner: sumsRunner(),
  root: join(here, 'trial'),
  env: {},
  tasks: {
    passing: { id: 'passing.sums', cases: [{ path: ['1 + 1 = 2'], results: ['passed'] }] },
    failing: {
      id: 'failing.sums',
      culprit: '1 + 1 is 2, not 3',
      cases: [
        { path: ['1 + 1 = 2'], results: ['passed'] },
        { path: ['1 + 1 = 3'], results: ['failed'] },
      ],
    },
    skipping: {
      id: 'skipping.sums',
      cases: [
        { path: ['1 + 1 = 2'], results: ['passed'] },
        { path: ['~1 + 1 = 3'], results: ['skipped'] },
      ],
    },
    empty: { id: 'empty.sums', cases: [] },
    broken: { id: 'broken.sums', cases: [], culprit: 'not a sum' },
  },
  // Sums cannot hang or crash; a runner whose tests can is tried in a process of its own.
  carryOut: (task, context) => executor.execute(task, context).catch(threw),
}

for (const { name, needs, run } of runnerContract) {
  if (needs.some((role) => subject.tasks[role] === undefined)) continue
  await run(subject)
  console.log(`kept: ${name}`)
}

await using muster = createOrchestrator({
  runners: [sumsRunner()],
  root: join(here, 'sums'),
  slots: 2,
  timeoutMs: 10_000,
})
const { tasks, cases, exit } = await muster.run().report
for (const { id, verdict } of tasks) {
  console.log(id, verdict?.kind, verdict?.kind === 'failed' ? verdict.failure?.message : '')
}
console.log(`${exit}: ${cases.passed} cases passed, ${cases.failed} failed, ${cases.skipped} skipped`)

/** A throw counts as a failed attempt, as it does in every engine. */
function threw(error: unknown): AttemptResult {
  return { outcome: { result: 'failed', durationMs: 0, failure: failureFromError(error) } }
}
