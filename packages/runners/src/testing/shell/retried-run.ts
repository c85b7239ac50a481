// A run of one file that is tried again, with the real kernel and the real runner: what each attempt ran is known from a file
// into which every test writes its name, since what a report says is what is being tried.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createOrchestrator } from '@muster/core'
import type { Executor, RunReport, TaskDefinition } from '@muster/core'
import type { RetryOptions } from '@muster/core/retry'

/** What came of it. */
export interface RetriedRun {
  readonly report: RunReport
  /** Names that the tests wrote, in the order in which they ran. */
  readonly witness: readonly string[]
  /** What each retry said that it would run again, such as `2 of 20`; `all` where it was everything. */
  readonly retries: readonly string[]
}

/** Runs `tasks` in `root`, whose tests write into `witness.txt` there. */
export async function retriedRun(
  parts: { readonly root: string; readonly executor: Executor; readonly tasks: readonly TaskDefinition[] },
  retry: RetryOptions = { maxAttempts: 2 },
): Promise<RetriedRun> {
  const { root, executor, tasks } = parts
  const path = join(root, 'witness.txt')
  rmSync(path, { force: true })
  await using muster = createOrchestrator({ executors: [executor], root, retry: { ...retry, baseDelayMs: 0 } })
  const run = muster.run({ tasks: [...tasks] })
  const retries: string[] = []
  run.on('task-retrying', ({ scope }) =>
    retries.push(scope === undefined ? 'all' : `${scope.cases.length} of ${scope.of}`),
  )
  const report = await run.report
  return { report, retries, witness: readFileSync(path, 'utf8').trim().split('\n') }
}
