// One line of a text, as the rules see it.

/**
 * Whose words a line holds: `said` by whatever failed, `quoted` by an assertion, in the `block` of values below one or the name
 * of a test that failed, a `frame` of a stack or a test that passed, `warned` of.
 */
export type LineRole = 'said' | 'quoted' | 'block' | 'frame' | 'warned'

/** One line of a text. */
export interface LogLine {
  /** Counts from 1, in the text as it was given. */
  readonly number: number
  /** Without colours, timestamps, levels and indentation. */
  readonly text: string
  readonly role: LineRole
  /** It stood further right. */
  readonly isIndented?: boolean | undefined
}
