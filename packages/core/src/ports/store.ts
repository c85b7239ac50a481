// Keeps what must survive: journals, details, history. The journal's bytes are opaque here: the kernel owns their meaning.

/** What a store knows of a run without reading its journal. */
export interface RunRecord {
  readonly run: string
  /** Name of the project or suite, for people. */
  readonly name: string
  /** Wall time at which it was created, milliseconds since 1970. */
  readonly createdAtWallMs: number
  readonly status: 'open' | 'finished' | 'interrupted'
  /** Number of the last owner; 0 before the first. */
  readonly epoch: number
  /** Rows in the journal. */
  readonly rows: number
  /** Who owns the run now, or owned it last and never gave it back; absent where nobody does, or the store cannot say. */
  readonly owner?: RunOwner | undefined
}

/** The owner of a run. */
export interface RunOwner {
  /** For people: host and process id. */
  readonly name: string
  /** Whether it lives, as far as can be seen from here. A run whose owner is dead can be resumed. */
  readonly isAlive: boolean
  /** Whether it lives and stands still, as after Ctrl-Z; absent where it does not, or the store cannot say. */
  readonly isStopped?: boolean | undefined
}

/** One commit: everything in it becomes durable together or not at all. */
export interface Commit {
  /** Position of this row, counting up from 1 without a gap. */
  readonly seq: number
  /** The entries, serialised. */
  readonly bytes: string
  /** Texts stored by name beside the row; a name that is there already keeps its text. */
  readonly details?: readonly { readonly name: string; readonly text: string }[] | undefined
  /** The run's new status, when this row changes it. */
  readonly status?: RunRecord['status'] | undefined
}

/** Who wants to own a run, and how. */
export interface OpenJournalRequest {
  readonly run: string
  /** Names the owner for people: host and process id. */
  readonly owner: string
  /** How long the ownership lasts without a heartbeat, in milliseconds. */
  readonly leaseMs: number
  /** Own it even though its owner seems alive. @defaultValue `false` */
  readonly takeOver?: boolean | undefined
}

/**
 * The right to append to one run. Every call carries the epoch; once a later owner has opened the run, each call rejects
 * with `RUN_TAKEN_OVER`.
 */
export interface JournalWriter {
  readonly run: string
  readonly epoch: number
  /** Sequence number of the last row there is; the next append has this plus 1. */
  readonly lastSeq: number
  /**
   * Resolves once the commit is durable. May be called again before the last one has resolved; rows become durable in
   * order. A commit that was stored although its caller saw a failure is found again by `seq` on the next open.
   */
  append(commit: Commit): Promise<void>
  /** Renews the lease. */
  heartbeat(): Promise<void>
  /** Waits for what was appended and gives the ownership back. */
  close(): Promise<void>
}

/** One row as read back. */
export interface JournalRow {
  readonly seq: number
  readonly epoch: number
  readonly bytes: string
}

/** One entry of the history: a versioned text under a key, owned by whoever folds it. */
export interface HistoryRecord {
  readonly key: string
  readonly text: string
}

/** A history record as somebody read it before deciding what to fold. */
export interface HistoryGuard {
  readonly key: string
  /** Absent where there was no such record. */
  readonly text?: string | undefined
}

/** Where journals, details and history live. Safe for several processes at once where the medium is. */
export interface Store {
  readonly name: string
  /** Rejects with `RUN_EXISTS` where the id is taken. */
  createRun(run: { readonly run: string; readonly name: string; readonly createdAtWallMs: number }): Promise<void>
  /** Newest first. */
  listRuns(limit?: number): Promise<readonly RunRecord[]>
  /** What is known of one run; undefined for an id that is not kept. */
  findRun(run: string): Promise<RunRecord | undefined>
  /** Takes the next epoch. Rejects with `RUN_UNKNOWN`, or with `RUN_OWNED` while an owner is alive. */
  openJournal(request: OpenJournalRequest): Promise<JournalWriter>
  /** All rows after `afterSeq`, in order; readers need no ownership and do not disturb the writer. */
  readJournal(run: string, afterSeq?: number): AsyncIterable<readonly JournalRow[]>
  /** The text of stored details by the name that an outcome gives; undefined where they are not kept. */
  readDetails(run: string, name: string): Promise<string | undefined>
  /** Takes runs out with all that belongs to them; those of living owners stay. Says how many went. */
  deleteRuns(runs: readonly string[]): Promise<number>
  /** All history under a prefix, or the records with the given keys. */
  readHistory(keys: readonly string[] | { readonly prefix: string }): Promise<readonly HistoryRecord[]>
  /**
   * Replaces history records in one transaction and remembers that `run` was folded in; says false, and changes nothing,
   * where it was already, or where the record that `guard` names no longer reads as given. So whoever reads, decides and
   * folds beside others can tell that another fold came in between.
   */
  foldHistory(run: string, records: readonly HistoryRecord[], guard?: HistoryGuard): Promise<boolean>
  /** Lets go of what is open; nothing is asked of it afterwards. */
  close(): Promise<void>
}
