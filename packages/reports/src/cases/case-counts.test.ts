// Every document says the same of how many cases there were: a case that failed in one attempt and passed in the next is flaky
// in all of them, and a task without cases is a case in none.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reportDataOf } from '../html/report-data-of.ts'
import { anyReport } from '../laws/any-report.ts'
import { parseRunReport } from '../schemas/index.ts'
import { writeReportJson } from '../json/write-report-json.ts'
import { caseCounts } from './case-counts.ts'
import { reportCases } from './report-cases.ts'

test('the page and the JSON report count as the summary does', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const rows = reportCases(report)
      const counts = caseCounts(report, rows)
      expect(parseRunReport(writeReportJson(report)).cases).toEqual(counts)
      const { statuses, ofTasks } = reportDataOf(report, 'muster').cases
      const known = rows.filter(({ isTask }) => !isTask).length
      expect(statuses.length - ofTasks).toBe(known)
      const total = counts.passed + counts.failed + counts.skipped + counts.flaky
      expect(total).toBeGreaterThanOrEqual(known)
    }),
    { numRuns: 200 },
  )
})
