// The contract of runners, tried on node:test with a real project and real processes.
import { afterAll, describe, expect, test } from 'vitest'
import type { CaseResult, Outcome } from '@muster/core'
import { runnerContract, type RunnerSubject } from '@muster/core/testing'
import { stoppedAttempt, type TrialEnd } from '../testing/shell/stopped-attempt.ts'
import { trialEnvironment, TrialProject } from '../testing/shell/trial-project.ts'
import { createExecutor } from './shell/executor.ts'
import { nodeTest } from './index.ts'

const imports = `import { test, describe, it } from 'node:test'\nimport assert from 'node:assert'\n`
const project = new TrialProject({
  'package.json': '{ "name": "trial", "type": "module" }',
  'plain.js': `throw new Error('this is no test file')`,
  'src/passing.test.ts': `${imports}
    const one: number = 1
    test('one', () => {})
    describe('a suite', () => { it('two', () => assert.equal(one, 1)); it('two', () => {}) })
    test('a parent', async (t) => { await t.test('a child', () => {}) })`,
  'src/failing.test.js': `${imports}test('good', () => {})\ntest('bad', () => assert.equal(1, 2))`,
  'src/skipping.test.mjs': `${imports}test('good', () => {})\ntest.skip('left out')\ntest.todo('later')
    test('at run time', (t) => t.skip('no network'))\ntest('todo that fails', { todo: true }, () => assert.fail())`,
  'src/printing.test.cjs': `const { test } = require('node:test')
    test('prints', () => { console.log('to stdout'); console.error('to stderr') })`,
  'src/killing.test.js': `${imports}test('before', () => {})\ntest('kills', () => process.kill(process.pid, 'SIGKILL'))\ntest('after', () => {})`,
  'src/exiting.test.js': `${imports}test('before', () => {})\ntest('exits', () => process.exit(0))\ntest('after', () => {})`,
  'src/looping.test.js': `${imports}import { writeSync } from 'node:fs'\ntest('before', () => {})
    test('loops', () => { writeSync(1, 'looping\\n'); for (;;); })\ntest('after', () => {})`,
  'src/empty.test.js': `console.log('no test here')`,
  'src/broken.test.js': `const = 3`,
})

const passed = (...path: string[]) => ({ path, results: ['passed'] }) as const
const failed = (...path: string[]) => ({ path, results: ['failed'] }) as const
const skipped = (...path: string[]) => ({ path, results: ['skipped'] }) as const

const runner = nodeTest()
const executor = createExecutor({ kind: 'node', argv: [], only: false, cwd: '.', env: {} })
const subject: RunnerSubject = {
  runner,
  root: project.root,
  env: trialEnvironment(),
  // The executor keeps nothing and starts a process for each file, so it may run right here.
  carryOut: (task, context) => executor.execute({ ...task, payload: { file: fileIn(task.payload) } }, context),
  tasks: {
    passing: {
      id: 'src/passing.test.ts',
      cases: [
        passed('one'),
        passed('a suite', 'two'),
        passed('a suite', 'two'),
        passed('a parent', 'a child'),
        passed('a parent'),
      ],
    },
    failing: { id: 'src/failing.test.js', cases: [passed('good'), failed('bad')], culprit: 'bad' },
    skipping: {
      id: 'src/skipping.test.mjs',
      cases: [
        passed('good'),
        skipped('left out'),
        skipped('later'),
        skipped('at run time'),
        skipped('todo that fails'),
      ],
    },
    printing: { id: 'src/printing.test.cjs', cases: [passed('prints')] },
    killing: {
      id: 'src/killing.test.js',
      // The tests after the one that ended the process are run in a new one.
      cases: [passed('before'), failed('kills'), passed('after')],
      culprit: 'kills',
    },
    exiting: {
      id: 'src/exiting.test.js',
      cases: [passed('before'), failed('exits'), passed('after')],
      culprit: 'exits',
    },
    looping: {
      id: 'src/looping.test.js',
      // After a time-out the rest is run in overtime, after a cancel it is not.
      cases: [
        passed('before'),
        { path: ['loops'], results: ['timed-out', 'cancelled'] },
        { path: ['after'], results: ['passed', 'cancelled'] },
      ],
      culprit: 'loops',
    },
    empty: { id: 'src/empty.test.js', cases: [], culprit: 'src/empty.test.js' },
    broken: { id: 'src/broken.test.js', cases: [] },
  },
}

afterAll(() => project[Symbol.dispose]())

describe('the runner of node:test keeps the contract', () => {
  for (const { name, needs, run } of runnerContract) {
    test.skipIf(needs.some((role) => !(role in subject.tasks)))(name, () => run(subject))
  }
})

test('several tests that end the process, in suites and under one name, are told apart as far as Node allows', async () => {
  using other = new TrialProject({
    'a.test.js': `${imports}
      describe('A', () => { it('before', () => {}); it('kills', () => process.kill(process.pid, 'SIGKILL')) })
      describe('B', () => { it('before', () => {}); it('exits', () => process.exit(0)); it('after', () => {}) })
      test('parent', async (t) => {
        await t.test('one', () => {}); await t.test('exit (3) [x]', () => process.exit(3)); await t.test('three', () => {}) })
      test('twin', () => {})\ntest('twin', () => process.exit(0))\ntest('twin', () => {})`,
  })
  const { outcome, cases } = await attempt(other.root, 'a.test.js')
  expect(outcome).toMatchObject({ result: 'failed', failure: { category: 'process-crash' } })
  expect(cases).toEqual([
    'A > before passed',
    'A > kills failed',
    'B > before passed',
    'B > exits failed',
    'B > after passed',
    'parent > one passed',
    'parent > exit (3) [x] failed',
    'parent > three passed',
    'parent passed',
    'twin passed',
    'twin failed',
    // A pattern leaves out every test of the name, so the third is not run; it is never called passed.
    'twin cancelled',
  ])
})

test('tests that were not declared yet when the process ended are run all the same', async () => {
  using other = new TrialProject({
    'a.test.js': `${imports}describe('A', () => {
      it('before', () => {}); it('kills', () => process.kill(process.pid, 'SIGKILL')); it('after', () => {}) })`,
    'c.test.js': `${imports}test('first', () => process.exit(0))\ntest('second', () => {})`,
    'b.test.js': `${imports}test('parent', async (t) => {
      await t.test('kills', () => process.kill(process.pid, 'SIGKILL')); await t.test('after', () => {}) })`,
  })
  expect((await attempt(other.root, 'a.test.js')).cases).toEqual([
    'A > before passed',
    'A > kills failed',
    'A > after passed',
  ])
  expect((await attempt(other.root, 'c.test.js')).cases).toEqual(['first failed', 'second passed'])
  const { cases, outcome } = await attempt(other.root, 'b.test.js')
  expect(cases.slice(0, 2)).toEqual(['parent > kills failed', 'parent > after passed'])
  expect(outcome.result).toBe('failed')
})

describe('a test that loops for ever', () => {
  const loops = `{ writeSync(1, 'looping\\n'); for (;;); }`
  const files = {
    'one.test.js': `${imports}import { writeSync } from 'node:fs'
      test('before', () => {})\ntest('loops', () => ${loops})\ntest('after', () => {})\ntest.skip('left out')`,
    'two.test.js': `${imports}import { writeSync } from 'node:fs'
      test('loops', () => ${loops})\ntest('between', () => {})\ntest('loops too', () => ${loops})\ntest('after', () => {})`,
  }

  test('is named when the time is over, and the tests after it are run in overtime', async () => {
    using other = new TrialProject(files)
    const { outcome, cases } = await attempt(other.root, 'one.test.js', 'TimeoutError')
    expect(outcome.result).toBe('timed-out')
    expect(outcome.failure?.message).toContain('"loops"')
    expect(cases).toEqual(['before passed', 'loops timed-out', 'after passed', 'left out skipped'])
  })

  test('twice: the end of the overtime names the second, and what was not run is told', async () => {
    using other = new TrialProject(files)
    const { outcome, cases } = await attempt(other.root, 'two.test.js', 'TimeoutError')
    expect(outcome.result).toBe('timed-out')
    expect(cases).toEqual(['loops timed-out', 'between passed', 'loops too timed-out', 'after cancelled'])
  })

  test('gets no overtime after a cancel', async () => {
    using other = new TrialProject(files)
    const { outcome, cases } = await attempt(other.root, 'one.test.js', 'AbortError')
    expect(outcome.result).toBe('cancelled')
    expect(cases).toEqual(['before passed', 'loops cancelled', 'after cancelled', 'left out cancelled'])
  })
})

describe('an error outside of every test', () => {
  const hooks = `import { after, before } from 'node:test'\n`
  const boom = `throw new Error('boom')`

  test.each([
    ['sync', `after(() => { ${boom} })`],
    ['async', `after(async () => { await null; ${boom} })`],
  ])('in a hook of the file fails it, although Node ends with exit code 0 (%s)', async (_kind, hook) => {
    using other = new TrialProject({ 'a.test.js': `${imports}${hooks}test('a', () => {})\n${hook}` })
    const { outcome, cases, told } = await attempt(other.root, 'a.test.js')
    expect(outcome).toMatchObject({ result: 'failed', failure: { message: 'after hook: boom' } })
    expect(outcome.failure?.stack).toContain('a.test.js:5')
    expect(cases).toEqual(['a passed', 'after hook failed'])
    expect(told[1]).toMatchObject({ file: 'a.test.js', line: 5, failure: { message: 'boom' } })
  })

  test('is kept beside a test that failed', async () => {
    using other = new TrialProject({
      'a.test.js': `${imports}${hooks}test('bad', () => { throw new Error('ordinary') })\nafter(() => { ${boom} })
        test('late', () => { setTimeout(() => { throw new Error('too late') }, 5) })
        describe('d', () => { before(() => { ${boom} }); test('never', () => {}) })
        test('waits', (t, done) => { setTimeout(done, 50) })`,
    })
    const { outcome, told } = await attempt(other.root, 'a.test.js')
    expect(outcome.failure?.message).toContain('bad: ordinary')
    const messages = told.map(({ path, failure }) => `${path.join(' > ')}: ${failure?.message ?? ''}`)
    expect(messages).toContain('after hook: boom')
    expect(messages).toContain('d > before hook: boom')
    expect(messages).toContainEqual(expect.stringMatching(/^unhandled error: Test "late" .*"Error: too late"/))
  })

  test('is the failure of its file where every test passed', async () => {
    using other = new TrialProject({
      'a.test.js': `${imports}test('late', () => { setTimeout(() => { throw new Error('too late') }, 5) })
        test('waits', (t, done) => { setTimeout(done, 50) })`,
    })
    const { outcome, cases } = await attempt(other.root, 'a.test.js')
    expect(outcome).toMatchObject({ result: 'failed' })
    expect(cases).toEqual(['late passed', 'waits passed', 'unhandled error failed'])
  })
})

describe('a failure says what a person asks next', () => {
  test('a syntax error: its line, and the source', async () => {
    using other = new TrialProject({
      'syntax.test.js': `${imports}const x = ) ;`,
      'syntax.test.cjs': `// one\nconst x = ) ;\n`,
    })
    const { outcome } = await attempt(other.root, 'syntax.test.js')
    expect(outcome.failure?.message).toBe(`Unexpected token ')' (syntax.test.js:3)\nconst x = ) ;\n          ^`)
    const common = await attempt(other.root, 'syntax.test.cjs')
    expect(common.outcome.failure?.message).toBe(`Unexpected token ')' (syntax.test.cjs:2)\nconst x = ) ;\n          ^`)
  })

  test('no memory left: that it was, not where the engine stood', async () => {
    using other = new TrialProject({
      'a.test.js': `${imports}test('hoards', () => { const all = []; for (;;) all.push(new Array(1e5).fill(Math.random())) })`,
    })
    const hoarding = createExecutor({ kind: 'node', argv: ['--max-old-space-size=40'], only: false, cwd: '.', env: {} })
    const { context } = stoppedAttempt(other.root)
    const { outcome } = await hoarding.execute(
      { id: 'a', kind: 'node', payload: { file: 'a.test.js' }, tags: [] },
      context,
    )
    expect(outcome.failure?.message).toMatch(/JavaScript heap out of memory while it ran "hoards"$/)
  })

  test('an error with causes: all of them', async () => {
    using other = new TrialProject({
      'a.test.js': `${imports}test('a', () => {
        throw new Error('top', { cause: new TypeError('middle', { cause: new Error('root') }) }) })`,
    })
    const { told } = await attempt(other.root, 'a.test.js')
    expect(told[0]?.failure?.message).toBe('top\ncaused by: TypeError: middle\ncaused by: Error: root')
  })
})

/** Runs a file; its first word `looping` ends it as `end` says. */
async function attempt(
  root: string,
  file: string,
  end?: TrialEnd,
): Promise<{
  readonly outcome: Outcome
  readonly cases: readonly string[]
  readonly told: readonly CaseResult[]
}> {
  const { context, told, cases } = stoppedAttempt(root, end)
  const { outcome } = await executor.execute({ id: 'a', kind: 'node', payload: { file }, tags: [] }, context)
  return { outcome, cases: told(), told: cases }
}

function fileIn(payload: unknown): string {
  return typeof payload === 'object' && payload !== null && 'file' in payload ? String(payload.file) : ''
}
