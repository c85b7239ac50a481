// Whole numbers in a typed array that others may read but not change: the language has no such type of its own.

/** The reading half of an `Int32Array` or `Uint8Array`. */
export interface ReadonlyInts extends Iterable<number> {
  readonly length: number
  readonly [index: number]: number
}

/** The reading half of a `Float64Array`. */
export type ReadonlyReals = ReadonlyInts
