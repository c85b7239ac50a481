// A date as HTTP writes it, in seconds of an epoch of its own: only the difference of two such dates means anything here, since
// whose clock is right nobody knows.

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec'

/** Seconds that grow with the date; nothing where it is none. `Wed, 21 Oct 2026 07:28:00 GMT` is one. */
export function httpDateSeconds(text: string): number | undefined {
  const found = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/.exec(text.trim())
  if (found === null) return undefined
  const [, day = '', named = '', year = '', hour = '', minute = '', second = ''] = found
  const month = months.indexOf(named) / 3
  if (!Number.isInteger(month) || month < 0) return undefined
  return (
    ((daysOf(Number(year), month + 1, Number(day)) * 24 + Number(hour)) * 60 + Number(minute)) * 60 + Number(second)
  )
}

/** Days of the calendar: years that begin in March have their leap day at the end. */
function daysOf(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1
  const inYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day
  return 365 * years + Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400) + inYear
}
