// What a person should know of a history that could not be read whole.

/** A record of the history that could not be folded into. */
export interface HistoryProblem {
  readonly key: string
  /** What became of it: a newer record is left alone, an unreadable one is begun anew. */
  readonly kind: 'left-alone' | 'begun-anew'
  /** One sentence for a person. */
  readonly text: string
}
