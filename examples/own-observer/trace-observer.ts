// Draws a run as a timeline that chrome://tracing and Perfetto open: a row for each slot, a bar for each attempt. An
// observer hears events and decides nothing; were this one to throw, the run would go on and a note would say so.
import type { Observer, RunEvent } from '@muster/core'

/** A bar of the trace event format; times are in microseconds. */
export interface TraceBar {
  readonly name: string
  readonly ph: 'X'
  readonly ts: number
  readonly dur: number
  /** Worker and slot. */
  readonly pid: string
  readonly tid: number
  readonly args: { readonly attempt: number; readonly ended: string }
}

/** An observer that gathers bars as attempts end. */
export class TraceObserver implements Observer {
  readonly name = 'trace'
  readonly #bars: TraceBar[] = []
  readonly #open = new Map<string, { readonly atMs: number; readonly worker: string; readonly slot: number }>()

  get bars(): readonly TraceBar[] {
    return this.#bars
  }

  event(event: RunEvent): void {
    if (event.kind === 'attempt-launched') {
      this.#open.set(event.task, { atMs: event.atMs, worker: event.worker, slot: this.#freeSlot(event.worker) })
    } else if (event.kind === 'attempt-ended') this.#end(event.task, event.n, event.atMs, event.outcome.result)
    else if (event.kind === 'attempt-lost') this.#end(event.task, event.n, event.atMs, `lost: ${event.cause}`)
  }

  #end(task: string, attempt: number, atMs: number, ended: string): void {
    const open = this.#open.get(task)
    if (open === undefined) return
    this.#open.delete(task)
    const dur = Math.round(1000 * (atMs - open.atMs))
    this.#bars.push({
      name: task,
      ph: 'X',
      ts: 1000 * open.atMs,
      dur,
      pid: open.worker,
      tid: open.slot,
      args: { attempt, ended },
    })
  }

  #freeSlot(worker: string): number {
    const taken = [...this.#open.values()].filter((open) => open.worker === worker).map(({ slot }) => slot)
    let slot = 0
    while (taken.includes(slot)) slot += 1
    return slot
  }
}
