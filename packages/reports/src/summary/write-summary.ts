// The summary at the end of a run: short enough to be read whole, and never silent about what did not pass.
import type { RunReport } from '@muster/core'
import { caseCounts } from '../cases/case-counts.ts'
import type { ReportCase } from '../cases/report-case.ts'
import { reportCases } from '../cases/report-cases.ts'
import { durationText } from '../text/duration-text.ts'
import { exitSentence } from './exit-sentence.ts'
import { leaksSection } from './leaks-section.ts'
import { runTiming } from './run-timing.ts'
import {
  blockedSection,
  failedSection,
  flakySection,
  nextSection,
  notRunSection,
  slowestSection,
  timingSection,
  type SummaryFacts,
} from './summary-sections.ts'
import { summaryStyles, type SummaryFormat, type SummaryStyle } from './summary-style.ts'

/** How a summary is written. */
export interface SummaryOptions {
  /** @defaultValue `'text'` */
  readonly format?: SummaryFormat | undefined
  /** Entries of each list at most; the rest is counted. @defaultValue `10` */
  readonly most?: number | undefined
  /** Slowest tasks listed. @defaultValue `5` */
  readonly slowest?: number | undefined
  /** How the command line is called in the advice at the end. @defaultValue `'muster'` */
  readonly command?: string | undefined
}

/**
 * What a run came to: totals, failures with their first lines, flaky cases with what failed first, what was blocked by whom,
 * the slowest tasks, where the time went, and what to do next.
 *
 * @example
 * ```ts
 * process.stdout.write(writeSummary(report))
 * await appendFile(process.env['GITHUB_STEP_SUMMARY'] ?? 'summary.md', writeSummary(report, { format: 'markdown' }))
 * ```
 */
export function writeSummary(report: RunReport, options: SummaryOptions = {}): string {
  const style = summaryStyles[options.format ?? 'text']
  const rows = reportCases(report)
  const timing = runTiming(report, options.slowest ?? 5)
  const facts: SummaryFacts = {
    report,
    rows,
    timing,
    style,
    most: options.most ?? 10,
    command: options.command ?? 'muster',
  }
  const sections = [
    failedSection(facts),
    blockedSection(facts),
    flakySection(facts),
    notRunSection(facts),
    leaksSection(facts),
    slowestSection(facts),
    timingSection(facts),
    nextSection(facts),
  ].filter(({ lines }) => lines.length > 0)
  const parts = [
    style.heading(exitSentence(report)),
    ...totalLines(report, rows, style),
    ...sections.flatMap(({ heading, lines }) => ['', style.heading(heading), ...lines]),
  ]
  return `${parts.join('\n')}\n`
}

/** Verdicts in the order in which a person wants to hear of them. */
const verdictOrder = [
  'passed',
  'flaky',
  'failed',
  'timed-out',
  'blocked',
  'poisoned',
  'unplaceable',
  'cancelled',
  'skipped',
] as const

function totalLines(report: RunReport, rows: readonly ReportCase[], style: SummaryStyle): readonly string[] {
  const { totals } = report
  const verdicts = verdictOrder.map((kind) => counted(totals[kind], kind))
  const open = counted(totals.open, 'without a verdict')
  const cases = caseCounts(report, rows)
  // What was cancelled was not skipped: nobody decided that it need not run.
  const cancelled = Math.min(cases.skipped, rows.filter((row) => !row.isTask && row.case.result === 'cancelled').length)
  const results = [
    counted(cases.passed, 'passed'),
    counted(cases.flaky, 'flaky'),
    counted(cases.failed, 'failed'),
    counted(cancelled, 'cancelled'),
    counted(cases.skipped - cancelled, 'skipped'),
  ]
  const total = cases.passed + cases.flaky + cases.failed + cases.skipped
  return [
    style.item(`tasks  ${listed(totals.tasks, [...verdicts, open])}`),
    ...(total === 0 ? [] : [style.item(`cases  ${listed(total, results)}`)]),
    style.item(`time   ${durationText(report.durationMs)}`),
  ]
}

function counted(count: number, what: string): string | undefined {
  return count === 0 ? undefined : `${count} ${what}`
}

function listed(total: number, parts: readonly (string | undefined)[]): string {
  const there = parts.filter((part) => part !== undefined)
  return there.length === 0 ? String(total) : `${total}: ${there.join(', ')}`
}
