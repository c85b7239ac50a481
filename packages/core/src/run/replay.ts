// Checks a journal: that today's `decide` would have written the same entries. What a row holds beyond what the kernel
// decides by itself was told from outside and is told again; the first difference is named.
import type { TaskFacts } from '../model/facts.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { CommitRecord, Entry } from './entry.ts'
import type { KernelSignal } from './judge-signal.ts'
import { Kernel } from './kernel.ts'
import type { Policy } from '../ports/policy.ts'
import type { GraphFacts } from './graph-facts.ts'

/** The first place where the journal and today's decisions part. */
export interface Parting {
  /** Row of the journal, from 1. */
  readonly seq: number
  readonly recorded: Entry | undefined
  readonly decided: Entry | undefined
}

/** What a replay found. */
export interface ReplayResult {
  readonly rows: number
  readonly entries: number
  readonly parting: Parting | undefined
}

/** What a policy reads of the graph of some tasks, worked out as the owner of the run did. */
export type GraphFactsOf = (tasks: readonly TaskDefinition[], facts: Readonly<Record<string, TaskFacts>>) => GraphFacts

/** Replays rows one by one. */
export class Replay {
  readonly #kernel: Kernel
  readonly #graphOf: GraphFactsOf
  readonly #tasks: TaskDefinition[] = []
  readonly #facts: Record<string, TaskFacts> = {}
  #hasBegun = false
  #rows = 0
  #entries = 0
  #parting: Parting | undefined

  /** `graphOf` is asked when the run's first tasks are known, and again whenever somebody resumed it. */
  constructor(policy: Policy, graphOf: GraphFactsOf = () => ({})) {
    this.#kernel = new Kernel(policy)
    this.#graphOf = graphOf
  }

  get result(): ReplayResult {
    return { rows: this.#rows, entries: this.#entries, parting: this.#parting }
  }

  /** Takes the next row. After a parting nothing more is compared. */
  take(commit: CommitRecord): void {
    this.#rows++
    this.#entries += commit.entries.length
    if (this.#parting !== undefined) return
    const kernel = this.#kernel
    this.#learnGraph(commit)
    kernel.beginStep(commit.atMs)
    for (const [i, entry] of commit.entries.entries()) {
      if (i < kernel.entries.length) continue
      const signal = signalOf(kernel, entry)
      if (signal === undefined) break
      kernel.take(signal)
    }
    const { entries } = kernel.endStep()
    const length = Math.max(entries.length, commit.entries.length)
    for (let i = 0; i < length; i++) {
      if (canonical(entries[i]) === canonical(commit.entries[i])) continue
      this.#parting = { seq: this.#rows, recorded: commit.entries[i], decided: entries[i] }
      return
    }
  }

  #learnGraph(commit: CommitRecord): void {
    let isDue = false
    for (const entry of commit.entries) {
      if (entry.kind === 'run-opened' && entry.epoch > 1) isDue = true
      if (entry.kind !== 'tasks-added') continue
      for (const task of entry.tasks) this.#tasks.push(task)
      Object.assign(this.#facts, entry.facts)
      if (entry.more || this.#hasBegun) continue
      this.#hasBegun = true
      isDue = true
    }
    if (isDue) this.#kernel.informOfGraph({ ...this.#graphOf(this.#tasks, this.#facts), resolved: undefined })
  }
}

/** The signal that an entry was accepted from, or nothing for what the kernel decides by itself. */
function signalOf(kernel: Kernel, entry: Entry): KernelSignal | undefined {
  const { state } = kernel
  switch (entry.kind) {
    case 'run-begun':
      return { kind: 'begin', run: entry.run, name: entry.name, seed: entry.seed, options: entry.options }
    case 'run-opened':
      return { kind: 'open', epoch: entry.epoch, downMs: entry.downMs }
    case 'tasks-added':
      return { kind: 'add-tasks', tasks: entry.tasks, groups: entry.groups, facts: entry.facts, more: entry.more }
    case 'source-closed':
      return { kind: 'close-source' }
    case 'group-sealed':
      return { kind: 'seal-group', group: entry.group }
    case 'worker-joined':
      return { kind: 'worker-joined', worker: entry.definition, incarnation: entry.incarnation }
    case 'worker-draining':
    case 'worker-left': {
      const { kind, because, incarnation } = entry
      return { kind, worker: state.workers.definition(entry.worker).id, because, incarnation }
    }
    case 'started':
      return { kind: 'attempt-started', attempt: { run: state.run, task: entry.task, n: entry.n } }
    case 'ended':
      return {
        kind: 'attempt-ended',
        attempt: { run: state.run, task: entry.task, n: entry.n },
        outcome: entry.outcome,
      }
    case 'lost':
      return { kind: 'attempt-lost', attempt: { run: state.run, task: entry.task, n: entry.n }, cause: entry.cause }
    case 'cancel-requested':
      // The kernel's own cancels come by themselves, at the deadline or after too many failures.
      return entry.by === 'deadline' || entry.by === 'max-failures'
        ? undefined
        : { kind: 'cancel', scope: entry.scope, by: entry.by }
    case 'paused':
      return { kind: 'pause' }
    case 'unpaused':
      return { kind: 'unpause' }
    case 'draining':
      return { kind: entry.hard ? 'interrupt' : 'drain', by: entry.by }
    case 'launched':
    case 'cancelling':
    case 'retrying':
    case 'gave-up':
    case 'delay-elapsed':
    case 'edge-expired':
    case 'unplaceable':
    case 'breaker':
    case 'quarantined':
    case 'quarantine-lifted':
    case 'policy-failed':
    case 'finished':
      return undefined
  }
}

function canonical(entry: Entry | undefined): string | undefined {
  return entry === undefined ? undefined : JSON.stringify(entry)
}
