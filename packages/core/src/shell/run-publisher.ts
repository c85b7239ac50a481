// What a run tells the world. Only what is durable is told as final, with the row of the journal that made it so; news of
// attempts that still run are told as they come and count for nothing.
import type { RunEvent } from '../events/run-event.ts'
import type { RunReport } from '../model/report.ts'
import type { ProvisionalNews } from '../ports/engine.ts'
import { eventOfNews } from '../run/events-of.ts'
import type { Kernel, Step } from '../run/kernel.ts'
import { snapshotOf } from '../run/snapshot-of.ts'
import { tellStep } from '../run/tell-step.ts'
import type { EventHub } from './event-hub.ts'

/** Tells the events of one run. */
export class RunPublisher {
  readonly #kernel: Kernel
  readonly #events: EventHub
  readonly #runTime: () => number
  /** The last row that is durable. */
  #position: number
  /** Whether the kernel's state holds more than has been told. */
  #isAhead = false

  /** `runTime` tells the run's time now, in milliseconds. */
  constructor(kernel: Kernel, events: EventHub, position: number, runTime: () => number) {
    this.#kernel = kernel
    this.#runTime = runTime
    this.#events = events
    this.#position = position
    events.snapshotFrom((skipped) => this.#snapshot(skipped))
  }

  /** Where and when the last of what is durable happened. */
  get place(): { readonly position: number; readonly atMs: number } {
    return { position: this.#position, atMs: this.#kernel.state.atMs }
  }

  /** The kernel decides: until the step is told, its state is nobody's to see. */
  goesAhead(): void {
    this.#isAhead = true
  }

  /** Tells a step that is durable in row `position`. */
  step(step: Step, position: number): void {
    this.#position = position
    const events = this.#events
    if (events.isHeard) tellStep(this.#kernel.state, step, position, (event) => events.publish(event))
    this.#isAhead = false
    events.settle()
  }

  /** Tells something that a person should read. It belongs to the moment at which it is said, not to the last commit. */
  note(text: string): void {
    const atMs = Math.max(this.#kernel.state.atMs, this.#runTime())
    this.#events.publish({ kind: 'note', text, position: this.#position, atMs })
  }

  /** Tells news of an attempt that runs; what is over or foreign has none. */
  news(news: ProvisionalNews): void {
    if (!this.#events.isHeard) return
    const event = eventOfNews(this.#kernel.state, news, this.#position)
    if (event !== undefined) this.#events.publish(event)
  }

  /** Tells that the run has ended, and nothing after it. */
  ended(report: RunReport): void {
    this.#events.publish({ kind: 'run-ended', report, ...this.place })
    this.#events.end()
  }

  /** Nothing more is told, though the run has not ended here. */
  stopped(): void {
    this.#events.end()
  }

  #snapshot(skipped: number): RunEvent | undefined {
    return this.#isAhead ? undefined : { ...snapshotOf(this.#kernel.state, skipped), ...this.place }
  }
}
