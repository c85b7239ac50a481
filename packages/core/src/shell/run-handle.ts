// A run as its caller holds it. It can be asked for things before it is open: they are told as soon as it is.
import { MusterError } from '../errors/muster-error.ts'
import type { RunEvent } from '../events/run-event.ts'
import type { RunReport } from '../model/report.ts'
import type { TaskDefinition } from '../model/task.ts'
import { explain, type Explanation } from '../run/explain.ts'
import type { KernelSignal } from '../run/judge-signal.ts'
import type { CancelScope, ControlSignal } from '../run/signal.ts'
import { checkCancelScope } from './check-cancel-scope.ts'
import type { EventHub, Listener, ListenerName } from './event-hub.ts'
import { type Listenable, Listening } from './listening.ts'
import type { RunDriver } from './run-driver.ts'
import { readBatch, type TaskBatch } from './task-batch.ts'
import { TaskIntake } from './task-intake.ts'

/** A run that goes on, or has ended. */
export interface Run extends Listenable {
  readonly id: string
  /** Everything that happens from now on, in order; ends with the run. */
  readonly events: AsyncIterable<RunEvent>
  /** Resolves when the run has ended, red or green. Rejects for misuse and broken surroundings only. */
  readonly report: Promise<RunReport>
  /**
   * Adds tasks to a run that was started with `keepOpen`; they may depend on what is there already. Resolves once they are
   * recorded, so whoever awaits it brings no more than the journal can keep; a large batch is recorded bit by bit and takes
   * part when it is whole. Rejects with `OPTIONS_INVALID`, `GRAPH_INVALID`, `EXECUTOR_UNKNOWN`, or with `RUN_CLOSED` where
   * the source is closed. A batch that a crash cut off is added again after the resume: what was kept of it is not doubled.
   */
  add(batch: TaskBatch | readonly TaskDefinition[]): Promise<void>
  /** No more tasks will join the group. */
  sealGroup(group: string): void
  /** No more tasks will come. */
  close(): void
  /** Starts nothing more until `unpause`; what runs goes on. */
  pause(): void
  /** Lets a paused run go on. */
  unpause(): void
  /**
   * Cancels the run, a group or a task; `by` is named in the verdicts. Throws `OPTIONS_INVALID` for another shape.
   *
   * @example
   * ```ts
   * run.cancel({ kind: 'group', group: 'browser' }, 'the nightly window is over')
   * ```
   */
  cancel(scope?: CancelScope, by?: string): void
  /** Starts nothing more, lets what runs end, and leaves the rest for a resume. */
  drain(by?: string): void
  /**
   * As `drain`, and ends what runs now. Before anything of the run is recorded it gives the run up: its report then rejects
   * with `ABORTED`.
   */
  interrupt(by?: string): void
  /** Why a task is where it is. Throws `TASK_UNKNOWN`, or `RUN_CLOSED` while the run is being opened. */
  explain(task: string): Explanation
}

/** What a handle needs of its orchestrator. */
export interface RunHandleParts {
  readonly id: string
  readonly events: EventHub
  /** Resolves once the run is recorded and can be driven. */
  readonly opened: Promise<OpenedRun>
  /** Gives up what comes before that. */
  readonly giveUp: () => void
}

/** A run that is about to be driven. */
export interface OpenedRun {
  readonly driver: RunDriver
  /** What the driver is told first. */
  readonly first: readonly KernelSignal[]
  /**
   * Checks additions against the run's tasks and says what of them is new; throws `GRAPH_INVALID`, `EXECUTOR_UNKNOWN` or
   * `RUN_CLOSED`.
   */
  readonly checkBatch: (batch: TaskBatch) => TaskBatch
}

/** The handle of a run. */
export class RunHandle implements Run {
  readonly id: string
  readonly report: Promise<RunReport>
  readonly #parts: RunHandleParts
  #opened: OpenedRun | undefined
  readonly #listening = new Listening((name, listener) => this.#parts.events.on(name, listener))
  readonly #intake = new TaskIntake((signal, acknowledge) => {
    this.#opened?.driver.tell(signal, acknowledge)
  })
  /** What was asked for before the run was open, in order. */
  #early: ((opened: OpenedRun) => void)[] = []
  #isClosing = false
  /** Refusals of additions that are not recorded yet. */
  readonly #adding = new Set<(error: unknown) => void>()
  /** Why nothing can be added any more, once the report has settled. */
  #refusal: { readonly error: unknown } | undefined

  constructor(parts: RunHandleParts) {
    this.id = parts.id
    this.#parts = parts
    this.report = parts.opened.then((opened) => this.#open(opened))
    // Whoever wants to know awaits it; whoever does not must not bring the process down.
    this.report.then(
      () => {
        this.#refuseAdding(this.#closed('a run that has ended', 'Start another run for them.'))
      },
      (error: unknown) => {
        this.#refuseAdding(error)
      },
    )
  }

  get events(): AsyncIterable<RunEvent> {
    return this.#parts.events.queue()
  }

  on<Name extends ListenerName>(name: Name, listener: Listener<Name>): () => void {
    return this.#listening.on(name, listener)
  }

  once<Name extends ListenerName>(name: Name, listener: Listener<Name>): () => void {
    return this.#listening.once(name, listener)
  }

  off<Name extends ListenerName>(name: Name, listener: Listener<Name>): void {
    this.#listening.off(name, listener)
  }

  removeListener<Name extends ListenerName>(name: Name, listener: Listener<Name>): void {
    this.#listening.removeListener(name, listener)
  }

  async add(given: TaskBatch | readonly TaskDefinition[]): Promise<void> {
    const batch = readBatch(given)
    if (this.#refusal !== undefined) throw this.#refusal.error
    if (this.#isClosing) throw this.#closed('one whose source is closed', addBeforeClose)
    await new Promise<void>((resolve, reject) => {
      this.#adding.add(reject)
      const settle = (then: () => void): void => {
        this.#adding.delete(reject)
        then()
      }
      this.#withRun((opened) => {
        try {
          this.#add(opened, batch, () => {
            settle(resolve)
          })
        } catch (error) {
          settle(() => {
            reject(error instanceof Error ? error : new Error(String(error)))
          })
        }
      })
    })
  }

  sealGroup(group: string): void {
    this.#tellAfterTasks({ kind: 'seal-group', group })
  }

  close(): void {
    this.#isClosing = true
    this.#tellAfterTasks({ kind: 'close-source' })
  }

  pause(): void {
    this.#tell({ kind: 'pause' })
  }

  unpause(): void {
    this.#tell({ kind: 'unpause' })
  }

  cancel(scope: CancelScope = { kind: 'run' }, by = 'its owner'): void {
    checkCancelScope(scope)
    const signal = { kind: 'cancel', scope, by } as const
    if (scope.kind === 'run') this.#tell(signal)
    else this.#tellAfterTasks(signal)
  }

  drain(by = 'its owner'): void {
    this.#tell({ kind: 'drain', by })
  }

  interrupt(by = 'its owner'): void {
    this.#tell({ kind: 'interrupt', by })
    if (this.#opened === undefined) this.#parts.giveUp()
  }

  explain(task: string): Explanation {
    const driver = this.#opened?.driver
    if (driver?.isOpen !== true) {
      throw new MusterError('RUN_CLOSED', {
        expected: `run ${this.id} to be open`,
        got: 'a run that is still being opened',
        remedy: 'Ask after its first event.',
      })
    }
    return explain(driver.kernel, task)
  }

  /** What was asked for before comes into the same step as the tasks, so that nothing is launched against it. */
  async #open(opened: OpenedRun): Promise<RunReport> {
    this.#opened = opened
    for (const then of this.#early) then(opened)
    this.#early = []
    void opened.driver.start(opened.first)
    return opened.driver.report
  }

  #add({ driver, checkBatch }: OpenedRun, batch: TaskBatch, recorded: () => void): void {
    if (driver.isOver || driver.kernel.state.sourceClosed) {
      throw this.#closed('one whose source is closed', addBeforeClose)
    }
    this.#intake.add(checkBatch(batch), recorded)
  }

  #tell(signal: ControlSignal): void {
    this.#withRun(({ driver }) => {
      driver.tell(signal)
    })
  }

  /** In order with the tasks that were added before: what it names may be among them. */
  #tellAfterTasks(signal: ControlSignal): void {
    this.#withRun(() => {
      this.#intake.tellAfter(signal)
    })
  }

  #withRun(then: (opened: OpenedRun) => void): void {
    if (this.#opened === undefined) this.#early.push(then)
    else then(this.#opened)
  }

  #refuseAdding(error: unknown): void {
    this.#refusal = { error }
    this.#early = []
    for (const refuse of this.#adding) refuse(error)
    this.#adding.clear()
  }

  #closed(got: string, remedy: string): MusterError {
    return new MusterError('RUN_CLOSED', { expected: `run ${this.id} to take more tasks`, got, remedy })
  }
}

const addBeforeClose = 'Start the run with keepOpen, and add before close.'
