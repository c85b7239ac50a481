// What is written can be read again, and nothing that did not pass ever reads as if it had.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBad, isFlaky } from '../cases/report-case.ts'
import { reportCases } from '../cases/report-cases.ts'
import { readCtrf } from '../ctrf/read-ctrf.ts'
import { writeCtrf } from '../ctrf/write-ctrf.ts'
import { readReportJson } from '../json/read-report-json.ts'
import { writeReportJson } from '../json/write-report-json.ts'
import { readJunit } from '../junit/read-junit.ts'
import { writeJunit } from '../junit/write-junit.ts'
import { readResults } from '../read/read-results.ts'
import { isRunReport } from '../schemas/run-report-schema.ts'
import { parseRunReport } from '../schemas/parse-run-report.ts'
import { writeSummary } from '../summary/write-summary.ts'
import { readTap } from '../tap/read-tap.ts'
import { writeTap } from '../tap/write-tap.ts'
import { anyReport } from './any-report.ts'
import { asJunitCan, exactly } from './round-trip.ts'

const runs = { seed: 20_260_102, numRuns: 300 } as const

test('CTRF gives back every case exactly', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const { written, read, isComplete } = exactly({ write: writeCtrf, read: readCtrf }, report)
      expect(read).toEqual(written)
      expect(isComplete).toBe(true)
    }),
    runs,
  )
})

test('TAP gives back every case exactly', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const { written, read, isComplete } = exactly({ write: writeTap, read: readTap }, report)
      expect(read).toEqual(written)
      expect(isComplete).toBe(true)
    }),
    runs,
  )
})

test('JUnit gives back every case as far as it can carry it', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const { written, read, isComplete } = asJunitCan({ write: writeJunit, read: readJunit }, report)
      expect(read).toEqual(written)
      expect(isComplete).toBe(true)
    }),
    runs,
  )
})

test('the JSON of a report fits its schema and gives back the whole report and its cases', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const text = writeReportJson(report)
      const plain: unknown = JSON.parse(text)
      expect(isRunReport(plain)).toBe(true)
      expect(parseRunReport(text)).toEqual(plain)
      const read = readReportJson(text)
      expect(read.cases).toEqual(reportCases(parseRunReport(text)).map((row) => row.case))
      expect(read.isComplete).toBe(report.exit !== 'interrupted' && report.exit !== 'nothing-ran')
    }),
    runs,
  )
})

test('the content alone tells which format a document is', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      expect(readResults(writeJunit(report)).format).toBe('junit')
      expect(readResults(writeCtrf(report)).format).toBe('ctrf')
      expect(readResults(writeTap(report)).format).toBe('tap')
      expect(readResults(writeReportJson(report)).format).toBe('json')
    }),
    runs,
  )
})

test('a run that did not pass is red in every document, and a flaky task shows in it', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      for (const text of [writeJunit(report), writeCtrf(report), writeTap(report)]) {
        const { cases } = readResults(text)
        if (report.exit !== 'passed') expect(cases.some(isBad)).toBe(true)
        if (report.totals.flaky > 0) expect(cases.some(isFlaky)).toBe(true)
      }
    }),
    runs,
  )
})

test('every task has a row, and every row that failed is in the summary or counted there', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const rows = reportCases(report)
      for (const { id } of report.tasks) expect(rows.some(({ task }) => task === id)).toBe(true)
      const bad = rows.filter((row) => isBad(row.case)).length
      for (const format of ['text', 'markdown'] as const) {
        const summary = writeSummary(report, { format })
        expect(summary.includes(`Failed (${bad})`)).toBe(bad > 0)
        // Nothing that steers a terminal may be left.
        expect(summary).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
      }
    }),
    runs,
  )
})
