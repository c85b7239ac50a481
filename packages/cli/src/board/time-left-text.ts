// How long a run will go on, in words: a range, since a single number would promise what nobody knows.
import type { TimeLeft } from '../progress/time-left.ts'
import { formatClock } from '../terminal/format-time.ts'

/** The time left in words: a range, or that it is unknown yet. */
export function timeLeftText(left: TimeLeft): string {
  return timeLeftTexts(left)[0] ?? ''
}

/** The same in fewer and fewer words. */
export function timeLeftTexts(left: TimeLeft): readonly string[] {
  switch (left.kind) {
    case 'unknown':
      return ['time left unknown yet', 'left unknown', '? left']
    case 'range': {
      // Rounded up: "0:00 left" would be said of work that is still going on.
      const [low, likely, high] = [left.lowMs, left.likelyMs, left.highMs].map((ms) =>
        formatClock(Math.ceil(ms / 1000) * 1000),
      )
      const about = `about ${String(likely)} left`
      return [
        ...(low === high ? [] : [`${about} (${String(low)} to ${String(high)})`]),
        about,
        `${String(likely)} left`,
      ]
    }
  }
}
