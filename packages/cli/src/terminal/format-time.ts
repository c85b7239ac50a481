// Durations for people: as many digits as help.

/** A measured duration: `12 ms`, `3.4 s`, `2 min 05 s`, `1 h 02 min`. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return 'unknown'
  if (ms < 999.5) return `${String(Math.round(Math.max(0, ms)))} ms`
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${String(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${String(minutes)} min ${twoDigits(seconds % 60)} s`
  const wholeMinutes = Math.round(seconds / 60)
  return `${String(Math.floor(wholeMinutes / 60))} h ${twoDigits(wholeMinutes % 60)} min`
}

/** What is known of a duration: `1.5 s (1.0 s to 3.0 s)`, without a range where that would say nothing. */
export function formatRange({
  medianMs,
  p10Ms,
  p90Ms,
}: {
  readonly medianMs: number
  readonly p10Ms: number
  readonly p90Ms: number
}): string {
  const [low, middle, high] = [p10Ms, medianMs, p90Ms].map(formatDuration)
  return low === high ? String(middle) : `${String(middle)} (${String(low)} to ${String(high)})`
}

/** A running clock that keeps its width: `0:07`, `12:40`, `1:02:03`. */
export function formatClock(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000)
  const minutes = Math.floor(seconds / 60)
  const rest = twoDigits(seconds % 60)
  if (minutes < 60) return `${String(minutes)}:${rest}`
  return `${String(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${rest}`
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0')
}
