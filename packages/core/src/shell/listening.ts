// Listening as node's own emitters offer it: once, and removal by the listener itself, beside the removal that `on` returns.
// `events.once(run, …)` and `events.on(run, …)` of node work by it, and they ask for `error` and `removeListener` too.
import type { Listener, ListenerName } from './event-hub.ts'

/** What can be listened to: a run, or all runs of an orchestrator. */
export interface Listenable {
  /**
   * Calls `listener` with each event of a kind, of every kind for `'*'`, or with what a report rejects with for `'error'`;
   * returns its removal. Throws `OPTIONS_INVALID` for a kind that there is not.
   */
  on<Name extends ListenerName>(name: Name, listener: Listener<Name>): () => void
  /**
   * As `on`, for the first event only.
   *
   * @example
   * ```ts
   * run.once('task-judged', ({ task, verdict }) => console.log('first:', task, verdict.kind))
   * ```
   */
  once<Name extends ListenerName>(name: Name, listener: Listener<Name>): () => void
  /** Removes a listener that `on` or `once` added; of one that was added twice, the later. Nothing where there is none. */
  off<Name extends ListenerName>(name: Name, listener: Listener<Name>): void
  /** As `off`, by the name that node's `events` calls. */
  removeListener<Name extends ListenerName>(name: Name, listener: Listener<Name>): void
}

type Attach = <Name extends ListenerName>(name: Name, listener: Listener<Name>) => () => void

interface Kept {
  readonly name: ListenerName
  readonly listener: unknown
  readonly remove: () => void
}

/** Remembers who listens, over an `attach` that returns the removal. */
export class Listening implements Listenable {
  readonly #attach: Attach
  readonly #kept = new Set<Kept>()

  constructor(attach: Attach) {
    this.#attach = attach
  }

  on<Name extends ListenerName>(name: Name, listener: Listener<Name>): () => void {
    return this.#add(name, listener, listener)
  }

  once<Name extends ListenerName>(name: Name, listener: Listener<Name>): () => void {
    // What a listener gives back may be a promise, which is looked after like that of any other.
    const tell: (...told: Parameters<Listener<Name>>) => unknown = listener
    const remove = this.#add(name, listener, (...told: Parameters<Listener<Name>>) => {
      remove()
      return tell(...told)
    })
    return remove
  }

  off<Name extends ListenerName>(name: Name, listener: Listener<Name>): void {
    const isIt = (kept: Kept): boolean => kept.name === name && kept.listener === listener
    ;[...this.#kept].findLast(isIt)?.remove()
  }

  removeListener<Name extends ListenerName>(name: Name, listener: Listener<Name>): void {
    this.off(name, listener)
  }

  #add<Name extends ListenerName>(name: Name, listener: unknown, heard: Listener<Name>): () => void {
    const detach = this.#attach(name, heard)
    const kept: Kept = {
      name,
      listener,
      remove: () => {
        this.#kept.delete(kept)
        detach()
      },
    }
    this.#kept.add(kept)
    return kept.remove
  }
}
