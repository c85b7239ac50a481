// The failures of a whole run by cause: what the closing summary, the reports and a person read first.
import type { AttemptName, FailureGroups, RunReport } from '@muster/core'
import { blameWorkers } from './blame-workers.ts'
import { createFailureGrouper, type FailureGrouperOptions } from './failure-grouper.ts'
import type { FailureOccurrence } from './failure-occurrence.ts'
import { findCollateral } from './find-collateral.ts'
import type { KnownFailures } from './known-failures.ts'
import { attemptsOf, type WorkerAttempt } from './worker-attempt.ts'

/** What else is known when a run is grouped. */
export interface GroupFailuresOptions extends FailureGrouperOptions {
  /** What the history knew before the run, from `knownFailures`; without it groups have no standing. */
  readonly known?: KnownFailures | undefined
}

/**
 * The failures of `report` by cause, most failures first. Every failed attempt counts, also of tests that passed when they were
 * tried again. It reads the report alone and depends on nothing else.
 *
 * @example
 * ```ts
 * const { sentence, groups } = groupFailures(report)
 * console.log(sentence) // 412 failures, 3 causes.
 * for (const { title, failures, tests } of groups) console.log(title, failures, tests)
 * ```
 */
export function groupFailures(report: Pick<RunReport, 'tasks'>, options: GroupFailuresOptions = {}): FailureGroups {
  const { known, ...grouperOptions } = options
  const attempts = attemptsOf(report)
  const passedOn = [...new Set(attempts.flatMap(({ isPassed, worker }) => (isPassed ? [worker] : [])))]
  const grouper = createFailureGrouper({ passedOn, ...grouperOptions })
  for (const occurrence of occurrencesIn(attempts)) grouper.add(occurrence)
  return grouper.groups(known)
}

/** The failures of a run, each with what it may only have followed from: a fault of its worker, or a bad worker. */
export function occurrencesOf(report: Pick<RunReport, 'tasks'>): readonly FailureOccurrence[] {
  return occurrencesIn(attemptsOf(report))
}

function occurrencesIn(attempts: readonly WorkerAttempt[]): readonly FailureOccurrence[] {
  const followed = new Map([...findCollateral(attempts), ...takenAlong(attempts)])
  const faults = new Set(followed.values())
  const blamed = new Map(
    [...blameWorkers(attempts).values()]
      .flat()
      .flatMap(({ worker, failures }) => failures.map((each) => [each, worker] as const)),
  )
  return attempts.flatMap(({ failures }) =>
    failures.map((occurrence): FailureOccurrence => {
      const fault = followed.get(occurrence)
      if (fault !== undefined) return { ...occurrence, after: { kind: 'fault', occurrence: fault } }
      const worker = faults.has(occurrence) ? undefined : blamed.get(occurrence)
      return worker === undefined ? occurrence : { ...occurrence, after: { kind: 'worker', worker } }
    }),
  )
}

/** Attempts that were lost because another one killed the worker under them, each with the loss of that one. */
function takenAlong(attempts: readonly WorkerAttempt[]): ReadonlyMap<FailureOccurrence, FailureOccurrence> {
  const nameOf = ({ task, n }: AttemptName): string => `${String(n)} ${task}`
  const losses = new Map(attempts.map((attempt) => [nameOf(attempt), attempt.failures[0]]))
  const taken = new Map<FailureOccurrence, FailureOccurrence>()
  for (const { causedBy, failures } of attempts) {
    const killer = causedBy === undefined ? undefined : losses.get(nameOf(causedBy))
    if (killer !== undefined) for (const failure of failures) taken.set(failure, killer)
  }
  return taken
}
