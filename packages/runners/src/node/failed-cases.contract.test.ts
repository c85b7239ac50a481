// Only the failed cases of a file of node:test run again, and where that cannot be, the whole file does.
import { afterAll, expect, test } from 'vitest'
import type { RetryOptions } from '@muster/core/retry'
import { reportCases } from '@muster/reports'
import { retriedRun, type RetriedRun } from '../testing/shell/retried-run.ts'
import { TrialProject } from '../testing/shell/trial-project.ts'
import { createExecutor } from './shell/executor.ts'
import { nodeTest } from './index.ts'

const head = `import { test, describe, it, before, after } from 'node:test'
import assert from 'node:assert'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
const seen = (name) => existsSync('witness.txt') && readFileSync('witness.txt', 'utf8').split('\\n').includes(name)
/** Passes when it has run before. */
const flaky = (name) => () => { const again = seen(name); appendFileSync('witness.txt', name + '\\n'); assert.ok(again) }
const fine = (name) => () => appendFileSync('witness.txt', name + '\\n')
const red = (name) => () => { appendFileSync('witness.txt', name + '\\n'); assert.fail('always') }
`
const project = new TrialProject({
  'package.json': '{ "name": "trial", "type": "module" }',
  'twenty.test.mjs': `${head}
    for (let at = 0; at < 9; at++) test('test ' + at, fine('test ' + at))
    test('is (sometimes) red: $1.5 [x] | y', flaky('top'))
    test('is Xsometimes) red: $1.5 [x] | y', fine('look-alike'))
    describe('suite', () => {
      for (let at = 0; at < 7; at++) it('test ' + at, fine('suite test ' + at))
      describe('inner', () => { it('red', flaky('inner')) })
      it('red', fine('red')) })`,
  'nested.test.mjs': `${head}test('a', fine('a'))
    test('parent', async (t) => { await t.test('child', flaky('child')); await t.test('other', fine('other')) })`,
  'hook.test.mjs': `${head}test('a', fine('a'))\ntest('b', flaky('b'))
    describe('s', () => { after(() => assert.ok(seen('hook'))); it('c', fine('hook')) })
    describe('t', () => { after(() => { if (!seen('t')) { fine('t')(); throw new Error('after') } }); it('d', fine('d')) })`,
  'twins.test.mjs': `${head}test('a', fine('a'))\ntest('twin', flaky('first'))\ntest('twin', fine('second'))`,
  'moving.test.mjs': `${head}test('a', fine('a'))\ntest('at ' + process.hrtime.bigint(), flaky('moving'))`,
  'red.test.mjs': `${head}test('a', fine('a'))\ntest('b', red('b'))\ntest('c', flaky('c'))`,
  'crash.test.mjs': `${head}test('a', fine('a'))
    test('b', () => { const again = seen('b'); fine('b')(); if (!again) process.kill(process.pid, 'SIGKILL') })\ntest('c', fine('c'))`,
  'only.test.mjs': `${head}test('only', flaky('only'))`,
})
const executor = createExecutor({ kind: 'node', argv: [], only: false, cwd: '.', env: {} })
const run = async (file: string, retry?: RetryOptions): Promise<RetriedRun> => {
  const request = { root: project.root, select: [file], signal: new AbortController().signal }
  const { tasks } = await nodeTest().discover(request)
  return retriedRun({ root: project.root, executor, tasks }, retry)
}

afterAll(() => project[Symbol.dispose]())

test('of twenty tests of which two are flaky, two run again: 22 in all, not 40', async () => {
  const { report, witness, retries } = await run('twenty.test.mjs')
  expect(retries).toEqual(['2 of 20'])
  expect(witness).toHaveLength(22)
  expect(witness.slice(20)).toEqual(['top', 'inner'])
  expect(report.tasks[0]?.verdict).toEqual({ kind: 'flaky', failedAttempts: 1 })
  expect(report.cases).toEqual({ passed: 18, failed: 0, skipped: 0, flaky: 2 })
  const rows = reportCases(report).map((row) => row.case)
  expect(rows).toHaveLength(20)
  expect(rows.filter(({ retries: tries = 0 }) => tries > 0).map(({ path }) => path.join(' > '))).toEqual([
    'is (sometimes) red: $1.5 [x] | y',
    'suite > inner > red',
  ])
})

test('whoever says so has the whole file run again', async () => {
  const { witness, retries, report } = await run('twenty.test.mjs', { maxAttempts: 2, scope: 'task' })
  expect([retries, witness.length]).toEqual([['all'], 40])
  expect(report.cases).toEqual({ passed: 18, failed: 0, skipped: 0, flaky: 2 })
})

test.each([
  ['nested', 'a test that another test declares'],
  ['hook', 'a hook that failed too'],
  ['twins', 'two tests of one name'],
  ['crash', 'a process that ended'],
  ['only', 'a file of which nothing else is left'],
])('%s: %s makes the whole file run again', async (name) => {
  const { report, retries } = await run(`${name}.test.mjs`)
  expect([report.tasks[0]?.verdict?.kind, retries]).toEqual(['flaky', ['all']])
})

test('a case that is not found again is a failure by its name, and then the whole file runs again', async () => {
  const { report, retries } = await run('moving.test.mjs', { maxAttempts: 3 })
  expect(retries).toEqual(['1 of 2', 'all'])
  expect(report.tasks[0]?.attempts[1]?.ending).toMatchObject({
    outcome: { result: 'failed', failure: { rule: 'signals/case-not-run-again' } },
  })
  expect(report.tasks[0]?.verdict?.kind).toBe('flaky')
})

test('what stays red keeps its task red, and what passed counts once', async () => {
  const { report, retries, witness } = await run('red.test.mjs', { maxAttempts: 3 })
  expect(retries).toEqual(['2 of 3', '1 of 3'])
  expect(witness).toEqual(['a', 'b', 'c', 'b', 'c', 'b'])
  expect(report.tasks[0]?.verdict?.kind).toBe('failed')
  expect(report.cases).toEqual({ passed: 1, failed: 1, skipped: 0, flaky: 1 })
})
