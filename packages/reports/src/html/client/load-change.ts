// A step of the curve that shows how many attempts run.

/** A time in milliseconds after the start of the run, and how many attempts run from then on. */
export type LoadChange = readonly [ms: number, running: number]
