// What a repair tells: by run, what is in the new file, and what had to be left out.

/** What became of one run. */
export interface RunRepair {
  readonly run: string
  /** Rows in the new file: all up to the first that could not be read. */
  readonly rows: number
  /** Rows that had to be left out; `undefined` where they could not even be counted. */
  readonly lostRows: number | undefined
  readonly details: number
}

/** What a repair saved and what it lost. */
export interface RepairReport {
  /** The new file. */
  readonly into: string
  readonly runs: readonly RunRepair[]
  /** History records saved. */
  readonly history: number
  /** What could not be read, one sentence each; empty where all was saved. */
  readonly lost: readonly string[]
}
