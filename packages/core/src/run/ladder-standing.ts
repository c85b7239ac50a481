// Where failures of one kind begin to climb in this run. Two tasks in a row that the rung did not help send those after them one
// higher, so that they need not find out the same; three in a row that were helped bring them one down again.
import type { FailureCategory } from '../model/failure.ts'

/** How failures of one category of one kind of task stand. */
export interface LadderStanding {
  /** The rung on which they begin, from 0. */
  readonly rung: number
  /** Recoveries on that rung that did not help, and that helped, one after another. */
  readonly missed: number
  readonly helped: number
}

/** What a recovery came to. */
export interface LadderResult {
  readonly rung: number
  readonly hasHelped: boolean
}

/** Recoveries in a row after which the beginning moves up, and down. */
const missesToClimb = 2
const helpsToComeDown = 3

/** The key of failures that stand together. */
export function standingKey(kind: string, category: FailureCategory): string {
  return `${category}\0${kind}`
}

/** The standing after one more recovery. A rung other than the first says nothing of where to begin. */
export function nextStanding(before: LadderStanding | undefined, { rung, hasHelped }: LadderResult): LadderStanding {
  const standing = before ?? { rung: 0, missed: 0, helped: 0 }
  if (hasHelped && rung > standing.rung) return { ...standing, helped: 0 }
  if (!hasHelped && rung !== standing.rung) return standing
  if (hasHelped) {
    const helped = standing.helped + 1
    return helped < helpsToComeDown || standing.rung === 0
      ? { rung: standing.rung, missed: 0, helped: Math.min(helped, helpsToComeDown) }
      : { rung: standing.rung - 1, missed: 0, helped: 0 }
  }
  const missed = standing.missed + 1
  return missed < missesToClimb
    ? { rung: standing.rung, missed, helped: 0 }
    : { rung: standing.rung + 1, missed: 0, helped: 0 }
}
