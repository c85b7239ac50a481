// Rows for formats that have no place for how the run as a whole ended. A service that looks at nothing but the file must not
// take a run for green in which nothing ran, or which was interrupted.
import type { RunReport } from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import { exitSentence } from '../summary/exit-sentence.ts'
import { isBad, type ReportCase } from './report-case.ts'
import { reportCases } from './report-cases.ts'

/** Title of the row that stands for the run. */
const runTitle = 'the run as a whole'

/** The rows of a report, and one for the run where it did not pass and no other row says so. */
export function machineCases(report: RunReport): readonly ReportCase[] {
  const rows = reportCases(report)
  return report.exit === 'passed' || rows.some((row) => isBad(row.case)) ? rows : [...rows, runCase(report)]
}

function runCase(report: RunReport): ReportCase {
  const failure = makeFailure({
    category: report.exit === 'nothing-ran' ? 'configuration' : 'unknown',
    message: exitSentence(report),
    evidence: [`exit verdict ${report.exit}`],
    template: report.exit,
    transient: false,
  })
  return {
    task: report.run,
    case: { path: [runTitle], result: 'failed', durationMs: 0, failure },
    earlierFailures: [],
    isTask: true,
  }
}
