// The witness of a simulated run: reads every row as it becomes durable with the oracle, and holds against the journal what
// the cluster was asked to do, what it told and what was acknowledged.
import { attemptLabel, type AttemptRef } from '../../model/attempt.ts'
import type { Outcome } from '../../model/outcome.ts'
import type { Policy } from '../../ports/policy.ts'
import type { LaunchCommand } from '../../ports/engine.ts'
import type { LossCause } from '../../model/report.ts'
import type { CommitRecord, Entry } from '../../run/entry.ts'
import type { Kernel } from '../../run/kernel.ts'
import type { AttemptSignal, WorkerSignal } from '../../run/signal.ts'
import { compareStates } from './compare-states.ts'
import { uphold } from './laws.ts'
import { Oracle } from './oracle/oracle.ts'
import { emptyHash, hashText } from './trace-hash.ts'
import type { Witness } from './witness.ts'

/** What the cluster told of one attempt. */
interface ToldOf {
  isStarted: boolean
  outcome: Outcome | undefined
  readonly lost: Set<LossCause>
}

/** Watches one simulated run. */
export class Watcher implements Witness {
  readonly oracle: Oracle
  readonly #kernels = new Map<number, Kernel>()
  readonly #now: () => number
  readonly #trace: string[] | undefined
  #epoch = 0
  #rows = 0
  #settledRows = 0
  #hash = emptyHash
  #launches = 0
  readonly #told = new Map<string, ToldOf>()
  /** What was told of each worker's lives. */
  readonly #toldWorkers = new Set<string>()
  /** Worker of each attempt that the journal launched, by label. */
  readonly #launched = new Map<string, string>()
  readonly #cancelled = new Set<string>()

  constructor(parts: { readonly policy: Policy; readonly now: () => number; readonly trace: string[] | undefined }) {
    this.#now = parts.now
    this.#trace = parts.trace
    this.oracle = new Oracle(parts.policy, (task) => this.#kernels.get(this.#epoch)?.state.tasks.verdictKind(task))
  }

  /** One number for all that became durable and was carried out. */
  get hash(): number {
    return this.#hash
  }

  get rows(): number {
    return this.#rows
  }

  /** Attempts that were launched. */
  get launches(): number {
    return this.#launches
  }

  /** The kernel of an owner. */
  meet(epoch: number, kernel: Kernel): void {
    this.#kernels.set(epoch, kernel)
  }

  /** A step of an owner is durable, or changed nothing. */
  settled(kernel: Kernel): void {
    if (this.#kernels.get(this.#epoch) !== kernel) return
    // A step that wrote a row was checked with it.
    if (this.#rows === this.#settledRows) this.oracle.checkNow(kernel.state.atMs)
    this.#settledRows = this.#rows
    compareStates(kernel.state, this.oracle.model)
  }

  opened(epoch: number): void {
    uphold(9, epoch === this.#epoch + 1, () => `epoch ${epoch} was handed out after ${this.#epoch}`)
    this.#epoch = epoch
    this.note(() => `--- epoch ${epoch} opens the journal`)
  }

  stored(epoch: number, seq: number, bytes: string, commit: CommitRecord): void {
    uphold(
      9,
      epoch === this.#epoch,
      () => `the owner of epoch ${epoch} wrote row ${seq} after epoch ${this.#epoch} began`,
    )
    uphold(8, seq === this.#rows + 1, () => `row ${seq} was written after row ${this.#rows}`)
    this.#checkOpening(epoch, commit)
    this.#rows = seq
    this.#hash = hashText(this.#hash, bytes)
    this.note(() => `row ${seq}: ${commit.entries.map(shortly).join(', ')}`)
    for (const entry of commit.entries) {
      if (entry.kind === 'launched') {
        const id = workerOf(commit, this.oracle, entry.worker)
        this.#launched.set(label(entry), id)
      } else if (entry.kind === 'cancelling') this.#cancelled.add(label(entry))
      else this.#justify(entry, commit)
    }
    this.oracle.read(commit)
  }

  /** An owner opens the run before it writes anything else: what came before would be forgotten with the old workers. */
  #checkOpening(epoch: number, { entries }: CommitRecord): void {
    if (epoch === this.oracle.model.epoch) return
    const [first, second] = entries
    const opened = first?.kind === 'run-begun' && this.#rows === 0 ? second : first
    uphold(8, opened?.kind === 'run-opened' && opened.epoch === epoch, () => {
      return `epoch ${epoch} wrote ${first?.kind ?? 'nothing'} before it opened the run`
    })
  }

  told(signal: AttemptSignal | WorkerSignal): void {
    switch (signal.kind) {
      case 'worker-joined':
        // The life before it is over.
        if (signal.incarnation !== undefined)
          this.#toldWorkers.add(lifeOf('worker-left', signal.worker.id, signal.incarnation - 1))
        return
      case 'worker-left':
      case 'worker-draining':
        this.#toldWorkers.add(lifeOf(signal.kind, signal.worker, signal.incarnation))
        return
      case 'attempt-started':
        this.#of(signal.attempt).isStarted = true
        return
      case 'attempt-ended':
        this.#of(signal.attempt).outcome = signal.outcome
        if (signal.outcome.result !== 'passed') this.#of(signal.attempt).lost.add('pre-empted')
        // Where an interrupt ended it, it is lost with its coordinator.
        if (signal.outcome.result === 'cancelled') this.#of(signal.attempt).lost.add('coordinator')
        return
      case 'attempt-lost':
        this.#of(signal.attempt).lost.add(signal.cause)
        return
      case 'attempt-refused':
        this.#of(signal.attempt).lost.add('refused')
        return
    }
  }

  answeredLost(attempt: AttemptRef): void {
    this.#of(attempt).lost.add('coordinator')
  }

  launched(epoch: number, { attempt, worker, task, timeoutMs, cases }: LaunchCommand): void {
    const key = attemptLabel(attempt)
    this.#launches++
    this.#hash = hashText(this.#hash, `launch ${key}`)
    uphold(8, this.#launched.get(key) === worker, () => {
      return `epoch ${epoch} launched ${key} on ${worker}, the journal says ${this.#launched.get(key) ?? 'nothing'}`
    })
    const open = this.oracle.model.tasks[attempt.task]?.attempts[attempt.n - 1]
    const isOver = open?.outcome !== undefined || open?.lost !== undefined
    uphold(4, epoch !== this.#epoch || !isOver, () => `epoch ${epoch} launched ${key}, which is over`)
    const expectedMs = task.timeoutMs ?? this.oracle.model.options?.timeoutMs ?? undefined
    uphold(4, JSON.stringify(cases) === JSON.stringify(open?.scope?.cases), () => {
      return `${key} was launched for ${JSON.stringify(cases)}, expected ${JSON.stringify(open?.scope?.cases)}`
    })
    uphold(2, timeoutMs === expectedMs, () => `${key} was launched with a limit of ${timeoutMs ?? 0}`)
  }

  cancelled(epoch: number, attempt: AttemptRef): void {
    const key = attemptLabel(attempt)
    this.#hash = hashText(this.#hash, `cancel ${key}`)
    uphold(8, this.#cancelled.has(key), () => `epoch ${epoch} cancelled ${key}, which the journal does not know of`)
  }

  acknowledged(epoch: number, signal: AttemptSignal): void {
    const { task, n } = signal.attempt
    const key = attemptLabel(signal.attempt)
    this.#hash = hashText(this.#hash, `acknowledge ${signal.kind} ${key}`)
    const attempt = this.oracle.model.tasks[task]?.attempts[n - 1]
    const isClosed = attempt?.outcome !== undefined || attempt?.lost !== undefined
    uphold(8, isClosed || (signal.kind === 'attempt-started' && attempt?.isStarted === true), () => {
      return `epoch ${epoch} acknowledged ${signal.kind} of ${key}, which the journal does not hold`
    })
  }

  note(text: () => string): void {
    this.#trace?.push(`${String(this.#now()).padStart(6)}  ${text()}`)
  }

  #of(attempt: AttemptRef): ToldOf {
    const key = attemptLabel(attempt)
    const known = this.#told.get(key)
    if (known !== undefined) return known
    const created: ToldOf = { isStarted: false, outcome: undefined, lost: new Set() }
    this.#told.set(key, created)
    return created
  }

  /** Whatever the journal took in from outside was told by somebody. */
  #justify(entry: Entry, commit: CommitRecord): void {
    if (entry.kind === 'started') {
      uphold(5, this.#told.get(label(entry))?.isStarted === true, () => `${label(entry)} is said to have started`)
    } else if (entry.kind === 'ended') {
      const outcome = this.#told.get(label(entry))?.outcome
      uphold(5, JSON.stringify(outcome) === JSON.stringify(entry.outcome), () => {
        return `${label(entry)} is said to have ended with ${JSON.stringify(entry.outcome)}, it was ${JSON.stringify(outcome)}`
      })
    } else if (entry.kind === 'lost') {
      const worker = this.oracle.model.tasks[entry.task]?.attempts[entry.n - 1]?.worker
      const hasLeft = commit.entries.some((other) => other.kind === 'worker-left' && other.worker === worker)
      const isTold = this.#told.get(label(entry))?.lost.has(entry.cause) === true
      uphold(
        5,
        isTold || (entry.cause === 'worker' && hasLeft),
        () => `${label(entry)} is said to be lost: ${entry.cause}`,
      )
    } else if (entry.kind === 'worker-left' || entry.kind === 'worker-draining') {
      const life = lifeOf(
        entry.kind,
        workerOf(commit, this.oracle, entry.worker),
        entry.incarnation ?? this.#incarnationBefore(entry, commit),
      )
      uphold(5, this.#toldWorkers.has(life), () => `${life} was told by nobody`)
    }
  }

  /** The life of a worker that an entry meets. */
  #incarnationBefore(
    entry: Extract<Entry, { kind: 'worker-draining' | 'worker-left' }>,
    commit: CommitRecord,
  ): number | undefined {
    let incarnation = this.oracle.model.workers[entry.worker]?.incarnation
    for (const other of commit.entries) {
      if (other === entry) break
      if ('incarnation' in other && other.worker === entry.worker) incarnation = other.incarnation ?? incarnation
    }
    return incarnation
  }
}

function lifeOf(kind: 'worker-draining' | 'worker-left', id: string, incarnation: number | undefined): string {
  return `${kind} of life ${incarnation ?? 'unsaid'} of ${id}`
}

function workerOf(commit: CommitRecord, oracle: Oracle, worker: number): string {
  const joined = commit.entries.find((entry) => entry.kind === 'worker-joined' && entry.worker === worker)
  if (joined?.kind === 'worker-joined') return joined.definition.id
  return oracle.model.workers[worker]?.definition.id ?? 'nobody'
}

function label({ task, n }: { readonly task: number; readonly n: number }): string {
  return attemptLabel({ run: 'simulated', task, n })
}

/** An entry in a few words. */
function shortly(entry: Entry): string {
  if (entry.kind === 'tasks-added')
    return `tasks-added ${entry.tasks.map(({ id }) => id).join(' ')}${entry.more ? ' …' : ''}`
  if (entry.kind === 'ended') return `ended ${entry.task}#${entry.n} ${entry.outcome.result}`
  const { kind, ...rest } = entry
  return `${kind} ${JSON.stringify(rest)}`
}
