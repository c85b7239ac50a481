// A wall time as text. Pure code has no `Date`, because it must not read the clock; writing a given time needs none.

const dayMs = 86_400_000

/**
 * Milliseconds since 1970 as an ISO 8601 time in UTC.
 *
 * @example
 * ```ts
 * isoTime(0) // '1970-01-01T00:00:00.000Z'
 * ```
 */
export function isoTime(wallMs: number): string {
  const whole = Number.isFinite(wallMs) ? Math.round(wallMs) : 0
  const days = Math.floor(whole / dayMs)
  const ms = whole - days * dayMs
  const { year, month, day } = civilDay(days)
  const clock = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60]
    .map(two)
    .join(':')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clock}.${String(ms % 1000).padStart(3, '0')}Z`
}

/** The day of the civil calendar, counted in eras of 400 years that begin in March, so that leap days come last. */
function civilDay(sinceEpoch: number): { readonly year: number; readonly month: number; readonly day: number } {
  const days = sinceEpoch + 719_468
  const era = Math.floor(days / 146_097)
  const ofEra = days - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * ofYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return { year, month, day: ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1 }
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
