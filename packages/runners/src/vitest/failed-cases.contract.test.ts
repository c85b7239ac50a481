// Only the failed cases of a file of Vitest run again, and where that cannot be, the whole file does: tried on both supported
// majors, which join the titles of a case in different ways.
import { mkdirSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RetryOptions } from '@muster/core/retry'
import { reportCases } from '@muster/reports'
import { sourceHooks, TrialAgent } from '../testing/shell/agent-process.ts'
import { retriedRun, type RetriedRun } from '../testing/shell/retried-run.ts'
import { TrialProject } from '../testing/shell/trial-project.ts'
import { vitest } from './index.ts'

const majors = {
  5: dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  4: join(import.meta.dirname, '../../../../fixtures/vitest-4/node_modules/vitest'),
}
const head = `import { afterAll, describe, expect, test } from 'vitest'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
const seen = (name) => existsSync('witness.txt') && readFileSync('witness.txt', 'utf8').split('\\n').includes(name)
/** Passes when it has run before. */
const flaky = (name) => () => { const again = seen(name); appendFileSync('witness.txt', name + '\\n'); expect(again).toBe(true) }
const fine = (name) => () => appendFileSync('witness.txt', name + '\\n')
const red = (name) => () => { appendFileSync('witness.txt', name + '\\n'); expect(1).toBe(2) }
`
const files = {
  'package.json': '{ "name": "trial", "type": "module" }',
  'twenty.test.ts': `${head}
    for (let at = 0; at < 8; at++) test('test ' + at, fine('test ' + at))
    test('is (sometimes) red: $1.5 [x] | y > z', flaky('top'))
    test('is Xsometimes) red: $1.5 [x] | y > z', fine('look-alike'))
    test.skip('left out', fine('left out'))
    describe('suite', () => {
      test.each([1, 2, 3, 4, 5, 6, 7])('test %i', (at) => fine('suite test ' + at)())
      describe('inner', () => { test('red', flaky('inner')) })
      test('red', fine('red')) })
    test('red', fine('top red'))`,
  'hook.test.ts': `${head}test('a', fine('a'))\ntest('b', flaky('b'))
    describe('s', () => { afterAll(() => { const again = seen('hook'); fine('hook')(); if (!again) throw new Error('after') })
      test('c', fine('c')) })`,
  'unhandled.test.ts': `${head}test('a', fine('a'))\ntest('b', async () => { if (!seen('b')) void Promise.reject(new Error('nobody'))
      await new Promise((done) => setTimeout(done, 20)); flaky('b')() })`,
  'twins.test.ts': `${head}test('a', fine('a'))\ntest.each([1, 2])('twin', (at) => flaky('twin ' + at)())`,
  'joined.test.ts': `${head}test('a', fine('a'))\ndescribe('s', () => { test('b', flaky('s b')) })\ntest('s b', fine('same name'))`,
  'crash.test.ts': `${head}test('a', fine('a'))
    test('b', () => { const again = seen('b'); fine('b')(); if (!again) process.kill(process.pid, 'SIGKILL') })\ntest('c', fine('c'))`,
  'only.test.ts': `${head}test('only', flaky('only'))`,
  'moving.test.ts': `${head}test('a', fine('a'))\ntest('at ' + process.hrtime.bigint(), flaky('moving'))`,
  'red.test.ts': `${head}test('a', fine('a'))\ntest('b', red('b'))\ntest('c', flaky('c'))`,
}

// The process that asks Vitest for its files is a plain one, and takes over our environment.
beforeAll(() => {
  process.env['NODE_OPTIONS'] = `--disable-warning=ExperimentalWarning --import ${sourceHooks}`
})

describe.each(Object.entries(majors))('with Vitest %s', (_major, installed) => {
  const project = new TrialProject(files)
  mkdirSync(join(project.root, 'node_modules'))
  symlinkSync(installed, join(project.root, 'node_modules/vitest'), 'dir')
  const runner = vitest()
  const agent = new TrialAgent(runner)
  const found = once(() => runner.discover({ root: project.root, select: [], signal: new AbortController().signal }))
  const executor = { kind: runner.name, execute: agent.carryOut.bind(agent) }
  const run = async (file: string, retry?: RetryOptions): Promise<RetriedRun> => {
    const tasks = (await found()).tasks.filter(({ id }) => id === file)
    return retriedRun({ root: project.root, executor, tasks }, retry)
  }

  afterAll(async () => {
    await agent.close()
    project[Symbol.dispose]()
  })

  test('of twenty tests that run and one that is left out, two are flaky and run again: 22 in all', async () => {
    const { report, witness, retries } = await run('twenty.test.ts')
    expect(retries).toEqual(['2 of 21'])
    expect(witness).toHaveLength(22)
    expect(witness.slice(20)).toEqual(['top', 'inner'])
    expect(report.tasks[0]?.verdict).toEqual({ kind: 'flaky', failedAttempts: 1 })
    expect(report.cases).toEqual({ passed: 18, failed: 0, skipped: 1, flaky: 2 })
    const rows = reportCases(report).map((row) => row.case)
    expect(rows).toHaveLength(21)
    expect(rows.filter(({ retries: tries = 0 }) => tries > 0).map(({ path }) => path.join(' > '))).toEqual([
      'is (sometimes) red: $1.5 [x] | y > z',
      'suite > inner > red',
    ])
  })

  test.each([
    ['hook', 'a hook that failed too'],
    ['unhandled', 'an error that nobody awaited'],
    ['twins', 'cases of one name'],
    ['joined', 'cases whose full names are alike'],
    ['crash', 'a process that ended'],
    ['only', 'a file of which nothing else is left'],
  ])('%s: %s makes the whole file run again', async (name) => {
    const { report, retries } = await run(`${name}.test.ts`)
    expect([report.tasks[0]?.verdict?.kind, retries]).toEqual(['flaky', ['all']])
  })

  test('a case that is not found again is a failure by its name, and then the whole file runs again', async () => {
    const { report, retries } = await run('moving.test.ts', { maxAttempts: 3 })
    expect(retries).toEqual(['1 of 2', 'all'])
    expect(report.tasks[0]?.attempts[1]?.ending).toMatchObject({
      outcome: { result: 'failed', failure: { rule: 'signals/case-not-run-again' } },
    })
    expect(report.tasks[0]?.verdict?.kind).toBe('flaky')
  })

  test('what stays red keeps its task red, and what passed counts once', async () => {
    const { report, retries, witness } = await run('red.test.ts', { maxAttempts: 3 })
    expect(retries).toEqual(['2 of 3', '1 of 3'])
    expect(witness).toEqual(['a', 'b', 'c', 'b', 'c', 'b'])
    expect(report.tasks[0]?.verdict?.kind).toBe('failed')
    expect(report.cases).toEqual({ passed: 1, failed: 1, skipped: 0, flaky: 1 })
  })
})

/** Asks when it is first wanted, and no second time. */
function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined
  return () => (asked ??= ask())
}
