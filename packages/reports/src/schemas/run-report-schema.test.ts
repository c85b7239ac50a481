// The published JSON Schema is the one that the schema in the code gives.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeReportJson } from '../json/write-report-json.ts'
import { sampleReport } from '../laws/sample-report.ts'
import { parseRunReport } from './parse-run-report.ts'
import { runReportJsonSchema } from './run-report-schema.ts'

test('the JSON Schema in the package is up to date', () => {
  const file = join(import.meta.dirname, '../../schema/run-report.v1.schema.json')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(runReportJsonSchema())))
})

test('a report comes back whole, with its cases counted as every document counts them', () => {
  const cases = { passed: 1, failed: 1, skipped: 0, flaky: 1 }
  expect(parseRunReport(writeReportJson(sampleReport))).toEqual({ ...sampleReport, cases })
})

test('what does not fit is named by its path', () => {
  const text = writeReportJson(sampleReport).replace('"exit": "failed"', '"exit": "fine"')
  expect(() => parseRunReport(text, { source: 'r.json' })).toThrow(/r\.json, got exit: /)
})
