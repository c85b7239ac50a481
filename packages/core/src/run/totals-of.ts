// How many tasks a run has, how many of them came to what, and how many are open.
import type { RunReport } from '../model/report.ts'
import type { RunState } from './run-state.ts'

/** The counts of a run so far. */
export function totalsOf(state: RunState): RunReport['totals'] {
  return { ...state.verdictCounts, tasks: state.tasks.size, open: state.openTasks }
}
