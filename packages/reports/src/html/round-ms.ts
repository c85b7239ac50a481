// Durations on the page, as short as they can be written: a hundred thousand of them are most of its size.

/** Milliseconds with as many digits as anybody looks at: hundredths below 10 ms, tenths below a second, whole ones from there. */
export function roundMs(ms: number): number {
  return ms < 10 ? Math.round(ms * 100) / 100 : ms < 1000 ? Math.round(ms * 10) / 10 : Math.round(ms)
}
