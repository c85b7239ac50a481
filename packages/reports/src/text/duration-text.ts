// Durations for people: as many digits as help. The command line says them in the same words, so that a task took as long in a
// report as it did on the board.

/** A duration in words: `12 ms`, `3.4 s`, `2 min 05 s`, `1 h 02 min`. */
export function durationText(ms: number): string {
  if (!Number.isFinite(ms)) return 'unknown'
  if (ms < 999.5) return `${Math.round(Math.max(0, ms))} ms`
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`
  const wholeMinutes = Math.round(seconds / 60)
  return `${Math.floor(wholeMinutes / 60)} h ${String(wholeMinutes % 60).padStart(2, '0')} min`
}
