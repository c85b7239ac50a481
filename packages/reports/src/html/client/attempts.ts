// All attempts, asked by their position.
import type { PageArtifact, PageOutput, ReportData } from '../report-data.ts'
import { decodeRuns } from './decode-runs.ts'

/** The attempts of the run. Times are milliseconds after the start of the run; workers are positions in the data. */
export class Attempts {
  readonly length: number
  readonly #data: ReportData
  readonly #workers: Int32Array
  readonly #after: ReadonlyMap<number, number>
  readonly #outputs: ReadonlyMap<number, PageOutput>
  readonly #leaks: ReadonlyMap<number, string>
  readonly #artifacts: ReadonlyMap<number, readonly PageArtifact[]>
  readonly #retryFrom: ReadonlyMap<number, number>
  readonly #queuedFor: ReadonlyMap<number, number>
  #ofTask: Map<string, number[]> | undefined

  constructor(data: ReportData) {
    this.#data = data
    this.length = data.attempts.tasks.length
    this.#workers = decodeRuns(data.attempts.workers, this.length)
    this.#after = new Map(data.attempts.after)
    this.#outputs = new Map(data.attempts.outputs)
    this.#leaks = new Map(data.attempts.leaks)
    this.#artifacts = new Map(data.attempts.artifacts)
    this.#retryFrom = new Map(data.attempts.retryFrom)
    this.#queuedFor = new Map(data.attempts.queuedFor)
  }

  /** Id of its task. */
  task(at: number): string {
    return this.#data.texts[this.#data.attempts.tasks[at] ?? -1] ?? ''
  }

  n(at: number): number {
    return this.#data.attempts.ns[at] ?? 1
  }

  worker(at: number): number {
    return this.#workers[at] ?? 0
  }

  lane(at: number): number {
    return this.#data.attempts.lanes[at] ?? 0
  }

  ready(at: number): number {
    return this.#data.attempts.ready[at] ?? 0
  }

  launched(at: number): number {
    return this.#data.attempts.launched[at] ?? 0
  }

  started(at: number): number {
    return this.#data.attempts.started[at] ?? 0
  }

  closed(at: number): number {
    return this.#data.attempts.closed[at] ?? 0
  }

  /** Letter of how it ended. */
  state(at: number): string {
    return this.#data.attempts.states.charAt(at)
  }

  output(at: number): PageOutput {
    return this.#outputs.get(at) ?? {}
  }

  /** What it left running, as a sentence; nothing where it left nothing. */
  leaks(at: number): string | undefined {
    return this.#leaks.get(at)
  }

  /** Files that it left behind. */
  artifacts(at: number): readonly PageArtifact[] {
    return this.#artifacts.get(at) ?? []
  }

  /** When the attempt before it was over, from which on it backed off; nothing for first attempts. */
  retryFrom(at: number): number | undefined {
    return this.#retryFrom.get(at)
  }

  /** What it waited for once it was ready, where that was not a slot. */
  queuedFor(at: number): string | undefined {
    const number = this.#queuedFor.get(at)
    return number === undefined ? undefined : this.#data.texts[number]
  }

  /** The task that it waited for last. */
  waitedFor(at: number): string | undefined {
    const number = this.#after.get(at)
    return number === undefined ? undefined : this.#data.texts[number]
  }

  /** Attempts of a task, first to last. */
  ofTask(task: string): readonly number[] {
    if (this.#ofTask === undefined) {
      this.#ofTask = new Map()
      for (let at = 0; at < this.length; at++) {
        const id = this.task(at)
        const known = this.#ofTask.get(id)
        if (known === undefined) this.#ofTask.set(id, [at])
        else known.push(at)
      }
    }
    return this.#ofTask.get(task) ?? []
  }
}
