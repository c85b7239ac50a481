// The page, the summary of a CI job and the terminal tell the same causes in the same words, and none of them groups by itself.
import { groupFailures } from '@muster/analysis'
import type { Failure, RunReport, TaskReport } from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import { writeHtml, writeMarkdown } from '@muster/reports'
import { expect, test } from 'vitest'
import { lookOf } from '../terminal/look.ts'
import { groupSummary } from './render-groups.ts'

function failed(id: string, worker: string, failure: Failure, atMs: number): TaskReport {
  const details = { cases: [{ path: ['suite', 'case'], result: 'failed' as const, durationMs: 1, failure }] }
  const outcome = { result: 'failed' as const, durationMs: 1 }
  const attempt = {
    n: 1,
    worker,
    launchedAtMs: atMs,
    closedAtMs: atMs + 1,
    ending: { kind: 'ended', outcome },
    details,
  }
  return { id, kind: 'node', verdict: { kind: 'failed' }, attempts: [attempt] } as TaskReport
}

/** Different places and lines, so that whoever groups by those alone tells five causes of three. */
const tasks = [
  ...[1, 2, 3].map((at) =>
    failed(`orders-${String(at)}`, 'w1', network(`connect ECONNREFUSED 10.0.0.${String(at)}:5432`), at),
  ),
  failed('cart', 'w1', thrown('expected 401 to be 200'), 4),
  failed('pay', 'w2', thrown('expected 401 to be 200'), 5),
]

function network(message: string): Failure {
  return makeFailure({ category: 'network', message, evidence: [] })
}

function thrown(message: string): Failure {
  return makeFailure({ category: 'assertion', message, evidence: [] })
}

function reportOf(told: readonly TaskReport[]): RunReport {
  const none = {
    passed: 0,
    flaky: 0,
    'timed-out': 0,
    blocked: 0,
    skipped: 0,
    cancelled: 0,
    poisoned: 0,
    unplaceable: 0,
  }
  return {
    version: 1,
    run: 'r1',
    ending: 'finished',
    exit: 'failed',
    exitCode: 1,
    startedAtWallMs: 0,
    durationMs: 10,
    totals: { ...none, failed: told.length, tasks: told.length, open: 0 },
    cases: { passed: 0, failed: told.length, skipped: 0, flaky: 0 },
    tasks: told,
    failureGroups: groupFailures({ tasks: told }),
  }
}

interface PageData {
  readonly causesSentence: string
  readonly causes: readonly { readonly title: string; readonly cases: readonly number[] }[]
}

function pageOf(report: RunReport): PageData {
  const html = writeHtml(report)
  const json = /<script type="application\/json" id="report-data">(.*?)<\/script>/s.exec(html)?.[1] ?? ''
  return JSON.parse(json) as PageData
}

test('the page, the Markdown and the terminal tell the same causes', () => {
  const report = reportOf(tasks)
  const groups = report.failureGroups?.groups ?? []
  const { causes, causesSentence } = pageOf(report)
  const told = groups.map(({ title, tests }) => [title, tests])
  expect(told).toHaveLength(3)
  expect(causes.map(({ title, cases }) => [title, cases.length])).toEqual(told)
  const terminal = groupSummary(report.failureGroups ?? never(), lookOf({ colour: false, unicode: true })).join('\n')
  const markdown = plain(writeMarkdown(report))
  for (const text of [causesSentence, ...groups.map(({ title }) => title)]) {
    expect(terminal).toContain(text)
    expect(markdown).toContain(text)
  }
})

test('of a cause with more tests than are named, the rest is filed there too', () => {
  const many = Array.from({ length: 1200 }, (_, at) => failed(`t${String(at)}`, 'w', network('socket hang up'), at))
  const { causes } = pageOf(reportOf(many))
  expect(causes).toHaveLength(1)
})

function plain(markdown: string): string {
  return markdown.replaceAll('&lt;', '<').replaceAll('&gt;', '>')
}

function never(): never {
  throw new Error('the report has groups')
}
