// The state of a run as one event. It must be asked for only while the state is what the journal holds, neither more nor less.
import type { RunningAttempt, RunSnapshot } from '../events/run-event.ts'
import type { Verdict } from '../model/verdict.ts'
import type { WorkerDefinition } from '../model/worker.ts'
import type { RunState } from './run-state.ts'
import { totalsOf } from './totals-of.ts'

/** Where the run stands, for a reader that missed `skipped` events. Linear in the tasks. */
export function snapshotOf(state: RunState, skipped: number): RunSnapshot {
  const judged: { readonly task: string; readonly verdict: Verdict }[] = []
  const running: RunningAttempt[] = []
  const waiting: string[] = []
  for (let handle = 0; handle < state.tasks.size; handle++) {
    const task = state.tasks.id(handle)
    const verdict = state.verdict(handle)
    const open = state.openAttempt(handle)
    if (verdict !== undefined) judged.push({ task, verdict })
    else if (open === undefined) waiting.push(task)
    else {
      const worker = state.workers.definition(state.attempts.worker(open.row)).id
      running.push({ task, n: open.n, worker, isStarted: state.attempts.isStarted(open.row) })
    }
  }
  const { run, epoch, phase } = state
  const totals = totalsOf(state)
  return { kind: 'snapshot', run, epoch, phase, skipped, totals, ...workersOf(state), judged, running, waiting }
}

function workersOf(state: RunState): Pick<RunSnapshot, 'workers' | 'quarantined' | 'breakers'> {
  const { workers } = state
  const joined: WorkerDefinition[] = []
  const quarantined: string[] = []
  for (let worker = 0; worker < workers.size; worker++) {
    if (workers.state(worker) !== 'joined') continue
    joined.push(workers.definition(worker))
    if (workers.quarantine(worker) !== undefined) quarantined.push(workers.definition(worker).id)
  }
  const breakers = state.breakerReports()
  return {
    workers: joined,
    ...(quarantined.length === 0 ? {} : { quarantined }),
    ...(breakers === undefined ? {} : { breakers }),
  }
}
