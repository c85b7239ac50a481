// TAP version 14, flat, with everything a description cannot hold in the diagnostic of its test point. YAML contains JSON, so
// the exact values are plain to any reader.
import type { Failure, RunReport } from '@muster/core'
import { plainSeparator } from '../cases/case-title.ts'
import { machineCases } from '../cases/machine-cases.ts'
import { isBad, isFlaky, type ReportCase } from '../cases/report-case.ts'
import { failureRest } from '../failure/failure-in.ts'
import { leaksByRow } from '../summary/leaks-section.ts'
import { plainLine } from '../text/plain-text.ts'
import { tapDescription, yamlText, yamlValue } from './tap-text.ts'

/**
 * The run as TAP 14. Failed and timed-out cases are `not ok`, what did not run is `# SKIP` with its reason, and a flaky case is
 * `ok` with the failure of its first try in its diagnostic.
 *
 * @example
 * ```ts
 * process.stdout.write(writeTap(await run.report))
 * ```
 */
export function writeTap(report: RunReport): string {
  const rows = machineCases(report)
  const lines = ['TAP version 14', rows.length === 0 ? '1..0 # SKIP there was no task to run' : `1..${rows.length}`]
  const leaks = leaksByRow(report, rows)
  rows.forEach((row, at) => lines.push(...pointLines(row, at + 1, leaks.get(row))))
  return `${lines.join('\n')}\n`
}

function pointLines(row: ReportCase, number: number, leaks: readonly string[] | undefined): readonly string[] {
  const { case: one } = row
  const title = one.path.join(plainSeparator)
  const description = tapDescription(one.file === undefined ? title : one.file + plainSeparator + title)
  const isSkipped = one.result === 'skipped' || one.result === 'cancelled'
  const directive = isSkipped ? ` # SKIP ${plainLine(one.reason ?? '')}`.trimEnd() : ''
  const point = `${isBad(one) ? 'not ok' : 'ok'} ${number} - ${description}${directive}`
  // A brace at the end would open a subtest.
  const left = leaks === undefined ? [] : [`  left_running: ${yamlValue(leaks)}`]
  return [point.endsWith('{') ? `${point}…` : point, '  ---', ...diagnosticLines(row), ...left, '  ...']
}

function diagnosticLines({ task, case: one, earlierFailures, isTask }: ReportCase): readonly string[] {
  const lines: string[] = []
  const add = (key: string, value: unknown): void => {
    if (value !== undefined) lines.push(`  ${key}: ${yamlValue(value)}`)
  }
  add('duration_ms', one.durationMs)
  add('path', one.path)
  add('file', one.file)
  add('line', one.line)
  if (!isTask) add('task', task)
  if (one.result === 'timed-out' || one.result === 'cancelled') add('result', one.result)
  add('reason', one.reason)
  add('retries', one.retries)
  if (isFlaky(one)) add('flaky', true)
  if (one.failure !== undefined) lines.push(...failureLines(one.failure))
  if (isBad(one) && earlierFailures.length > 0)
    add(
      'earlier',
      earlierFailures.map(({ message }) => message),
    )
  return lines
}

function failureLines(failure: Failure): readonly string[] {
  const { message, stack } = failure
  return [
    `  message: ${yamlText(message, '  ')}`,
    ...(stack === undefined ? [] : [`  stack: ${yamlText(stack, '  ')}`]),
    `  failure: ${yamlValue(failureRest(failure))}`,
  ]
}
