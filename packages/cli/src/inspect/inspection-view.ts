// A run as `muster inspect` shows it: what its journal tells, whether anybody still drives it, and how long it may take.
import type {
  BreakerReport,
  InspectedWorker,
  RunInspection,
  RunRecord,
  TaskFacts,
  Verdict,
  VerdictKind,
  WaitingTasks,
} from '@muster/core'
import { RunProgress } from '../progress/run-progress.ts'
import type { TimeLeft } from '../progress/time-left.ts'
import { countText } from '../terminal/count-text.ts'

/** What is known when somebody looks. */
export interface InspectionParts {
  readonly record: RunRecord
  readonly inspection: RunInspection
  readonly facts: Readonly<Record<string, TaskFacts>>
  /** Now, milliseconds since 1970. */
  readonly nowWallMs: number
}

/**
 * How it is with the run: `live` somebody drives it, `abandoned` nobody does though it is not over, `interrupted` it ended
 * early, `finished` it is over.
 */
export type RunSituation = 'live' | 'abandoned' | 'interrupted' | 'finished'

/** A task that did not pass. */
export interface FailedTask {
  readonly task: string
  readonly verdict: VerdictKind
  readonly message?: string | undefined
}

/** An attempt that runs. */
export interface RunningView {
  readonly task: string
  readonly n: number
  /** How long it has been running, or on its way, in milliseconds. */
  readonly forMs: number
  readonly isStarted: boolean
}

/** What is shown. */
export interface InspectionView {
  readonly run: string
  readonly name: string
  readonly situation: RunSituation
  readonly phase: RunInspection['phase']
  readonly owner?: string | undefined
  /** Whether the owner lives and stands still, as after Ctrl-Z; absent where it does not. */
  readonly isStopped?: boolean | undefined
  /** What to do, where there is something. */
  readonly advice?: string | undefined
  readonly startedAtWallMs: number
  /** Since anything was recorded of it, in milliseconds. */
  readonly quietMs: number
  /** Run time spent, in milliseconds. */
  readonly elapsedMs: number
  readonly timeLeft: TimeLeft
  readonly totals: RunInspection['totals']
  readonly workers: readonly (Omit<InspectedWorker, 'running'> & { readonly running: readonly RunningView[] })[]
  /** Circuit breakers that opened; absent where none did. */
  readonly breakers?: readonly BreakerReport[] | undefined
  readonly waiting: readonly WaitingTasks[]
  readonly failures: readonly FailedTask[]
}

/** Puts together what is shown. */
export function inspectionView(parts: InspectionParts): InspectionView {
  const { record, inspection, nowWallMs } = parts
  const situation = situationOf(record, inspection)
  // Clocks of two machines differ; nothing is shown to have been running since a moment that is to come.
  const quietMs = Math.max(0, nowWallMs - inspection.lastWallMs)
  const elapsedMs = inspection.atMs + (situation === 'live' ? quietMs : 0)
  const workers = inspection.workers.map(({ running, ...worker }) => ({
    ...worker,
    running: running.map(({ task, n, launchedAtMs, startedAtMs }) => ({
      task,
      n,
      forMs: Math.max(0, elapsedMs - (startedAtMs ?? launchedAtMs)),
      isStarted: startedAtMs !== undefined,
    })),
  }))
  const isStopped = situation === 'live' && record.owner?.isStopped === true
  const advice = isStopped ? stoppedAdvice : adviceFor(situation, record.run)
  return {
    run: record.run,
    name: record.name,
    situation,
    phase: inspection.phase,
    ...(record.owner === undefined ? {} : { owner: record.owner.name }),
    ...(isStopped ? { isStopped } : {}),
    ...(advice === undefined ? {} : { advice }),
    startedAtWallMs: inspection.startedAtWallMs,
    quietMs,
    elapsedMs,
    timeLeft: situation === 'live' && !isStopped ? timeLeftOf(parts, elapsedMs) : { kind: 'unknown' },
    totals: inspection.totals,
    workers,
    ...(inspection.breakers === undefined ? {} : { breakers: inspection.breakers }),
    waiting: inspection.waiting,
    failures: inspection.judged.flatMap(({ task, verdict }) => failureOf(task, verdict)),
  }
}

const stoppedAdvice = 'fg in its terminal, or SIGCONT to the process, lets it go on.'

function situationOf(record: RunRecord, { ending }: RunInspection): RunSituation {
  if (ending !== undefined) return ending
  // The journal was read a moment after the record: what it says of an end is newer.
  if (record.status !== 'open') return record.status
  return record.owner?.isAlive === true ? 'live' : 'abandoned'
}

function adviceFor(situation: RunSituation, run: string): string | undefined {
  switch (situation) {
    case 'live':
      return undefined
    case 'abandoned':
    case 'interrupted':
      return `muster resume ${run} goes on with it; finished work is not repeated.`
    case 'finished':
      return `muster report ${run} shows what became of it.`
  }
}

function failureOf(task: string, verdict: Verdict): readonly FailedTask[] {
  switch (verdict.kind) {
    case 'failed':
    case 'timed-out': {
      const message = verdict.failure?.message
      return [{ task, verdict: verdict.kind, ...(message === undefined ? {} : { message }) }]
    }
    case 'poisoned':
      return [{ task, verdict: verdict.kind, message: `${countText(verdict.workersLost, 'worker')} died under it` }]
    case 'unplaceable':
      return [{ task, verdict: verdict.kind, message: `no worker has ${verdict.missing.join(', ')}` }]
    case 'blocked':
      return [
        {
          task,
          verdict: verdict.kind,
          message: verdict.limitMs === undefined ? `${verdict.by} did not pass` : `${verdict.by} was too slow`,
        },
      ]
    case 'passed':
    case 'flaky':
    case 'skipped':
    case 'cancelled':
      return []
  }
}

/** The same fold that the board asks, fed with where the run stands. */
function timeLeftOf({ inspection, facts }: InspectionParts, nowMs: number): TimeLeft {
  const { tasks, judged, workers, atMs } = inspection
  const progress = new RunProgress({ tasks, facts })
  for (const { task, verdict } of judged) progress.recall(task, verdict.kind, undefined)
  for (const { id, slots, running } of workers) {
    const worker = { id, engine: '', kinds: [], capacity: { slots } }
    progress.take({ kind: 'worker-joined', worker, position: 0, atMs })
    for (const { task, n, launchedAtMs, startedAtMs } of running) {
      progress.take({ kind: 'attempt-launched', task, n, worker: id, position: 0, atMs: launchedAtMs })
      if (startedAtMs !== undefined) {
        progress.take({ kind: 'attempt-started', task, n, position: 0, atMs: startedAtMs })
      }
    }
  }
  return progress.timeLeft(nowMs)
}
