// Whatever a reader is given, it answers with cases or with an error that names the source; nothing else happens.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMusterError } from '@muster/core/errors'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBad } from '../cases/report-case.ts'
import { readCtrf } from '../ctrf/read-ctrf.ts'
import { writeCtrf } from '../ctrf/write-ctrf.ts'
import { readReportJson } from '../json/read-report-json.ts'
import { writeReportJson } from '../json/write-report-json.ts'
import { readJunit } from '../junit/read-junit.ts'
import { writeJunit } from '../junit/write-junit.ts'
import type { ReadCases } from '../read/read-cases.ts'
import { readResults } from '../read/read-results.ts'
import { readTap } from '../tap/read-tap.ts'
import { writeTap } from '../tap/write-tap.ts'
import { anyReport, hostileText } from './any-report.ts'
import { damaged } from './hostile-input.ts'

const folder = join(import.meta.dirname, '../../fixtures/dialects')
const fixtures = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
const reports = fc.sample(anyReport, { seed: 7, numRuns: 8 })
const documents = [
  ...fixtures,
  ...reports.flatMap((report) => [writeJunit(report), writeCtrf(report), writeTap(report), writeReportJson(report)]),
]
const readers = [readResults, readJunit, readCtrf, readTap, readReportJson]
const results = new Set(['passed', 'failed', 'timed-out', 'cancelled', 'skipped'])

function readOrRefuse(read: (typeof readers)[number], text: string): ReadCases | undefined {
  try {
    return read(text, { source: 'x.xml' })
  } catch (error) {
    if (!isMusterError(error) || error.code !== 'INPUT_UNREADABLE') throw error
    expect(error.message).toContain('x.xml')
    return undefined
  }
}

function judge(answer: ReadCases | undefined): void {
  expect(Object.keys(Object.prototype)).toEqual([])
  expect('polluted' in {}).toBe(false)
  for (const one of answer?.cases ?? []) {
    expect(results.has(one.result)).toBe(true)
    expect(one.durationMs).toBeGreaterThanOrEqual(0)
    expect(Number.isFinite(one.durationMs)).toBe(true)
    expect(one.path.every((title) => typeof title === 'string')).toBe(true)
    if (isBad(one)) expect(one.failure).toBeDefined()
  }
}

test('damaged documents are read in part or refused, by every reader', () => {
  fc.assert(
    fc.property(damaged(documents), (text) => {
      for (const read of readers) judge(readOrRefuse(read, text))
    }),
    { seed: 11, numRuns: 1500 },
  )
})

test('any text at all is read or refused', () => {
  const text = fc.oneof(
    hostileText,
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.json(),
    fc.array(hostileText).map((all) => all.join('\n')),
  )
  fc.assert(
    fc.property(text, (given) => {
      for (const read of readers) judge(readOrRefuse(read, given))
    }),
    { seed: 12, numRuns: 1500 },
  )
})

test('a document that is cut anywhere never reads as a whole one', () => {
  fc.assert(
    fc.property(anyReport, fc.double({ min: 0, max: 1, noNaN: true }), (report, at) => {
      for (const [write, end] of [
        [writeJunit, '</testsuites>\n'],
        [writeCtrf, '}\n'],
        [writeTap, '\n'],
        [writeReportJson, '}\n'],
      ] as const) {
        const text = write(report)
        // TAP's plan stands first, so a cut after the last test point loses no test; up to there nothing is whole.
        const points = [...text.matchAll(/^(?:not )?ok /gm)]
        const lastPoint = write === writeTap ? (points.at(-1)?.index ?? 0) : text.length - end.length
        const cut = text.slice(0, Math.floor(at * Math.max(0, lastPoint)))
        expect(readOrRefuse(readResults, cut)?.isComplete ?? false).toBe(false)
      }
    }),
    { seed: 13, numRuns: 300 },
  )
})

test('a JUnit document that is cut anywhere gives every case that was complete, and no other', () => {
  fc.assert(
    fc.property(anyReport, fc.double({ min: 0, max: 1, noNaN: true }), (report, at) => {
      const text = writeJunit(report)
      const root = text.indexOf('>', text.indexOf('<testsuites')) + 1
      const cut = text.slice(0, root + Math.floor(at * (text.length - root)))
      const complete = [...cut.matchAll(/<testcase [^>]*\/>|<\/testcase>/g)].length
      expect(readJunit(cut).cases).toHaveLength(complete)
    }),
    { seed: 14, numRuns: 500 },
  )
})
