// What a benchmark is: one file in `benches/` that exports `bench`. It measures through the public entries of the
// packages, puts its peers' figures beside ours from the same run, and leaves out what it could not measure.

/** Numbers only; a law that stood is 1, one that broke is 0. */
export type Figures = Readonly<Record<string, number>>

/** What a benchmark is given. */
export interface BenchContext {
  /** The folder of `--data`, which has one folder for each set. */
  readonly data: string | undefined
  readonly seed: number
  /** A fault to plant on purpose, one of `faults`. */
  readonly plant: string | undefined
  /** The benchmark's own options as given: text, or true for one without a value. */
  readonly options: Readonly<Record<string, string | true>>
  /** Tells a person what is going on; never part of the result. */
  readonly progress: (text: string) => void
}

/** What a benchmark measured. */
export interface BenchResult {
  readonly figures: Figures
  readonly peers?: Readonly<Record<string, Figures>>
  readonly notes?: readonly string[]
}

/** One benchmark. */
export interface Bench {
  readonly name: string
  readonly summary: string
  /** What each figure means. A name may hold a part in angle brackets: `<runner>_ratio`. */
  readonly figures: Readonly<Record<string, string>>
  /** What each option of its own does. */
  readonly options?: Readonly<Record<string, string>>
  /** What each fault breaks. */
  readonly faults?: Readonly<Record<string, string>>
  readonly run: (context: BenchContext) => Promise<BenchResult>
}
