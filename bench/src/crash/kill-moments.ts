// When each coordinator is killed: rolled from the seed, at every point of the step and while the run is being opened. How
// many ends a coordinator may live through follows from what is left, so that the kills are spread over the whole run.
import type { KillMoment } from './crash-order.ts'

/** Of 100 kills so many at each moment; what is left is killed some time after an end. */
const shares = { 'in-commit': 40, 'before-append': 12, 'during-append': 15, 'from-outside': 18 } as const
/** Longest time in milliseconds until a kill from outside: past the start of the first bodies. */
const openingMs = 600

/** The next moment, with `ends` to be shared by `kills` coordinators. */
export function nextMoment(
  roll: () => number,
  left: {
    readonly ends: number
    readonly kills: number
    /** There is nothing to resume before the first coordinator has begun the run. */
    readonly isFirst: boolean
  },
): KillMoment {
  const share = Math.max(1, Math.floor(left.ends / (left.kills + 1)))
  const nth = 1 + Math.floor(roll() * share)
  let draw = roll() * 100
  const fine = roll()
  for (const kind of ['in-commit', 'before-append', 'during-append', 'from-outside'] as const) {
    draw -= shares[kind]
    if (draw >= 0) continue
    if (kind === 'from-outside' && left.isFirst) break
    if (kind === 'from-outside') return { kind, afterMs: fine * openingMs }
    return kind === 'during-append' ? { kind, nth, afterMs: fine * 3 } : { kind, nth }
  }
  return { kind: 'running', nth, afterMs: fine * 30 }
}
