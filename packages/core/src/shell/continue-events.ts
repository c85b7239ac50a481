// The events of a kept run from any position on: first from the journal, then live where the run goes on in this process. The
// live sequence is opened before the journal is read, so nothing can lie between the two; what both have is told once.
import { isMusterError } from '../errors/muster-error.ts'
import type { RunEvent } from '../events/run-event.ts'
import type { Store } from '../ports/store.ts'
import { JournalEvents } from '../run/journal-events.ts'
import { reportOf } from '../run/report-of.ts'
import type { EventHub } from './event-hub.ts'
import type { EventQueue } from './event-queue.ts'
import { readDetails } from './read-details.ts'
import { readCommits } from './read-journal.ts'

/** What is read, and from where on. */
export interface EventsQuestion {
  readonly store: Store
  readonly run: string
  /** Row whose events were the last to be seen; 0 for all. */
  readonly after: number
  /** Where the run goes on, if it goes on here. */
  readonly hub: EventHub | undefined
}

/** The events of a run after a row. Rejects with `RUN_UNKNOWN` where it is neither kept nor going on. */
export async function* continueEvents(question: EventsQuestion): AsyncGenerator<RunEvent, void, void> {
  const { after, hub } = question
  const live = hub?.queue()
  const kept = new KeptEvents(question, live !== undefined)
  try {
    yield* kept.read()
    if (live !== undefined && !kept.isOver) kept.forget()
    const isOver = live === undefined ? kept.isOver : (yield* goOn(live, Math.max(after, kept.position))) && kept.isOver
    if (isOver) yield await kept.ending()
  } finally {
    live?.close()
  }
}

/** The events of a journal, and how it ended. */
class KeptEvents {
  readonly #question: EventsQuestion
  readonly #mayBeUnknown: boolean
  #journal = new JournalEvents()
  #startedAtWallMs = 0
  /** The last row there was. */
  position = 0

  /** `mayBeUnknown`: the run goes on, though perhaps nothing of it is recorded yet. */
  constructor(question: EventsQuestion, mayBeUnknown: boolean) {
    this.#question = question
    this.#mayBeUnknown = mayBeUnknown
  }

  /** Whether the run was over after the last row. */
  get isOver(): boolean {
    return this.#journal.state.phase === 'over'
  }

  async *read(): AsyncGenerator<RunEvent, void, void> {
    const { store, run, after } = this.#question
    try {
      for await (const commit of readCommits(store, run)) {
        const events: RunEvent[] = []
        const tell = (event: RunEvent): void => {
          events.push(event)
        }
        if (++this.position === 1) this.#startedAtWallMs = commit.wallMs
        this.#journal.take(commit, this.position, this.position > after ? tell : undefined)
        yield* events
      }
    } catch (error) {
      if (!this.#mayBeUnknown || !isMusterError(error) || error.code !== 'RUN_UNKNOWN') throw error
    }
  }

  /** Lets go of the state, which a run that goes on has elsewhere. */
  forget(): void {
    this.#journal = new JournalEvents()
  }

  /** That the run has ended, as it was told live. */
  async ending(): Promise<RunEvent> {
    const { store, run } = this.#question
    const { state } = this.#journal
    const details = await readDetails(state, (name) => store.readDetails(run, name))
    const report = reportOf(state, { startedAtWallMs: this.#startedAtWallMs, details })
    return { kind: 'run-ended', report, position: this.position, atMs: state.atMs }
  }
}

/** What is told live of later rows; says whether nothing was, so that the journal has the last word. */
async function* goOn(live: EventQueue, seen: number): AsyncGenerator<RunEvent, boolean, void> {
  let isSilent = true
  for await (const event of live) {
    const isNew = isOfItsRow(event) ? event.position > seen : event.position >= seen
    if (!isNew) continue
    isSilent &&= event.kind !== 'run-ended' && event.position <= seen
    yield event
  }
  return isSilent
}

/** Whether it is told with the row that it names. All others come after that row was told. */
function isOfItsRow({ kind }: RunEvent): boolean {
  return !(
    kind === 'run-ended' ||
    kind === 'note' ||
    kind === 'attempt-progress' ||
    kind === 'attempt-output' ||
    kind === 'case-ended'
  )
}
