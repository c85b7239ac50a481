// What a task of node:test tells its executor.

/** The payload of one file. */
export interface NodeTestPayload {
  /** Relative to the root, with forward slashes. */
  readonly file: string
}

/** What every file of one runner has in common. */
export interface NodeTestSetup {
  readonly kind: string
  readonly argv: readonly string[]
  readonly only: boolean
  /** Relative to the root. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}
