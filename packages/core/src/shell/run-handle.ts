// A run as its caller holds it. It can be asked for things before it is open: they are told as soon as it is.
import { MusterError } from '../errors/muster-error.ts'
import type { RunEvent } from '../events/run-event.ts'
import type { TaskFacts } from '../model/facts.ts'
import type { RunReport } from '../model/report.ts'
import type { GroupDefinition, TaskDefinition } from '../model/task.ts'
import { explain, type Explanation } from '../run/explain.ts'
import type { Kernel } from '../run/kernel.ts'
import type { CancelScope, ControlSignal } from '../run/signal.ts'
import type { EventHub, EventName, Listener } from './event-hub.ts'
import type { RunDriver } from './run-driver.ts'

/** Tasks handed to a run that is going on. */
export interface TaskBatch {
  readonly tasks: readonly TaskDefinition[]
  readonly groups?: readonly GroupDefinition[] | undefined
  readonly facts?: Readonly<Record<string, TaskFacts>> | undefined
}

/** A run that goes on, or has ended. */
export interface Run {
  readonly id: string
  /** Everything that happens from now on, in order; ends with the run. */
  readonly events: AsyncIterable<RunEvent>
  /** Resolves when the run has ended, red or green. Rejects for misuse and broken surroundings only. */
  readonly report: Promise<RunReport>
  /** Calls `listener` with each event of a kind, or of every kind for `'*'`; returns its removal. */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void
  /** Adds tasks to a run that was started with `keepOpen`; they may depend on what is there already. */
  add(batch: TaskBatch): Promise<void>
  /** No more tasks will join the group. */
  sealGroup(group: string): void
  /** No more tasks will come. */
  close(): void
  pause(): void
  unpause(): void
  /** Cancels the run, a group or a task; `by` is named in the verdicts. */
  cancel(scope?: CancelScope, by?: string): void
  /** Starts nothing more, lets what runs end, and leaves the rest for a resume. */
  drain(by?: string): void
  /** As `drain`, and ends what runs now. */
  interrupt(by?: string): void
  /** Why a task is where it is. Throws `TASK_UNKNOWN`. */
  explain(task: string): Explanation
}

/** What a handle needs of its orchestrator. */
export interface RunHandleParts {
  readonly id: string
  readonly events: EventHub
  /** Resolves with the driver once the run is open. */
  readonly driver: Promise<RunDriver>
  /** The run's kernel as soon as there is one: events are told before the run is open to be asked for things. */
  kernel(): Kernel | undefined
  /** Checks additions against the run's tasks; throws `GRAPH_INVALID`. */
  checkBatch(batch: TaskBatch): void
}

/** The handle of a run. */
export class RunHandle implements Run {
  readonly id: string
  readonly report: Promise<RunReport>
  readonly #parts: RunHandleParts
  #driver: RunDriver | undefined

  constructor(parts: RunHandleParts) {
    this.id = parts.id
    this.#parts = parts
    this.report = parts.driver.then(async (driver) => {
      this.#driver = driver
      return driver.report
    })
    // Whoever wants to know awaits it; whoever does not must not bring the process down.
    this.report.catch(() => undefined)
  }

  get events(): AsyncIterable<RunEvent> {
    return this.#parts.events.queue()
  }

  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
    return this.#parts.events.on(name, listener)
  }

  async add(batch: TaskBatch): Promise<void> {
    const driver = await this.#parts.driver
    if (driver.isOver || driver.kernel.state.sourceClosed) {
      throw new MusterError('RUN_CLOSED', {
        expected: `run ${this.id} to take more tasks`,
        got: 'a run whose source is closed; start it with keepOpen and add before close',
      })
    }
    this.#parts.checkBatch(batch)
    driver.tell({ kind: 'add-tasks', ...batch })
  }

  sealGroup(group: string): void {
    this.#tell({ kind: 'seal-group', group })
  }

  close(): void {
    this.#tell({ kind: 'close-source' })
  }

  pause(): void {
    this.#tell({ kind: 'pause' })
  }

  unpause(): void {
    this.#tell({ kind: 'unpause' })
  }

  cancel(scope: CancelScope = { kind: 'run' }, by = 'its owner'): void {
    this.#tell({ kind: 'cancel', scope, by })
  }

  drain(by = 'its owner'): void {
    this.#tell({ kind: 'drain', by })
  }

  interrupt(by = 'its owner'): void {
    this.#tell({ kind: 'interrupt', by })
  }

  explain(task: string): Explanation {
    const kernel = this.#driver?.kernel ?? this.#parts.kernel()
    if (kernel?.state.options === undefined) {
      throw new MusterError('RUN_CLOSED', { expected: `run ${this.id} to be open`, got: 'a run that is still being opened' })
    }
    return explain(kernel, task)
  }

  #tell(signal: ControlSignal): void {
    if (this.#driver !== undefined) this.#driver.tell(signal)
    else {
      this.#parts.driver.then(
        (driver) => {
          driver.tell(signal)
        },
        // A run that could not be opened says so through its report.
        () => undefined,
      )
    }
  }
}
