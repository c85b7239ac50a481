// A bug planted on purpose, as a change of source text: what stands in a file exactly once, and what stands there instead.

/** One planted bug. */
export interface PlantedFault {
  readonly name: string
  /** What it breaks, for people. */
  readonly breaks: string
  /** Below the sources of this package. */
  readonly file: string
  readonly find: string
  readonly replace: string
  /** Whether the real orchestrator has to run for it to show. @defaultValue `false` */
  readonly needsOrchestrator?: boolean | undefined
  /** Why no law catches it, where none does. */
  readonly missedBecause?: string | undefined
}
