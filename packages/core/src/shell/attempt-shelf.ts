// The details of attempts between an engine that tells them and a report that shows them. The journal holds their name only,
// a hash of their text, and the text goes beside it in the same commit; where nothing is kept, they stay in memory.
import { createHash } from 'node:crypto'
import type { AttemptDetails } from '../model/outcome.ts'
import type { Commit } from '../ports/store.ts'
import type { KernelSignal } from '../run/judge-signal.ts'

/** Takes details out of signals and keeps them until they are asked for. */
export class AttemptShelf {
  readonly #isKept: boolean
  /** Texts by name, until the commit that needs them. */
  #texts = new Map<string, string>()
  /** Details by name where no store keeps them. */
  readonly #details = new Map<string, AttemptDetails>()

  /** `isKept`: whether a store keeps them. */
  constructor(isKept: boolean) {
    this.#isKept = isKept
  }

  /** The details that no store keeps, by name. */
  get details(): ReadonlyMap<string, AttemptDetails> {
    return this.#details
  }

  /** The signal as the kernel is told it: with the name of its details instead of them. */
  strip(signal: KernelSignal): KernelSignal {
    if (signal.kind !== 'attempt-ended' || signal.details === undefined) return signal
    const { details, ...rest } = signal
    const text = JSON.stringify({ version: 1, ...details })
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    if (this.#isKept) this.#texts.set(name, text)
    else this.#details.set(name, details)
    return { ...rest, outcome: { ...signal.outcome, details: name } }
  }

  /** What the next commit has to store; it is asked for once. */
  takeTexts(): NonNullable<Commit['details']> {
    if (this.#texts.size === 0) return []
    const texts = Array.from(this.#texts, ([name, text]) => ({ name, text }))
    this.#texts = new Map()
    return texts
  }
}
