// The report of a run from its state. The tasks are worked out when they are first asked for, since a run of a million
// tasks is often only asked how it ended.
import type { AttemptDetails, CaseCounts } from '../model/outcome.ts'
import type { AttemptReport, RunReport, TaskReport } from '../model/report.ts'
import { countCases } from './count-cases.ts'
import { exitCodes, exitVerdict } from './exit-verdict.ts'
import type { RunState } from './run-state.ts'
import { totalsOf } from './totals-of.ts'

/** What the state does not hold. */
export interface ReportContext {
  readonly startedAtWallMs: number
  /** Stored details by name. */
  readonly details: ReadonlyMap<string, AttemptDetails>
}

/** The run as a report. Final once the run is over; the state must not change any more. */
export function reportOf(state: RunState, context: ReportContext): RunReport {
  const ending = state.ending ?? 'interrupted'
  const exit = exitVerdict(ending, state.verdictCounts)
  const breakers = state.breakerReports()
  let tasks: readonly TaskReport[] | undefined
  let cases: CaseCounts | undefined
  return {
    version: 1,
    run: state.run,
    ending,
    exit,
    exitCode: exitCodes[exit],
    startedAtWallMs: context.startedAtWallMs,
    durationMs: state.atMs,
    totals: totalsOf(state),
    get cases(): CaseCounts {
      return (cases ??= countCases(state, context.details))
    },
    workers: state.workerReports(),
    ...(breakers === undefined ? {} : { breakers }),
    ...degradedOf(state),
    get tasks(): readonly TaskReport[] {
      return (tasks ??= Array.from({ length: state.tasks.size }, (_, task) =>
        withDetails(state.taskReport(task), context),
      ))
    },
  }
}

function degradedOf({ policyFailures }: RunState): Pick<RunReport, 'degraded'> {
  if (policyFailures.length === 0) return {}
  const degraded = policyFailures.map(({ policy, because, isDropped }) => {
    return { part: 'policy', name: policy, because, isDropped } as const
  })
  return { degraded }
}

function withDetails(task: TaskReport, { details }: ReportContext): TaskReport {
  if (details.size === 0) return task
  return { ...task, attempts: task.attempts.map((attempt) => attachDetails(attempt, details)) }
}

function attachDetails(attempt: AttemptReport, details: ReadonlyMap<string, AttemptDetails>): AttemptReport {
  const name = attempt.ending.kind === 'ended' ? attempt.ending.outcome.details : undefined
  const found = name === undefined ? undefined : details.get(name)
  return found === undefined ? attempt : { ...attempt, details: found }
}
