// Makes steps durable: a step with entries becomes one row, the details of its attempts lie beside it in the same commit. A
// run that nobody keeps has nothing to wait for. What the driver carries out, it carries out after this.
import type { AttemptDetails } from '../model/outcome.ts'
import type { Clock } from '../ports/clock.ts'
import type { Commit, JournalWriter } from '../ports/store.ts'
import { encodeCommit } from '../run/commit-codec.ts'
import type { Entry } from '../run/entry.ts'
import type { KernelSignal } from '../run/judge-signal.ts'
import type { Kernel, Step } from '../run/kernel.ts'
import { answerWithin } from './answer-within.ts'
import { AttemptShelf } from './attempt-shelf.ts'
import { OwnedJournal, type OwnedJournalParts } from './owned-journal.ts'
import { readDetails } from './read-details.ts'

/** What a recorder is made of. */
export interface StepRecorderParts extends Omit<OwnedJournalParts, 'journal'> {
  readonly kernel: Kernel
  readonly clock: Clock
  /** Nothing is kept without one. */
  readonly journal: JournalWriter | undefined
  readonly startedAtWallMs: number
  /** Reads stored details back. */
  readDetails(name: string): Promise<string | undefined>
}

/** The journal of a run as its driver writes it. */
export class StepRecorder {
  readonly #parts: StepRecorderParts
  readonly #journal: OwnedJournal | undefined
  readonly #shelf: AttemptShelf
  #position: number

  constructor(parts: StepRecorderParts) {
    const { journal } = parts
    this.#parts = parts
    this.#position = journal?.lastSeq ?? 0
    this.#journal = journal === undefined ? undefined : new OwnedJournal({ ...parts, journal })
    this.#shelf = new AttemptShelf(journal !== undefined)
  }

  /** The last row that was recorded; durable once `record` has resolved. */
  get position(): number {
    return this.#position
  }

  /** The signal as the kernel is told it; its details go with the step that judges it. */
  strip(signal: KernelSignal): KernelSignal {
    return this.#shelf.strip(signal)
  }

  /** Resolves once the step is durable; gives nothing back where there is nothing to wait for. */
  record(step: Step): Promise<void> | undefined {
    if (this.#journal === undefined) return undefined
    const details = this.#shelf.takeTexts()
    // Nothing was accepted, so nobody will ask for details either.
    if (step.entries.length === 0) return undefined
    const { kernel, clock, startedAtWallMs } = this.#parts
    const { atMs } = kernel.state
    // The first row says when the run started, so that a report read back says what the live one said.
    const wallMs = this.#position === 0 ? startedAtWallMs : clock.wallNow()
    const bytes = encodeCommit({ atMs, wallMs, entries: step.entries })
    return this.#journal.append({ seq: ++this.#position, bytes, details, status: statusAfter(step.entries) })
  }

  /** Keeps the lease from now on. */
  keep(): void {
    this.#journal?.keep()
  }

  /** Looks after the lease no longer; it still counts until it runs out or the journal is closed. */
  release(): void {
    this.#journal?.release()
  }

  /** Gives the ownership back. */
  async close(): Promise<void> {
    await this.#journal?.close()
  }

  /** Details by name, for the report; `giveUp` is told why some are missing. */
  async details(giveUp: (error: unknown) => void): Promise<ReadonlyMap<string, AttemptDetails>> {
    if (this.#journal === undefined) return this.#shelf.details
    const { kernel, clock, storeTimeoutMs: limitMs } = this.#parts
    return readDetails(
      kernel.state,
      (name) => answerWithin(this.#parts.readDetails(name), { clock, limitMs, what: 'the store to read details back' }),
      giveUp,
    )
  }
}

function statusAfter(entries: readonly Entry[]): Commit['status'] {
  const last = entries.at(-1)
  if (last?.kind === 'finished') return last.ending
  return entries.some((entry) => entry.kind === 'run-opened') ? 'open' : undefined
}
