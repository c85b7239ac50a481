// What a journal says of a run beyond its verdicts: when its tasks came, on which workers, in which order attempts were
// launched, how long they held their place and what they came to. The rest, what its owner asked for meanwhile and what was
// lost on the way, happened to that run and is not repeated.
import type { TaskFacts } from '../model/facts.ts'
import type { Outcome } from '../model/outcome.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { WorkerDefinition } from '../model/worker.ts'
import type { CommitRecord, TasksAddedEntry } from '../run/entry.ts'
import { evolveCommit } from '../run/evolve-commit.ts'
import { RunState } from '../run/run-state.ts'
import type { ControlSignal } from '../run/signal.ts'

/** Something that was handed in, and when in run time. */
export interface Arrival {
  readonly atMs: number
  readonly signal: ControlSignal
}

/** An attempt as it was. */
export interface RecordedAttempt {
  readonly outcome: Outcome
  /** From its launch to its end, in milliseconds: so long it held its place. */
  readonly heldMs: number
}

/** A run as its journal keeps it. */
export class RecordedRun {
  readonly state: RunState = new RunState()
  readonly arrivals: Arrival[] = []
  /** Tasks that the run began with, and what was known of them. */
  readonly firstTasks: TaskDefinition[] = []
  readonly firstFacts: Record<string, TaskFacts> = {}
  #beganAtMs: number | undefined

  /** Takes the next row of the journal. */
  take(commit: CommitRecord): void {
    evolveCommit(this.state, commit)
    const { atMs } = commit
    for (const entry of commit.entries) {
      if (entry.kind === 'tasks-added') this.#takeTasks(entry, atMs)
      else if (entry.kind === 'source-closed') this.arrivals.push({ atMs, signal: { kind: 'close-source' } })
      else if (entry.kind === 'group-sealed') {
        this.arrivals.push({ atMs, signal: { kind: 'seal-group', group: entry.group } })
      }
    }
  }

  /** Run time at which its first tasks were complete. */
  get beganAtMs(): number {
    return this.#beganAtMs ?? 0
  }

  #takeTasks({ tasks, groups, facts, more }: TasksAddedEntry, atMs: number): void {
    this.arrivals.push({ atMs, signal: { kind: 'add-tasks', tasks, groups, facts, more } })
    if (this.#beganAtMs !== undefined) return
    for (const task of tasks) this.firstTasks.push(task)
    Object.assign(this.firstFacts, facts)
    if (!more) this.#beganAtMs = atMs
  }

  /** Everybody who joined, with what was offered last. */
  get workers(): readonly WorkerDefinition[] {
    const { workers } = this.state
    return Array.from({ length: workers.size }, (_, worker) => workers.definition(worker))
  }

  /** Attempts of a task that came to something of their own, oldest first. */
  attempts(task: number): readonly RecordedAttempt[] {
    const { tasks, attempts } = this.state
    const found: RecordedAttempt[] = []
    for (let row = tasks.lastAttempt(task); row >= 0; row = attempts.before(row)) {
      const outcome = ownOutcome(this.state, row)
      if (outcome !== undefined) found.push({ outcome, heldMs: heldMs(this.state, row) })
    }
    return found.reverse()
  }

  /** The tasks of those attempts in the order of their launches. */
  *launches(): Generator<number, void, void> {
    const { attempts } = this.state
    for (let row = 0; row < attempts.length; row++) {
      if (ownOutcome(this.state, row) !== undefined) yield attempts.task(row)
    }
  }
}

/** What an attempt came to; nothing where it was lost, is open, or was ended by somebody. */
function ownOutcome({ attempts }: RunState, row: number): Outcome | undefined {
  const ending = attempts.ending(row)
  return ending?.kind === 'ended' && ending.outcome.result !== 'cancelled' ? ending.outcome : undefined
}

/** How long an attempt held its place; 0 while it is open. */
export function heldMs({ attempts }: RunState, row: number): number {
  return Math.max(0, (attempts.closedAtMs(row) ?? attempts.launchedAtMs(row)) - attempts.launchedAtMs(row))
}
