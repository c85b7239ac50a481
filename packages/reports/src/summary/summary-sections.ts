// The parts of a summary, each a heading and its lines. What went wrong comes first and by name; long lists are cut, and say
// by how much.
import type { Artifact, RunReport, TaskReport } from '@muster/core'
import { artifactsByRow } from '../artifacts/task-artifacts.ts'
import { casePlace, caseTitle, plainSeparator } from '../cases/case-title.ts'
import { isBad, isFlaky, type ReportCase } from '../cases/report-case.ts'
import { countText } from '../text/count-text.ts'
import { durationText } from '../text/duration-text.ts'
import { firstLine } from '../text/plain-text.ts'
import { nextSteps } from './next-steps.ts'
import type { RunTiming } from './run-timing.ts'
import type { SummaryStyle } from './summary-style.ts'

/** One part of a summary. */
export interface SummarySection {
  readonly heading: string
  readonly lines: readonly string[]
}

/** What the sections are made from. */
export interface SummaryFacts {
  readonly report: RunReport
  readonly rows: readonly ReportCase[]
  readonly timing: RunTiming
  readonly style: SummaryStyle
  /** Entries of a list at most. */
  readonly most: number
  /** How the command line is called. */
  readonly command: string
}

/** Failed cases, each with its file and the first line of its message. */
export function failedSection({ report, rows, style, most, command }: SummaryFacts): SummarySection {
  const artifacts = artifactsByRow(report, rows)
  const bad = rows.filter((row) => isBad(row.case))
  const entries = bad.slice(0, shownOf(bad.length, most)).flatMap((row) => {
    const { case: one } = row
    const tries = (one.retries ?? 0) > 0 ? `, in each of ${(one.retries ?? 0) + 1} tries` : ''
    const how = row.verdict === 'unplaceable' ? 'could not run' : one.result === 'timed-out' ? 'timed out' : 'failed'
    return [
      style.item(`${style.quoted(titleOf(row))} ${how}${tries}${placeOf(row, style)}`),
      style.below(style.quoted(firstLine(one.failure?.message ?? 'It failed without saying why'))),
      ...leftLines(artifacts.get(row), style),
    ]
  })
  const rest = bad.length - shownOf(bad.length, most)
  const all = `and ${rest} more: ${style.quoted(`${command} failures`)} shows all, by cause`
  return { heading: `Failed (${bad.length})`, lines: [...entries, ...(rest > 0 ? [style.item(all)] : [])] }
}

/** Files shown of one task at most. */
const mostFiles = 3

/** Where what a failed task left behind is. */
function leftLines(artifacts: readonly Artifact[] = [], style: SummaryStyle): readonly string[] {
  const more = artifacts.length - mostFiles
  return [
    ...artifacts.slice(0, mostFiles).map(({ path }) => style.below(`left ${style.quoted(path)}`)),
    ...(more > 0 ? [style.below(`and ${countText(more, 'more file')}`)] : []),
  ]
}

/** Flaky cases by name, with what failed first. */
export function flakySection({ rows, style, most }: SummaryFacts): SummarySection {
  const flaky = rows.filter((row) => isFlaky(row.case))
  const entries = flaky.slice(0, shownOf(flaky.length, most)).flatMap((row) => {
    const first = row.earlierFailures[0] ?? row.case.failure
    return [
      style.item(`${style.quoted(titleOf(row))} passed in try ${(row.case.retries ?? 1) + 1}${placeOf(row, style)}`),
      ...(first === undefined ? [] : [style.below(`failed first with ${style.quoted(firstLine(first.message))}`)]),
    ]
  })
  return { heading: `Flaky (${flaky.length})`, lines: [...entries, ...restOf(flaky.length, most, style)] }
}

/** Blocked tasks, by what stood in their way. */
export function blockedSection({ report, style, most }: SummaryFacts): SummarySection {
  const byBlocker = new Map<string, string[]>()
  let count = 0
  for (const { id, verdict } of report.tasks) {
    if (verdict?.kind !== 'blocked') continue
    count += 1
    const blocked = byBlocker.get(verdict.by)
    if (blocked === undefined) byBlocker.set(verdict.by, [id])
    else blocked.push(id)
  }
  const entries = Array.from(byBlocker)
    .slice(0, shownOf(byBlocker.size, most))
    .map(([by, blocked]) => style.item(`${style.quoted(by)} blocked ${namesOf(blocked, style)}`))
  return { heading: `Blocked (${count})`, lines: [...entries, ...restOf(byBlocker.size, most, style)] }
}

/** Tasks that were cancelled, skipped by name of the reason, or left without a verdict. */
export function notRunSection({ report, style, most }: SummaryFacts): SummarySection {
  const byReason = new Map<string, string[]>()
  for (const task of report.tasks) {
    const reason = whyNotRun(task, style)
    if (reason === undefined) continue
    const named = byReason.get(reason)
    if (named === undefined) byReason.set(reason, [task.id])
    else named.push(task.id)
  }
  const entries = Array.from(byReason)
    .slice(0, shownOf(byReason.size, most))
    .map(([reason, ids]) => style.item(`${countText(ids.length, 'task')} ${reason} (${namesOf(ids, style)})`))
  return { heading: 'Did not run', lines: [...entries, ...restOf(byReason.size, most, style)] }
}

function whyNotRun({ verdict }: TaskReport, style: SummaryStyle): string | undefined {
  switch (verdict?.kind) {
    case undefined:
      return 'without a verdict'
    case 'skipped':
      return `skipped: ${style.quoted(firstLine(verdict.because))}`
    case 'cancelled':
      return `cancelled by ${style.quoted(firstLine(verdict.by))}`
    case 'passed':
    case 'flaky':
    case 'failed':
    case 'timed-out':
    case 'blocked':
    case 'poisoned':
    case 'unplaceable':
      return undefined
  }
}

/** The slowest tasks. */
export function slowestSection({ timing, style }: SummaryFacts): SummarySection {
  const lines = timing.slowest.map(({ task, durationMs }) =>
    style.item(`${durationText(durationMs).padStart(9)}  ${style.quoted(task)}`),
  )
  return { heading: 'Slowest', lines }
}

/** What the end of the run waited for, where that says something. */
export function timingSection({ timing, style }: SummaryFacts): SummarySection {
  const { wallMs, workMs, slowest, last } = timing
  const lines: string[] = []
  if (wallMs > 0 && workMs > 0) {
    const atOnce = (workMs / wallMs).toFixed(1)
    lines.push(
      style.item(`${durationText(workMs)} of work in ${durationText(wallMs)}: ${atOnce} tasks at once on average`),
    )
  }
  const [longest, second] = slowest
  if (longest !== undefined && second !== undefined && longest.durationMs >= wallMs / 2) {
    const share = Math.min(100, Math.round((100 * longest.durationMs) / Math.max(1, wallMs)))
    lines.push(
      style.item(
        `${style.quoted(longest.task)} alone took ${share} % of that: only splitting it makes the run much shorter`,
      ),
    )
  }
  if (last !== undefined && second !== undefined && last.aloneMs >= Math.max(1000, wallMs / 10)) {
    const alone = durationText(last.aloneMs)
    lines.push(
      style.item(
        `for the last ${alone} only ${style.quoted(last.task)} was running: splitting it, or an earlier start where it waits for nothing, would help`,
      ),
    )
  }
  return { heading: 'Time', lines }
}

/** What a person does next. */
export function nextSection({ report, style, command }: SummaryFacts): SummarySection {
  const lines = nextSteps(report, command).map((step) => style.item(`${style.quoted(step.command)} ${step.what}`))
  return { heading: 'Next', lines }
}

function namesOf(ids: readonly string[], style: SummaryStyle): string {
  const names = ids.slice(0, 5).map(style.quoted).join(', ')
  return ids.length > 5 ? `${names} and ${ids.length - 5} more` : names
}

function titleOf(row: ReportCase): string {
  return caseTitle(row, plainSeparator)
}

function placeOf(row: ReportCase, style: SummaryStyle): string {
  const place = casePlace(row)
  return place === undefined ? '' : ` in ${style.quoted(place)}`
}

/** How many of a list are shown: a line that says "and 1 more" has room for that one. */
function shownOf(count: number, most: number): number {
  return count === most + 1 ? count : Math.min(count, most)
}

function restOf(count: number, most: number, style: SummaryStyle): readonly string[] {
  const rest = count - shownOf(count, most)
  return rest > 0 ? [style.item(`and ${rest} more`)] : []
}
