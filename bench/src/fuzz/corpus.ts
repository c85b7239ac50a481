// Valid documents of every kind that Muster reads: what it writes itself, made by a small run with everything in it, and what
// other tools write.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createOrchestrator, defineExecutor, type Executor, memoryStore, type RunReport } from '@muster/core'
import { writeCtrf, writeJunit, writeReportJson, writeTap } from '@muster/reports'

/** Documents by who reads them. */
export interface Corpus {
  readonly junit: readonly string[]
  readonly tap: readonly string[]
  readonly ctrf: readonly string[]
  readonly report: readonly string[]
  readonly supervisor: readonly string[]
  readonly agent: readonly string[]
  readonly node: readonly string[]
  readonly vitest: readonly string[]
  readonly config: readonly string[]
  readonly journal: readonly string[]
}

const dialects = join(import.meta.dirname, '../../../packages/reports/fixtures/dialects')

/** Makes and reads all of them. */
export async function readCorpus(): Promise<Corpus> {
  const fixtures = readdirSync(dialects).sort()
  const withEnding = (ending: string): readonly string[] =>
    fixtures.filter((name) => name.endsWith(ending)).map((name) => readFileSync(join(dialects, name), 'utf8'))
  const { report, rows } = await smallRun()
  return {
    junit: [...withEnding('.xml'), writeJunit(report)],
    tap: [...withEnding('.tap'), writeTap(report)],
    ctrf: [writeCtrf(report)],
    report: [writeReportJson(report)],
    supervisor: supervisorLines(),
    agent: agentLines(),
    node: [nodeEvents(), nodeEvents({ hasIds: false })],
    vitest: vitestLines(),
    config: [JSON.stringify(configuration)],
    // Whole journals: a row makes sense after those before it only.
    journal: [rows.join('\n')],
  }
}

/** A run with a pass, a flake, a failure, something blocked and something skipped, cases and artifacts. */
async function smallRun(): Promise<{ readonly report: RunReport; readonly rows: readonly string[] }> {
  const check = defineExecutor<{ readonly fails?: number }>('check', ({ payload }, { n, log }) => {
    log(`attempt ${n} <&>"'\u001b[31m`)
    if (n <= (payload.fails ?? 0)) throw new TypeError('1 is not 2')
  })
  const suite: Executor = {
    kind: 'suite',
    execute: (_, { caseEnded }) => {
      caseEnded({ path: ['basket', 'adds'], file: 'a.test.ts', line: 3, result: 'passed', durationMs: 1.5 })
      caseEnded({ path: ['basket', 'counts'], file: 'a.test.ts', result: 'skipped', reason: 'todo', durationMs: 0 })
      return Promise.resolve({
        outcome: { result: 'passed', durationMs: 2, artifacts: [{ name: 'log', path: 'a.log', bytes: 3 }] },
      })
    },
  }
  const store = memoryStore()
  await using muster = createOrchestrator({
    executors: [check, suite],
    store,
    slots: 1,
    retry: { maxAttempts: 2, baseDelayMs: 0 },
  })
  const report = await muster.run({
    run: 'small',
    groups: [{ id: 'all', concurrency: 1 }],
    tasks: [
      check.task({ id: 'build', payload: {}, groups: ['all'] }),
      check.task({ id: 'rates', payload: { fails: 1 }, dependsOn: ['build'] }),
      check.task({ id: 'basket', payload: { fails: 9 }, dependsOn: [{ on: 'all', kind: 'soft' }] }),
      check.task({ id: 'checkout', payload: {}, dependsOn: ['basket'] }),
      check.task({ id: 'later', payload: {}, skip: 'not today' }),
      { id: 'a.test.ts', kind: 'suite', file: 'a.test.ts', tags: ['fast'], payload: { file: 'a.test.ts' } },
    ],
  }).report
  const rows: string[] = []
  for await (const batch of store.readJournal('small')) rows.push(...batch.map(({ bytes }) => bytes))
  return { report, rows }
}

const oneCase = { path: ['basket', 'adds'], file: 'a.test.ts', line: 3, result: 'passed', durationMs: 1.5 }
const failure = {
  category: 'assertion',
  fault: 'test',
  transient: false,
  message: '1 is not 2',
  fingerprint: 'f00d',
  evidence: ['thrown'],
  stack: 'Error: 1 is not 2\n    at a.test.ts:3:1',
}
const outcome = {
  result: 'failed',
  durationMs: 12,
  failure,
  cases: { passed: 1, failed: 1, skipped: 0, flaky: 0 },
  use: { cpuMs: 4, maxRssBytes: 1e8 },
  artifacts: [{ name: 'log', path: 'a.log', contentType: 'text/plain', bytes: 3 }],
}
const details = {
  cases: [oneCase, { ...oneCase, result: 'failed', failure }],
  stdout: { head: 'a', tail: 'b', omittedBytes: 9 },
}
const line = (message: object): string => JSON.stringify({ v: 1, task: 3, n: 1, ...message })

function supervisorLines(): readonly string[] {
  return [
    line({ kind: 'ready' }),
    line({ kind: 'begun' }),
    line({ kind: 'progress', fraction: 0.5, message: 'half' }),
    line({ kind: 'output', stream: 'stdout', text: 'hello\n' }),
    line({ kind: 'case', result: { ...oneCase, result: 'failed', failure } }),
    line({ kind: 'ended', outcome, details }),
    line({ kind: 'refused', because: 'no module' }),
    line({ kind: 'warning', text: 'odd' }),
  ]
}

function agentLines(): readonly string[] {
  return [
    line({ kind: 'begun', overtimeMs: 3000 }),
    line({ kind: 'progress', fraction: 0.5, message: 'half' }),
    line({ kind: 'output', stream: 'stderr', text: 'hello\n' }),
    line({ kind: 'case', result: oneCase }),
    line({ kind: 'done', result: { outcome, details }, keepsProcesses: true }),
  ]
}

/** What the reporter inside a process of node:test tells, for a suite with a pass, a failure, a skip and a todo. */
function nodeEvents({ hasIds = true }: { readonly hasIds?: boolean } = {}): string {
  const at = (name: string, nesting: number, id: number, parent?: number): object => {
    return { name, nesting, file: '/a/a.test.mjs', line: id + 1, column: 1, ...(hasIds ? { id, parent } : {}) }
  }
  const error = {
    name: 'AssertionError',
    message: '1 !== 2',
    stack: 'at a.test.mjs:4',
    code: 'ERR_ASSERTION',
    expected: '2',
    actual: '1',
    cause: { name: 'Error', message: 'why' },
  }
  const tests: readonly (readonly [object, object])[] = [
    [at('adds', 1, 2, 1), { passed: true }],
    [at('counts', 1, 3, 1), { passed: false, failureType: 'testCodeFailure', error }],
    [at('waits', 1, 4, 1), { passed: true, skip: 'not today' }],
    [at('later', 1, 5, 1), { passed: false, todo: true, failureType: 'testTimeoutFailure' }],
  ]
  const basket = at('basket', 0, 1)
  return [
    { kind: 'enqueued', ...basket },
    { kind: 'started', ...basket },
    ...tests.flatMap(([place, how]) => [
      { kind: 'enqueued', ...place },
      { kind: 'started', ...place },
      { kind: 'completed', isSuite: false, durationMs: 1.5, ...place, ...how },
    ]),
    { kind: 'noted', message: 'tests 4', nesting: 0 },
    { kind: 'noted', message: 'a note', nesting: 0 },
    { kind: 'completed', isSuite: true, durationMs: 9, passed: false, failureType: 'subtestsFailed', ...basket },
    { kind: 'closed', success: false },
  ]
    .map((event) => JSON.stringify(event))
    .join('\n')
}

/** The trace that a worker of Vitest writes, and an error as Vitest hands it out. */
function vitestLines(): readonly string[] {
  return [
    [
      { kind: 'loaded', pid: 4711, isThread: false },
      { kind: 'began', id: 'a_0' },
      { kind: 'ended', id: 'a_0', passed: true },
      { kind: 'began', id: 'a_1' },
    ]
      .map((told) => JSON.stringify(told))
      .join('\n'),
    JSON.stringify({
      name: 'AssertionError',
      message: 'expected 1 to be 2',
      stack: 'AssertionError: expected 1 to be 2\n    at a.test.ts:3:5',
      diff: '- 2\n+ 1',
      code: 'ERR_ASSERTION',
      cause: { name: 'Error', message: 'Test timed out in 5000ms' },
      errors: [{ name: 'Error', message: 'inner' }],
    }),
  ]
}

const configuration = {
  name: 'shop',
  runners: ['vitest', { runner: 'node', files: ['e2e/**/*.test.ts'], exclude: ['x/**'], argv: ['--conditions=dev'] }],
  tasks: [
    {
      id: 'build',
      argv: ['npm', 'run', 'build'],
      dependsOn: ['types'],
      needs: { resources: { cpu: 2 }, locks: ['db'] },
    },
  ],
  rules: [{ files: 'src/**', tags: ['unit'], retry: 2, priority: 1, timeoutMs: 1000 }],
  dependencies: [{ files: 'e2e/**', on: 'build' }],
  groups: [{ id: 'database', files: 'tests/db/**', concurrency: 1 }],
  retry: { maxAttempts: 3, baseDelayMs: 10 },
  timeoutMs: 60_000,
  deadlineMs: 600_000,
  store: '.muster/muster.db',
  strategy: 'longest-first',
  reports: { junit: 'junit.xml', json: 'report.json' },
  env: { allow: ['HOME'], set: { CI: '1' } },
}
