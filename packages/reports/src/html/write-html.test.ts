// The page as text: one file, nothing loaded, nothing of a test as markup. How it behaves in a browser is tried in `tests/`.
import { createHash } from 'node:crypto'
import type { AttemptDetails, Failure, Outcome, TaskReport } from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeCtrf } from '../ctrf/write-ctrf.ts'
import { writeJunit } from '../junit/write-junit.ts'
import { anyReport, hostileText, reportOfTasks } from '../laws/any-report.ts'
import { sampleReport } from '../laws/sample-report.ts'
import { writeSummary } from '../summary/write-summary.ts'
import { writeTap } from '../tap/write-tap.ts'
import type { ReportData } from './report-data.ts'
import { writeHtml } from './write-html.ts'

const dangerous = fc.constantFrom(
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '<img src=x onerror=alert(1)>',
  '</title><base href="//x">',
  '\u202egnp.exe',
  '\u0000',
  'x'.repeat(10_000),
)

/** The page without its own script and style, and the data in it. */
function parts(html: string): { readonly shell: string; readonly data: ReportData } {
  const json = /<script type="application\/json" id="report-data">(.*?)<\/script>/s.exec(html)?.[1] ?? ''
  const shell = html
    .replace(json, '')
    .replace(/<script>.*?<\/script>/s, '')
    .replace(/<style>.*?<\/style>/s, '')
  return { shell, data: JSON.parse(json) as ReportData }
}

const texts = (html: string, tag: string): readonly string[] =>
  Array.from(html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs')), ([, text = '']) => text)

test('whatever tests are called, the page has the elements of an empty one and no others', () => {
  const title = fc.oneof(hostileText, dangerous)
  fc.assert(
    fc.property(title, title, fc.constantFrom('failed' as const, 'passed' as const), (name, run, kind) => {
      const task = { id: name, kind: 'command', file: name, verdict: { kind }, attempts: [] }
      const html = writeHtml({ ...reportOfTasks([task]), run })
      const { shell, data } = parts(html)
      const tags = new Set(Array.from(shell.matchAll(/<\/?([a-z!][a-z0-9]*)/gi), ([, tag = '']) => tag.toLowerCase()))
      const known = [
        '!doctype',
        'html',
        'head',
        'meta',
        'title',
        'link',
        'body',
        'div',
        'main',
        'h1',
        'p',
        'ol',
        'li',
        'b',
        'script',
      ]
      expect(Array.from(tags).filter((tag) => !known.includes(tag))).toEqual([])
      expect(shell).not.toMatch(/<[^>]* on\w+=|\u202e|\u0000/)
      expect(data.run).toBe(run)
    }),
  )
})

test('the page may run its own script and nothing else, and load nothing', () => {
  const html = writeHtml(sampleReport)
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? ''
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain(`script-src ${texts(html, 'script').map(hash).join(' ')};`)
  expect(policy).toContain(`style-src ${texts(html, 'style').map(hash).join(' ')};`)
  expect(policy).not.toContain('unsafe')
  expect(html).not.toMatch(/(?:src|href|action)="(?!data:)/)
})

test('every case of any report is in the data, and every position points at something', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const { data } = parts(writeHtml(report))
      const { cases, attempts, causes, failures, flaky } = data
      const { length } = cases.titles
      expect([cases.statuses.length, cases.ms.length, cases.lines.length]).toEqual([length, length, length])
      for (const runs of [cases.suites, cases.files, cases.tasks]) {
        expect(runs.reduce((sum, value, at) => (at % 2 === 1 ? sum + value : sum), 0)).toBe(length)
        for (const [at, value] of runs.entries()) if (at % 2 === 0) expect(data.texts[value]).toBeDefined()
      }
      for (const cause of causes) {
        expect(failures[cause.failure]).toBeDefined()
        for (const at of cause.cases) expect('ft').toContain(cases.statuses.charAt(at))
      }
      const red = Array.from(cases.statuses).filter((letter) => letter === 'f' || letter === 't').length
      expect(causes.reduce((sum, cause) => sum + cause.cases.length, 0)).toBe(red)
      for (const at of flaky) expect(cases.statuses.charAt(at)).toBe('y')
      expect(attempts.tasks).toHaveLength(report.tasks.reduce((sum, task) => sum + task.attempts.length, 0))
    }),
  )
})

test('without scripts it still says what failed', () => {
  const { shell } = parts(writeHtml(sampleReport))
  expect(shell).toContain('<h1>3 of 6 tasks did not pass: 1 failed, 2 blocked.</h1>')
  expect(shell).toContain('<li><b>removes</b>: expected 1 to be 2 Diff below')
  expect(shell).toContain('<p>src/cart.test.ts:9 · Expectation not met</p>')
  expect(shell).toContain('Decide which of the two is right, and change the other.</p></li>')
})

test('a run in which everything prints and fails makes no file that a browser cannot open', () => {
  const cases = Array.from({ length: 2000 }, (_, at) => ({
    path: [`case ${at}`],
    result: 'failed' as const,
    durationMs: 1,
    failure: {
      ...{ category: 'exception' as const, fault: 'unknown' as const, transient: false, evidence: [] },
      message: `no ${at}`,
      stack: `${'x'.repeat(7000)}${at}`,
      fingerprint: String(at),
    },
  }))
  const ending = { kind: 'ended' as const, outcome: { result: 'failed' as const, durationMs: 1 } }
  const stdout = { head: 'y'.repeat(60_000), tail: '', omittedBytes: 9 }
  const tasks = Array.from({ length: 400 }, (_, at) => ({
    id: `t${at}`,
    kind: 'command',
    verdict: { kind: 'failed' as const },
    attempts: [
      {
        n: 1,
        worker: 'w',
        launchedAtMs: at,
        closedAtMs: at + 1,
        ending,
        details: { cases: at === 0 ? cases : [], stdout },
      },
    ],
  }))
  const html = writeHtml(reportOfTasks(tasks))
  expect(html.length).toBeLessThan(10_000_000)
  expect(parts(html).data.leftOut.join()).toMatch(/texts of failures, cut or left out.*outputs, cut or left out/)
})

test('files of attempts that did not pass are listed first, and how many were left out is said', () => {
  const artifacts = Array.from({ length: 60 }, (_, at) => ({ name: `${at}.txt`, path: `kept/${at}.txt`, bytes: 1 }))
  const tasks = Array.from({ length: 120 }, (_, at) => {
    const kind = at < 100 ? ('passed' as const) : ('failed' as const)
    const ending = { kind: 'ended' as const, outcome: { result: kind, durationMs: 1, artifacts } }
    const attempts = [{ n: 1, worker: 'w', launchedAtMs: at, closedAtMs: at + 1, ending }]
    return { id: `t${at}`, kind: 'command', verdict: { kind }, attempts }
  })
  const { data } = parts(writeHtml(reportOfTasks(tasks), { folder: 'kept' }))
  const listed = new Map(data.attempts.artifacts)
  expect(listed.get(119)?.map(({ link }) => link)).toEqual(artifacts.slice(0, 50).map(({ name }) => `./${name}`))
  expect(Array.from(listed.values(), (files) => files.length).reduce((sum, count) => sum + count, 0)).toBe(5000)
  expect(data.leftOut).toEqual(['2200 files of attempts from the lists of them'])
})

const endedWith = (outcome: Partial<Outcome>, details?: AttemptDetails): TaskReport => ({
  id: 't',
  kind: 'command',
  verdict: { kind: 'failed' },
  attempts: [
    {
      n: 1,
      worker: 'w',
      launchedAtMs: 0,
      startedAtMs: 0,
      closedAtMs: 9000,
      ending: { kind: 'ended', outcome: { result: 'failed', durationMs: 1000, ...outcome } },
      ...(details === undefined ? {} : { details }),
    },
  ],
})

test('what was captured of an output is shown from its beginning, and what is left out is counted', () => {
  const printed = `some output\n${'short line\n'.repeat(3000)}`
  const shown = (head: string): string | undefined =>
    parts(writeHtml(reportOfTasks([endedWith({}, { cases: [], stdout: { head, tail: '', omittedBytes: 0 } })]))).data
      .attempts.outputs[0]?.[1].stdout
  expect(shown(printed)).toBe(printed.trimEnd())
  expect(shown(`first${'x'.repeat(200_000)}last`)).toMatch(
    /^firstx+\n… 65,009 characters left out here, the JSON report has them …\nx+last$/,
  )
})

test('the time in which a run stood still is no work, and the page says what the summary says', () => {
  const report = reportOfTasks([endedWith({})])
  expect(parts(writeHtml(report)).data.workMs).toBe(1000)
  expect(writeSummary({ ...report, durationMs: 9000 })).toMatch(/ 1\S* s of work in 9\S* s/)
})

test('a failure without its parts is named, and breaks nothing in the middle', () => {
  const broken = JSON.parse(
    JSON.stringify(makeFailure({ category: 'unknown', message: 'no', evidence: [] })),
  ) as Failure
  Reflect.deleteProperty(broken, 'evidence')
  expect(() => writeHtml(reportOfTasks([endedWith({ failure: broken })]))).toThrow(
    /every failure of the report to have evidence/,
  )
})

test.each([
  ['CTRF', writeCtrf],
  ['JUnit', writeJunit],
  ['TAP', writeTap],
])('%s holds no raw mark that turns the direction of writing', (_, write) => {
  const failure = makeFailure({ category: 'unknown', message: 'a\u202Eb\u2066c', evidence: [] })
  const report = reportOfTasks([
    endedWith({ failure }, { cases: [{ path: ['x\u202Ey'], result: 'failed', durationMs: 1, failure }] }),
  ])
  expect(write(report)).not.toMatch(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/)
})

test('a count of one is one', () => {
  const report = reportOfTasks([
    endedWith({}, { cases: [], stdout: { head: 'x'.repeat(140_000), tail: '', omittedBytes: 0 } }),
  ])
  expect(parts(writeHtml(report)).data.leftOut).toEqual(['1 output, cut or left out'])
})
