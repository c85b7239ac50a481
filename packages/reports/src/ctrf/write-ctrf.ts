// CTRF, the JSON format that services and other tools exchange. Its schema allows no fields of one's own but under `extra`, so
// what CTRF has no word for stands there, under our name.
import type { Artifact, CaseResult, Failure, RunReport } from '@muster/core'
import { artifactsByRow } from '../artifacts/task-artifacts.ts'
import { machineCases } from '../cases/machine-cases.ts'
import { isFlaky, type ReportCase } from '../cases/report-case.ts'
import { failureRest } from '../failure/failure-in.ts'
import { leaksByRow } from '../summary/leaks-section.ts'
import { isoTime } from '../text/iso-time.ts'
import { escapeTurns } from '../text/plain-text.ts'

/** Failed tries written for one case at most. */
const mostTries = 50

type Status = 'passed' | 'failed' | 'skipped' | 'other'

/**
 * The run as CTRF, valid against its schema: `flaky`, `retries` and `retryAttempts` show every failed try.
 *
 * @example
 * ```ts
 * await writeFile('ctrf.json', writeCtrf(await run.report))
 * ```
 */
export function writeCtrf(report: RunReport): string {
  const rows = machineCases(report)
  const artifacts = artifactsByRow(report, rows)
  const leaks = leaksByRow(report, rows)
  const start = Math.round(report.startedAtWallMs)
  const stop = start + Math.round(report.durationMs)
  const document = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    ...(report.run === '' ? {} : { runId: report.run }),
    timestamp: isoTime(stop),
    generatedBy: '@muster/reports',
    results: {
      tool: { name: 'muster' },
      summary: {
        tests: rows.length,
        ...countStatuses(rows),
        flaky: rows.filter((row) => isFlaky(row.case)).length,
        start,
        stop,
        duration: stop - start,
      },
      tests: rows.map((row) => ({
        ...writeTest(row, start, leaks.get(row)),
        ...attachmentsOf(artifacts.get(row)),
      })),
    },
    extra: { muster: { run: report.run, ending: report.ending, exit: report.exit, totals: report.totals } },
  }
  return `${escapeTurns(JSON.stringify(document, undefined, 2))}\n`
}

/** A type is required; where none is known it is said to be bytes. */
function attachmentsOf(artifacts: readonly Artifact[] = []): Readonly<Record<string, unknown>> {
  if (artifacts.length === 0) return {}
  return {
    attachments: artifacts.map(({ name, path, contentType = 'application/octet-stream', bytes, sha256 }) => ({
      name,
      contentType,
      path,
      ...(bytes === undefined && sha256 === undefined ? {} : { extra: { muster: { bytes, sha256 } } }),
    })),
  }
}

function countStatuses(rows: readonly ReportCase[]): Readonly<Record<Status | 'pending', number>> {
  const counts = { passed: 0, failed: 0, skipped: 0, pending: 0, other: 0 }
  for (const row of rows) counts[statusOf(row.case)] += 1
  return counts
}

function statusOf({ result }: CaseResult): Status {
  switch (result) {
    case 'passed':
    case 'failed':
    case 'skipped':
      return result
    case 'timed-out':
      return 'failed'
    case 'cancelled':
      return 'other'
  }
}

function writeTest(
  row: ReportCase,
  runStart: number,
  leaks: readonly string[] | undefined,
): Readonly<Record<string, unknown>> {
  const { case: one } = row
  const title = one.path.at(-1) ?? ''
  const suite = one.path.slice(0, -1)
  const start = row.startedAtMs === undefined ? undefined : runStart + Math.round(row.startedAtMs)
  const tries = writeTries(row)
  return {
    name: title === '' ? '(no name)' : title,
    status: statusOf(one),
    duration: Math.round(one.durationMs),
    ...(start === undefined ? {} : { start }),
    ...(suite.length === 0 ? {} : { suite }),
    ...textsOf(one),
    ...(one.line === undefined ? {} : { line: one.line }),
    rawStatus: one.result,
    ...(row.tags === undefined || row.tags.length === 0 ? {} : { tags: row.tags }),
    ...(one.file === undefined ? {} : { filePath: one.file }),
    ...(one.retries === undefined && tries.length === 0 ? {} : { retries: one.retries ?? 0 }),
    ...(tries.length === 0 ? {} : { retryAttempts: tries }),
    ...(isFlaky(one) ? { flaky: true } : {}),
    ...(row.worker === undefined ? {} : { threadId: row.worker }),
    extra: { muster: { ...extraOf(row), ...(leaks === undefined ? {} : { leftRunning: leaks }) } },
  }
}

function textsOf({ failure, reason }: CaseResult): { readonly message?: string; readonly trace?: string } {
  const message = failure?.message ?? reason
  return {
    ...(message === undefined ? {} : { message }),
    ...(failure?.stack === undefined ? {} : { trace: failure.stack }),
  }
}

/** The failed tries before the last, as far as they are known: their number stands in `retries`. */
function writeTries({ earlierFailures }: ReportCase): readonly Readonly<Record<string, unknown>>[] {
  return earlierFailures.slice(0, mostTries).map((failure, at) => ({
    attempt: at + 1,
    status: 'failed',
    message: failure.message,
    ...(failure.stack === undefined ? {} : { trace: failure.stack }),
    extra: { muster: { failure: failureRest(failure) } },
  }))
}

/** What gives back the exact case: only what the other fields do not already say. */
function extraOf({ task, verdict, case: one, isTask }: ReportCase): Readonly<Record<string, unknown>> {
  const failure: Failure | undefined = one.failure
  return {
    task,
    ...(verdict === undefined ? {} : { verdict }),
    ...(isTask ? { isTask } : {}),
    ...((one.path.at(-1) ?? '') === '' ? { path: one.path } : {}),
    ...(Number.isInteger(one.durationMs) ? {} : { durationMs: one.durationMs }),
    ...(failure === undefined ? {} : { failure: failureRest(failure) }),
    ...(failure === undefined || one.reason === undefined ? {} : { reason: one.reason }),
  }
}
