// The documents must pass the strictest reader there is: the xUnit schema of Jenkins.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { makeFailure } from '@muster/core/failure'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { anyReport, reportOfTasks } from '../laws/any-report.ts'
import { sampleReport } from '../laws/sample-report.ts'
import { writeJunit } from './write-junit.ts'

const schema = join(import.meta.dirname, '../../fixtures/schemas/jenkins-junit-10.xsd')
// A program of the machine, which a few machines lack; the table below is tried everywhere.
const validator = 'xmllint'
const hasXmllint = spawnSync(validator, ['--version']).error === undefined

/** What the schema allows, as far as we write it: for each element its children and attributes. */
const allowed: Readonly<
  Record<string, { readonly inside: readonly string[]; readonly attributes: readonly string[] }>
> = {
  testsuites: { inside: [], attributes: ['name', 'time', 'tests', 'failures', 'errors'] },
  testsuite: {
    inside: ['testsuites'],
    attributes: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp', 'file'],
  },
  testcase: { inside: ['testsuite'], attributes: ['name', 'classname', 'time'] },
  failure: { inside: ['testcase'], attributes: ['type', 'message'] },
  error: { inside: ['testcase'], attributes: ['type', 'message'] },
  skipped: { inside: ['testcase'], attributes: ['type', 'message'] },
  flakyFailure: { inside: ['testcase'], attributes: ['type', 'message'] },
  flakyError: { inside: ['testcase'], attributes: ['type', 'message'] },
  rerunFailure: { inside: ['testcase'], attributes: ['type', 'message'] },
  rerunError: { inside: ['testcase'], attributes: ['type', 'message'] },
  stackTrace: { inside: ['flakyFailure', 'flakyError', 'rerunFailure', 'rerunError'], attributes: [] },
  'system-out': { inside: ['testsuite', 'testcase'], attributes: [] },
  'system-err': { inside: ['testsuite'], attributes: [] },
}

function checkByTable(xml: string): void {
  const open: string[] = []
  const names = new Set<string>()
  const parser = new SaxesParser({ xmlns: false })
  parser.on('opentag', ({ name, attributes }) => {
    const rule = allowed[name]
    expect(rule, name).toBeDefined()
    if (open.length > 0) expect(rule?.inside).toContain(open.at(-1))
    for (const attribute of Object.keys(attributes)) expect(rule?.attributes).toContain(attribute)
    if (attributes['time'] !== undefined) expect(attributes['time']).toMatch(/^\d+\.\d{3}$/)
    if (name === 'testcase') {
      const key = `${attributes['classname'] ?? ''}\n${attributes['name'] ?? ''}`
      expect(names.has(key)).toBe(false)
      names.add(key)
    }
    open.push(name)
  })
  parser.on('closetag', () => void open.pop())
  // Without a listener for errors, the parser throws at the first.
  parser.write(xml).close()
}

test('any report becomes XML with known elements, three decimals and no name twice', () => {
  fc.assert(
    fc.property(anyReport, (report) => checkByTable(writeJunit(report))),
    { seed: 3, numRuns: 200 },
  )
})

test.skipIf(!hasXmllint)('any report is valid against the schema of Jenkins', () => {
  for (const report of [sampleReport, ...fc.sample(anyReport, { seed: 4, numRuns: 25 })]) {
    const { status, stderr } = spawnSync(validator, ['--noout', '--schema', schema, '-'], {
      input: writeJunit(report),
      encoding: 'utf8',
    })
    expect(stderr).toContain('- validates')
    expect(status).toBe(0)
  }
})

test('a report reads as it should', () => {
  expect(writeJunit(sampleReport)).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="muster" time="5.000" tests="7" failures="1" errors="0">
      <testsuite name="db-setup" tests="1" failures="0" errors="0" skipped="0" time="0.900" timestamp="2026-01-02T03:04:05">
        <testcase classname="db-setup" name="db-setup" time="0.900"/>
      </testsuite>
      <testsuite name="src/cart.test.ts" tests="2" failures="1" errors="0" skipped="0" time="0.042" timestamp="2026-01-02T03:04:06" file="src/cart.test.ts">
        <testcase classname="src/cart.test.ts" name="cart &gt; adds" time="0.012"/>
        <testcase classname="src/cart.test.ts" name="cart &gt; removes" time="0.030">
          <failure type="AssertionError" message="expected 1 to be 2&#10;Diff below"></failure>
        </testcase>
        <system-err>[cart, attempt 1]
    warning: old</system-err>
      </testsuite>
      <testsuite name="src/pay.test.ts" tests="1" failures="0" errors="0" skipped="0" time="0.350" timestamp="2026-01-02T03:04:07" file="src/pay.test.ts">
        <testcase classname="src/pay.test.ts" name="pays" time="0.350">
          <flakyError message="socket hang up" type="network"></flakyError>
        </testcase>
        <system-err>[pay, attempt 2]
    warning: old</system-err>
      </testsuite>
      <testsuite name="checkout" tests="1" failures="0" errors="0" skipped="1" time="0.000" timestamp="2026-01-02T03:04:05">
        <testcase classname="checkout" name="checkout" time="0.000">
          <skipped message="blocked by cart"/>
        </testcase>
      </testsuite>
      <testsuite name="receipt" tests="1" failures="0" errors="0" skipped="1" time="0.000" timestamp="2026-01-02T03:04:05">
        <testcase classname="receipt" name="receipt" time="0.000">
          <skipped message="blocked by cart"/>
        </testcase>
      </testsuite>
      <testsuite name="legacy" tests="1" failures="0" errors="0" skipped="1" time="0.000" timestamp="2026-01-02T03:04:05">
        <testcase classname="legacy" name="legacy" time="0.000">
          <skipped message="removed soon"/>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `)
})

test('a run in which nothing ran is not green', () => {
  expect(writeJunit(reportOfTasks([]))).toContain(
    '<error type="configuration" message="Nothing ran: there was no task to run.">',
  )
})

test('a crash after the last green case is red although every case is green', () => {
  const failure = makeFailure({ category: 'process-crash', message: 'killed by SIGSEGV', evidence: ['signal SIGSEGV'] })
  const xml = writeJunit(
    reportOfTasks([
      {
        id: 't',
        kind: 'command',
        verdict: { kind: 'failed', failure },
        attempts: [
          {
            n: 1,
            worker: 'w',
            launchedAtMs: 0,
            ending: { kind: 'ended', outcome: { result: 'failed', durationMs: 5, failure } },
            details: { cases: [{ path: ['green'], result: 'passed', durationMs: 1 }] },
          },
        ],
      },
    ]),
  )
  expect(xml).toContain('tests="2" failures="0" errors="1"')
  expect(xml).toContain('message="killed by SIGSEGV"')
})

test('names that occur twice are told apart', () => {
  const cases = [1, 2, 3].map(() => ({ path: ['same'], result: 'passed' as const, durationMs: 1 }))
  const ending = { kind: 'ended' as const, outcome: { result: 'passed' as const, durationMs: 5 } }
  const attempts = [{ n: 1, worker: 'w', launchedAtMs: 0, ending, details: { cases } }]
  const xml = writeJunit(reportOfTasks([{ id: 't', kind: 'command', verdict: { kind: 'passed' }, attempts }]))
  expect(xml.match(/ name="same[^"]*"/g)).toEqual([' name="same"', ' name="same (2)"', ' name="same (3)"'])
})

test('files of a task are attachments of the case that failed', () => {
  const outcome = { result: 'failed' as const, durationMs: 1, artifacts: [{ name: 'shot', path: 'kept/<shot>.png' }] }
  const attempts = [{ n: 1, worker: 'w', launchedAtMs: 0, closedAtMs: 1, ending: { kind: 'ended' as const, outcome } }]
  const report = reportOfTasks([{ id: 'e2e', kind: 'command', verdict: { kind: 'failed' }, attempts }])
  expect(writeJunit(report)).toContain('<system-out>[[ATTACHMENT|kept/&lt;shot&gt;.png]]</system-out>')
})
