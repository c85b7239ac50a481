// How long a server asked to be left alone. Headers say it; texts are believed where they say it in so many words. A date
// counts from the date of the same response: from now on it would depend on whose clock one asks.
import type { ErrorShape } from './error-finding.ts'
import { httpDateSeconds } from './http-date.ts'

/** Longest wait that is believed, a day: what is longer was meant in another unit. */
const longestMs = 86_400_000

const inWords =
  /\b(?:retry|try again|retry again) (?:after|in) (\d{1,6}(?:\.\d{1,3})?) ?(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?)\b/i
const asHeader = /^(?:[<*|] ?)?["']?retry-after["']?: ?["']?(\d{1,6})["']?,?$/i

/** What was asked for, in milliseconds: by whoever knows it, by what was thrown, or by a line of the text. */
export function retryAfterIn(
  told: number | undefined,
  chain: readonly ErrorShape[],
  lines: Iterable<{ readonly text: string }>,
): number | undefined {
  const known = told ?? chain.find(({ retryAfterMs }) => retryAfterMs !== undefined)?.retryAfterMs
  if (known !== undefined) return believed(known)
  for (const { text } of lines) {
    const waitMs = waitIn(text)
    if (waitMs !== undefined) return waitMs
  }
  return undefined
}

/** What the header of a response says: seconds, or a date, which counts from the response's own where that is known. */
export function retryAfterOfHeader(value: unknown, date?: unknown): number | undefined {
  const [until, from] = [value, date].map((each) => (typeof each === 'string' ? httpDateSeconds(each) : undefined))
  if (until !== undefined) return from === undefined ? undefined : believed(Math.max(0, until - from) * 1000)
  const seconds = typeof value === 'string' && /^\d{1,6}$/.test(value.trim()) ? Number(value) : value
  return typeof seconds === 'number' ? believed(seconds * 1000) : undefined
}

function waitIn(text: string): number | undefined {
  const header = asHeader.exec(text.trim())?.[1]
  if (header !== undefined) return retryAfterOfHeader(header)
  const words = inWords.exec(text)
  const unit = words?.[2]?.toLowerCase()
  if (words === null || unit === undefined) return undefined
  const factor =
    unit.startsWith('mi') && unit.includes('ll') ? 1 : unit === 'ms' ? 1 : unit.startsWith('m') ? 60_000 : 1000
  return believed(Number(words[1]) * factor)
}

function believed(waitMs: number): number | undefined {
  return Number.isFinite(waitMs) && waitMs >= 0 && waitMs <= longestMs ? Math.ceil(waitMs) : undefined
}
