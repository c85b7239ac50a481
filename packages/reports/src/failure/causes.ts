// Failures by cause. Forty red cases with one cause are one thing to repair, and a person who sees forty entries reads none of
// them. A report that carries its failures by cause is believed: every document then tells the same causes. Only where nobody
// has worked them out they are told apart here, rather too often than too seldom: a wrong count hides a failure, a long list
// only tires.
import type { Failure, FailureGroup, RunReport } from '@muster/core'
import { isBad, type ReportCase } from '../cases/report-case.ts'
import { ownFrame } from './own-frame.ts'
import { unexplained } from './unexplained.ts'

/** Cases that failed for one reason. */
export interface Cause {
  /** The failure of the first of them. */
  readonly failure: Failure
  /** In the order of the report; at least one. */
  readonly rows: readonly ReportCase[]
  /** Tasks that were blocked by tasks of these cases. */
  readonly blocked: number
  /** What the report says of them together; absent where it does not. */
  readonly group?: FailureGroup | undefined
}

/** The causes of a run's failures, those that stopped most first. */
export function causesOf(
  report: Pick<RunReport, 'tasks' | 'failureGroups'>,
  rows: readonly ReportCase[],
): readonly Cause[] {
  const byCause = new Map<string | FailureGroup, ReportCase[]>()
  const bad = rows.filter((row) => isBad(row.case))
  const groupOf = groupReader(report.failureGroups?.groups ?? [], bad)
  for (const row of bad) {
    const key = groupOf(row) ?? causeKey(row)
    const known = byCause.get(key)
    if (known === undefined) byCause.set(key, [row])
    else known.push(row)
  }
  const blockedBy = new Map<string, number>()
  for (const { verdict } of report.tasks) {
    if (verdict?.kind === 'blocked') blockedBy.set(verdict.by, (blockedBy.get(verdict.by) ?? 0) + 1)
  }
  const causes = Array.from(byCause, ([key, found]): Cause => {
    const tasks = new Set(found.map(({ task }) => task))
    const blocked = Array.from(tasks).reduce((sum, task) => sum + (blockedBy.get(task) ?? 0), 0)
    const group = typeof key === 'string' ? undefined : key
    return { failure: found[0]?.case.failure ?? unexplained(), rows: found, blocked, group }
  })
  // Sorting keeps the order of the report among equals.
  return causes.sort((a, b) => b.rows.length + b.blocked - (a.rows.length + a.blocked))
}

/**
 * Finds the group of a case by the names that groups tell. They tell a thousand each: a case beyond goes where those of its
 * fingerprint went.
 */
function groupReader(
  groups: readonly FailureGroup[],
  bad: readonly ReportCase[],
): (row: ReportCase) => FailureGroup | undefined {
  const byName = new Map<string, FailureGroup[]>()
  for (const group of groups) {
    for (const name of group.testNames ?? []) {
      const others = byName.get(name)
      if (others === undefined) byName.set(name, [group])
      else others.push(group)
    }
  }
  const named = (row: ReportCase): FailureGroup | undefined => {
    const found = byName.get(nameOf(row)) ?? []
    // A test that failed in several ways stands where it failed last.
    return found.find((group) => fits(group, row.case.failure)) ?? found[0]
  }
  const byFingerprint = new Map<string, FailureGroup>()
  for (const row of bad) {
    const group = named(row)
    const { fingerprint } = row.case.failure ?? {}
    if (group !== undefined && fingerprint !== undefined && !byFingerprint.has(fingerprint))
      byFingerprint.set(fingerprint, group)
  }
  return (row) => named(row) ?? byFingerprint.get(row.case.failure?.fingerprint ?? '')
}

/** The test as groups name it. */
function nameOf({ case: one, task, isTask }: ReportCase): string {
  return isTask ? task : [task, ...one.path].join(' › ')
}

function fits({ category, code, messages }: FailureGroup, failure: Failure | undefined): boolean {
  if (failure === undefined || category !== failure.category || code !== failure.code) return false
  return messages.some((message) => failure.message.startsWith(message.replace(/…$/, '')))
}

/** Expectations and thrown errors of different places differ, however alike their messages are. */
function causeKey({ case: one, task }: ReportCase): string {
  const { failure } = one
  if (failure === undefined) return `?\n${task}`
  if (failure.category !== 'assertion' && failure.category !== 'exception' && failure.category !== 'unknown')
    return failure.fingerprint
  const frame = ownFrame(failure.stack ?? '')
  const place = frame === undefined ? `${one.file ?? task}:${one.line ?? 0}` : `${frame.file}:${frame.line}`
  return `${failure.fingerprint}\n${place}`
}
