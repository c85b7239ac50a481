// What a Vitest task tells its executor, and how it is named.

/** The payload of one file, or of a part of it. */
export interface VitestPayload {
  /** Relative to the root of the run, with forward slashes. */
  readonly file: string
  /** Name of the Vitest project; empty where it has none. */
  readonly project: string
  /** Vitest's name for how the file is run. */
  readonly pool: string
  /** Only the cases and suites declared on these lines. @defaultValue all */
  readonly lines?: readonly number[] | undefined
  /** Only cases whose full name, titles joined by spaces, matches this regular expression. @defaultValue all */
  readonly namePattern?: string | undefined
}

/** What every file of one runner has in common. */
export interface VitestSetup {
  readonly kind: string
  /** Relative to the root of the run. */
  readonly root: string
  /** Relative to `root`. */
  readonly config?: string | undefined
  readonly project: readonly string[]
}

/** The id of a task: its file, with what else tells it from others of the same file. */
export function vitestTaskId(payload: VitestPayload, isOneOfSeveralProjects: boolean): string {
  const project = isOneOfSeveralProjects ? `[${payload.project}] ` : ''
  const lines = payload.lines === undefined ? '' : `:${payload.lines.join(',')}`
  const types = payload.pool === 'typescript' ? ' (types)' : ''
  return `${project}${payload.file}${lines}${types}`
}
