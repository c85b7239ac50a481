// What the history knows of causes: when each was seen first and last, and in how many runs. From it follows whether a cause is
// new, recurring, or was gone and is back. Kept in sixteen records by the first digit of the id, each of bounded size, so that a
// run rewrites only what it touches and a thousandth run costs no more than the first. Histories that were kept apart merge.
import type { FailureGroups, GroupStanding } from '@muster/core'
import { z } from 'zod'
import { compareText } from '../history/compare-text.ts'
import type { SeenRun } from '../history/task-summary.ts'

/** Causes kept in one of the sixteen records: those seen last. */
export const causesKept = 256
/** Runs that a cause names by themselves, so that none counts twice. */
export const sightingsKept = 6
/** Runs remembered, to tell for how long a cause was gone. */
export const runsKept = 64
/** Runs in which a cause must not have been seen before its return is a regression. */
export const quietRuns = 5

/** One cause over all runs. */
export interface KnownFailure {
  readonly id: string
  readonly title: string
  /** Runs in which it was seen. */
  readonly runs: number
  readonly first: SeenRun
  /** The latest runs in which it was seen, oldest first, at most {@link sightingsKept}. */
  readonly seen: readonly SeenRun[]
}

/** A record of causes, version 1. */
export interface KnownCauses {
  readonly version: 1
  readonly causes: readonly KnownFailure[]
}

/** The runs there were, oldest first, version 1. */
export interface KnownRuns {
  readonly version: 1
  readonly runs: readonly SeenRun[]
}

/** What the history knew before a run. */
export interface KnownFailures {
  /** The run whose groups are told; what it added to the history itself is left out. */
  readonly run: SeenRun
  readonly runs: readonly SeenRun[]
  readonly causes: ReadonlyMap<string, KnownFailure>
}

const seenRun = z.strictObject({ run: z.string(), atWallMs: z.number() })

/** The schema of {@link KnownCauses} as it is stored. */
export const knownCauses: z.ZodType<KnownCauses> = z.strictObject({
  version: z.literal(1),
  causes: z
    .array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        runs: z.number().int().min(1),
        first: seenRun,
        seen: z.array(seenRun).min(1).max(sightingsKept),
      }),
    )
    .max(causesKept),
})

/** The schema of {@link KnownRuns} as it is stored. */
export const knownRuns: z.ZodType<KnownRuns> = z.strictObject({
  version: z.literal(1),
  runs: z.array(seenRun).max(runsKept),
})

/** Whether a cause is new, recurring or back. */
export function standingOf({ run, runs, causes }: KnownFailures, id: string): GroupStanding {
  const cause = causes.get(id)
  const before = cause?.seen.filter((seen) => compareSeen(seen, run) < 0).at(-1)
  // Only this very run, or later ones, have seen it.
  if (cause === undefined || compareSeen(cause.first, run) >= 0) return 'new'
  // Seen before, but in none of the sightings that are kept: all of them are later.
  if (before === undefined) return 'recurring'
  const quiet = runs.filter((each) => compareSeen(each, before) > 0 && compareSeen(each, run) < 0).length
  return quiet >= quietRuns ? 'regressed' : 'recurring'
}

/** One record with the causes of a run in it; the same run again changes nothing. */
export function foldCauses(before: KnownCauses, groups: FailureGroups['groups'], run: SeenRun): KnownCauses {
  const now = groups.map(({ id, title }): KnownFailure => ({
    id,
    title: title.slice(0, 120),
    runs: 1,
    first: run,
    seen: [run],
  }))
  return mergeCauses(before, { version: 1, causes: now })
}

/** One record of what both say. A run that both name among the latest sightings counts once. */
export function mergeCauses(a: KnownCauses, b: KnownCauses): KnownCauses {
  const causes = new Map(a.causes.map((cause) => [cause.id, cause]))
  for (const cause of b.causes) {
    const other = causes.get(cause.id)
    causes.set(cause.id, other === undefined ? cause : mergeCause(other, cause))
  }
  const kept = [...causes.values()]
    .sort((x, y) => compareSeen(lastSeen(y), lastSeen(x)) || compareText(x.id, y.id))
    .slice(0, causesKept)
  return { version: 1, causes: kept }
}

/** The latest runs of both. */
export function mergeRuns(a: KnownRuns, b: KnownRuns): KnownRuns {
  return { version: 1, runs: uniqueRuns([...a.runs, ...b.runs]).slice(-runsKept) }
}

function mergeCause(a: KnownFailure, b: KnownFailure): KnownFailure {
  const shared = a.seen.filter(({ run }) => b.seen.some((seen) => seen.run === run)).length
  const [earlier, later] = compareSeen(a.first, b.first) <= 0 ? [a, b] : [b, a]
  return {
    id: a.id,
    title:
      compareSeen(earlier.first, later.first) < 0 || compareText(earlier.title, later.title) <= 0
        ? earlier.title
        : later.title,
    runs: a.runs + b.runs - shared,
    first: earlier.first,
    seen: uniqueRuns([...a.seen, ...b.seen]).slice(-sightingsKept),
  }
}

function uniqueRuns(runs: readonly SeenRun[]): readonly SeenRun[] {
  const sorted = [...runs].sort(compareSeen)
  return sorted.filter((run, i) => i === 0 || compareSeen(run, sorted[i - 1] ?? run) !== 0)
}

function lastSeen({ seen, first }: KnownFailure): SeenRun {
  return seen.at(-1) ?? first
}

function compareSeen(a: SeenRun, b: SeenRun): number {
  return a.atWallMs - b.atWallMs || compareText(a.run, b.run)
}
