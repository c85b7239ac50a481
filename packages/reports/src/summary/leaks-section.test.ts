// Processes that an attempt left running are in every report, also where it passed.
import type { RunReport } from '@muster/core'
import { expect, test } from 'vitest'
import { reportDataOf } from '../html/report-data-of.ts'
import { writeCtrf } from '../ctrf/write-ctrf.ts'
import { writeReportJson } from '../json/write-report-json.ts'
import { writeJunit } from '../junit/write-junit.ts'
import { reportOfTasks } from '../laws/any-report.ts'
import { writeMarkdown } from '../markdown/write-markdown.ts'
import { writeTap } from '../tap/write-tap.ts'
import { writeSummary } from './write-summary.ts'

const leaks = {
  count: 3,
  processes: [
    { pid: 12, command: 'sleep 1000' },
    { pid: 13, command: '' },
  ],
}
const report: RunReport = reportOfTasks([
  {
    id: 'server',
    kind: 'command',
    verdict: { kind: 'passed' },
    attempts: [
      {
        n: 1,
        worker: 'slot-1',
        launchedAtMs: 0,
        startedAtMs: 0,
        closedAtMs: 5,
        ending: { kind: 'ended', outcome: { result: 'passed', durationMs: 5, leaks } },
      },
    ],
  },
])
const sentence = 'attempt 1 left 3 processes running: sleep 1000 (pid 12), a process (pid 13) and 1 more'

test.each([
  ['summary', writeSummary(report)],
  ['Markdown', writeMarkdown(report)],
  ['JUnit', writeJunit(report)],
  ['CTRF', writeCtrf(report)],
  ['TAP', writeTap(report)],
])('%s names them', (_, written) => {
  expect(written).toContain(sentence)
})

test('the page has them at their attempt', () => {
  expect(reportDataOf(report, 'muster').attempts.leaks).toEqual([[0, sentence]])
})

test('JSON has them as they are', () => {
  expect(JSON.parse(writeReportJson(report))).toMatchObject({
    tasks: [{ attempts: [{ ending: { outcome: { leaks } } }] }],
  })
})
