// One file run by the local engine, with all its processes: for what becomes of an attempt when its agent dies, which no trial
// without a supervisor can show.
import { createOrchestrator, localEngine } from '@muster/core'
import type { AttemptLimits, ExecutableTask, ExecutorModule, Outcome } from '@muster/core'
import { sourceHooks } from './agent-process.ts'

/** What came of it. */
export interface ServedFile {
  readonly outcome: Outcome
  /** Titles and result of each case, such as `suite > test passed`. */
  readonly cases: readonly string[]
  /** What its failed cases say, by title. */
  readonly failures: Readonly<Record<string, string>>
}

/** What an attempt is held to. */
export interface ServedLimits {
  readonly timeoutMs?: number | undefined
  readonly limits?: AttemptLimits | undefined
}

/** Runs one task of `executor` in `root`. */
export async function servedFile(
  parts: { readonly root: string; readonly executor: ExecutorModule; readonly task: Omit<ExecutableTask, 'tags'> },
  { timeoutMs, limits }: ServedLimits = {},
): Promise<ServedFile> {
  const { root, executor, task } = parts
  const engine = localEngine({
    executors: { [task.kind]: executor },
    slots: 1,
    graceMs: 1000,
    nodeArgs: ['--disable-warning=ExperimentalWarning', '--import', sourceHooks],
    ...(limits === undefined ? {} : { limits }),
  })
  await using muster = createOrchestrator({ engines: [engine], root })
  const run = muster.run({ tasks: [{ ...task, ...(timeoutMs === undefined ? {} : { timeoutMs }) }] })
  const report = await run.report
  const [only] = report.tasks
  const attempt = only?.attempts.at(-1)
  if (attempt?.ending.kind !== 'ended') throw new Error(`expected an end, got ${JSON.stringify(attempt)}`)
  const cases = attempt.details?.cases ?? []
  return {
    outcome: attempt.ending.outcome,
    cases: cases.map(({ path, result }) => `${path.join(' > ')} ${result}`),
    failures: Object.fromEntries(cases.map(({ path, failure }) => [path.join(' > '), failure?.message ?? ''])),
  }
}
