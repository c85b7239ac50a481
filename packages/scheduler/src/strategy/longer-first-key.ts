// One number that puts the longer first and the unknown before all: a policy is asked once per task and sees no others, so
// it cannot put an unknown task in the middle. First is the side to err on. A long task that starts last adds nearly its
// whole length to the run; a short one that starts first adds at most its own.

/** Key of a task whose duration is unknown: before every known one, and finite, since keys are subtracted. */
const unknownFirst = -Number.MAX_VALUE

/** The key of a duration in milliseconds, the longer the smaller. */
export function longerFirstKey(ms: number | undefined): number {
  // `-0` would tie with `0` but not be it.
  return ms === undefined ? unknownFirst : 0 - ms
}
