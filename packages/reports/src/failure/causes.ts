// Failures by cause. Forty red cases with one cause are one thing to repair, and a person who sees forty entries reads none of
// them. Where two failures only look alike, they stay apart: a wrong count hides a failure, a long list only tires.
import type { Failure, RunReport } from '@muster/core'
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
}

/** The causes of a run's failures, those that stopped most first. */
export function causesOf(report: Pick<RunReport, 'tasks'>, rows: readonly ReportCase[]): readonly Cause[] {
  const byCause = new Map<string, ReportCase[]>()
  for (const row of rows) {
    if (!isBad(row.case)) continue
    const key = causeKey(row)
    const known = byCause.get(key)
    if (known === undefined) byCause.set(key, [row])
    else known.push(row)
  }
  const blockedBy = new Map<string, number>()
  for (const { verdict } of report.tasks) {
    if (verdict?.kind === 'blocked') blockedBy.set(verdict.by, (blockedBy.get(verdict.by) ?? 0) + 1)
  }
  const causes = Array.from(byCause.values(), (found): Cause => {
    const tasks = new Set(found.map(({ task }) => task))
    const blocked = Array.from(tasks).reduce((sum, task) => sum + (blockedBy.get(task) ?? 0), 0)
    return { failure: found[0]?.case.failure ?? unexplained(), rows: found, blocked }
  })
  // Sorting keeps the order of the report among equals.
  return causes.sort((a, b) => b.rows.length + b.blocked - (a.rows.length + a.blocked))
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
