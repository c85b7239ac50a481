// Amounts as people say them: nobody reads nine digits of bytes. What is exact stands in the evidence.

const sizes = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes with three digits at most: `400 MB`. */
export function bytesText(bytes: number): string {
  let value = bytes
  let at = 0
  while (value >= 999.5 && at < sizes.length - 1) {
    value /= 1000
    at += 1
  }
  return `${at === 0 ? String(value) : rounded(value)} ${sizes[at] ?? 'bytes'}`
}

/** Milliseconds as a person would say them: `50 ms`, `12 s`, `2 min 30 s`. */
export function msText(ms: number): string {
  if (ms < 1000) return `${String(ms)} ms`
  if (ms < 59_950) return `${rounded(ms / 1000)} s`
  const seconds = Math.round(ms / 1000)
  const rest = seconds % 60
  return `${String(Math.floor(seconds / 60))} min${rest === 0 ? '' : ` ${String(rest)} s`}`
}

/** Three digits at most, without zeros behind the point. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(value >= 100 ? 3 : 2)))
}
