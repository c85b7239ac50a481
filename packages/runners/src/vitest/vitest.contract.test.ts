// The contract of runners, tried on both supported majors of Vitest with a real project and real processes. The executor
// runs in a process of its own, because one Vitest does not run inside another.
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseResult, Outcome, Runner } from '@muster/core'
import { runnerContract, type RunnerSubject } from '@muster/core/testing'
import { sourceHooks, TrialAgent } from '../testing/shell/agent-process.ts'
import { stoppedAttempt, type TrialEnd } from '../testing/shell/stopped-attempt.ts'
import { TrialProject, trialEnvironment } from '../testing/shell/trial-project.ts'
import { vitest } from './index.ts'
import { isOver } from './shell/wait-until-gone.ts'

const majors = {
  5: dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  4: join(import.meta.dirname, '../../../../fixtures/vitest-4/node_modules/vitest'),
}

const imports = `import { afterAll, beforeAll, describe, expect, test } from 'vitest'\n`
const files = {
  'package.json': '{ "name": "trial", "type": "module" }',
  'vitest.config.ts': `import { defineConfig } from 'vitest/config'
    export default defineConfig({ test: { setupFiles: './set-up.ts' } })`,
  'set-up.ts': `globalThis.isSetUp = true`,
  'src/passing.test.ts': `${imports}
    const one: number = 1
    test('one', () => expect(globalThis.isSetUp).toBe(true))
    describe('a suite', () => { test('two', () => expect(one).toBe(1)); test('two', () => {}) })
    test.each([1, 2])('each %i', () => {})
    test('knows its attempt', () => expect(process.env.MUSTER_ATTEMPT).toBe('contract/0#1'))`,
  'src/failing.test.ts': `${imports}test('good', () => {})\ntest('bad', () => expect({ a: 1 }).toEqual({ a: 2 }))`,
  'src/skipping.test.ts': `${imports}test('good', () => {})\ntest.skip('left out', () => {})\ntest.todo('later')
    test('at run time', ({ skip }) => skip('no network'))`,
  'src/flaky.test.ts': `${imports}let tries = 0\ntest('flaky', { retry: 2 }, () => { tries += 1; expect(tries).toBe(2) })`,
  'src/printing.test.ts': `${imports}test('prints', () => { console.log('to stdout'); console.error('to stderr') })`,
  'src/killing.test.ts': `${imports}test('before', () => {})
    test('kills', () => { process.kill(process.pid, 'SIGKILL') })\ntest('after', () => {})`,
  'src/exiting.test.ts': `${imports}test('before', () => {})\ntest('exits', () => { process.exit(0) })\ntest('after', () => {})`,
  'src/looping.test.ts': `${imports}import { writeSync } from 'node:fs'\ntest('before', () => {})
    test('loops', () => { writeSync(1, 'looping\\n'); for (;;); })\ntest('after', () => {})`,
  'src/empty.test.ts': `console.log('no test here')`,
  'src/broken.test.ts': `const = 3`,
}
/** Files beside the contract's own, for what only Vitest can do. */
const more = {
  'more/suite.test.ts': `${imports}describe('s', () => { beforeAll(() => { throw new Error('hook') }); test('x', () => {}) })`,
  'more/outside.test.ts': `${imports}
    describe('d', () => { beforeAll(() => { throw new Error('bA boom') }); test('never runs', () => {}) })
    describe('e', () => { afterAll(() => { throw new Error('aA boom') }); test('runs', () => {}) })
    test('x', () => { throw new Error('ordinary') })
    test('rejects', () => { void Promise.reject(new Error('rejected')) })
    test('throws late', async () => { setTimeout(() => { throw new Error('thrown late') }, 1)
      await new Promise((done) => setTimeout(done, 50)) })
    afterAll(() => { throw new Error('root boom') })`,
  'more/telling.test.ts': `${imports}
    test('snapshot', () => { expect({ a: 'two' }).toMatchInlineSnapshot('{ a: "one" }') })
    test('cause', () => { throw new Error('top', { cause: new TypeError('middle', { cause: new Error('root') }) }) })`,
  'more/unhandled.test.ts': `${imports}test('late', async () => {
    setTimeout(() => { throw new Error('nobody awaits this') }, 1); await new Promise((done) => setTimeout(done, 30)) })`,
  'more/hook-kills.test.ts': `${imports}describe('s', () => {
    beforeAll(() => { process.kill(process.pid, 'SIGKILL') }); test('x', () => {}) })\ntest('y', () => {})`,
  'more/looping.test.ts': `${imports}import { writeSync } from 'node:fs'
    test('before', () => {})\ntest('loops', () => { writeSync(1, 'looping\\n'); for (;;); })
    test.skip('left out', () => {})\ntest('kills', () => { process.kill(process.pid, 'SIGKILL') })
    test('loops too', () => { for (;;); })\ntest('last', () => {})`,
  'more/passing.test.ts': `${imports}test('passes', () => {})`,
  'more/lines.test.ts': `${imports}
describe('suite', () => {
  test('three', () => {})
  test.skip('four', () => {})
})
test('six', () => {})
`,
}

const cases = (result: 'passed' | 'failed' | 'skipped', ...titles: string[]) =>
  titles.map((title) => ({ path: title.split(' > '), results: [result] }) as const)

const tasks: RunnerSubject['tasks'] = {
  passing: {
    id: 'src/passing.test.ts',
    cases: cases('passed', 'one', 'a suite > two', 'a suite > two', 'each 1', 'each 2', 'knows its attempt'),
  },
  failing: {
    id: 'src/failing.test.ts',
    cases: [...cases('passed', 'good'), ...cases('failed', 'bad')],
    culprit: 'bad',
  },
  skipping: {
    id: 'src/skipping.test.ts',
    cases: [...cases('passed', 'good'), ...cases('skipped', 'left out', 'later', 'at run time')],
  },
  flaky: { id: 'src/flaky.test.ts', cases: cases('passed', 'flaky') },
  printing: { id: 'src/printing.test.ts', cases: cases('passed', 'prints') },
  // The cases after the one that killed the process are run in a new one.
  killing: {
    id: 'src/killing.test.ts',
    cases: [...cases('passed', 'before', 'after'), ...cases('failed', 'kills')],
    culprit: 'kills',
  },
  exiting: {
    id: 'src/exiting.test.ts',
    cases: [...cases('passed', 'before', 'after'), ...cases('failed', 'exits')],
    culprit: 'exits',
  },
  looping: {
    id: 'src/looping.test.ts',
    cases: [
      ...cases('passed', 'before'),
      { path: ['loops'], results: ['timed-out', 'cancelled'] },
      // After a time-out the rest is run in overtime, after a cancel it is not.
      { path: ['after'], results: ['passed', 'cancelled'] },
    ],
    culprit: 'loops',
  },
  empty: { id: 'src/empty.test.ts', cases: [], culprit: 'src/empty.test.ts' },
  broken: { id: 'src/broken.test.ts', cases: [] },
}

// The process that asks Vitest for its files is a plain one, and takes over our environment.
beforeAll(() => {
  process.env['NODE_OPTIONS'] = `--disable-warning=ExperimentalWarning --import ${sourceHooks}`
})

describe.each(Object.entries(majors))('the runner of Vitest %s', (major, installed) => {
  const project = projectWith(installed, files)
  const runner = vitest()
  const agent = new TrialAgent(runner)
  const subject: RunnerSubject = {
    runner,
    tasks,
    root: project.root,
    env: trialEnvironment(),
    carryOut: (task, context) => agent.carryOut(task, context),
  }
  afterAll(async () => {
    await agent.close()
    project[Symbol.dispose]()
  })

  test(`is tried on Vitest ${major}`, () => {
    const { version } = createRequire(join(project.root, 'x.js'))('vitest/package.json') as { version: string }
    expect(version).toMatch(new RegExp(`^${major}\\.`))
  })

  describe('keeps the contract', () => {
    for (const { name, needs, run } of runnerContract) {
      test.skipIf(needs.some((role) => !(role in subject.tasks)))(name, () => run(subject))
    }
  })
})

describe.each(Object.entries(majors))('beyond the contract, with Vitest %s', (_major, installed) => {
  const project = projectWith(installed, more)
  const runner = vitest()
  const agent = new TrialAgent(runner)
  afterAll(async () => {
    await agent.close()
    project[Symbol.dispose]()
  })
  const tried = (select: string, end?: TrialEnd) => tryOne(runner, agent, project.root, select, end)

  test('a hook that fails fails its file, by the error of the hook', async () => {
    const { outcome, cases: reported } = await tried('more/suite.test.ts')
    expect(outcome).toMatchObject({ result: 'failed', failure: { message: 's > beforeAll hook: hook' } })
    expect(reported).toMatchObject([
      { path: ['s', 'x'], result: 'skipped' },
      {
        path: ['s', 'beforeAll hook'],
        result: 'failed',
        file: 'more/suite.test.ts',
        line: 2,
        failure: { message: 'hook' },
      },
    ])
    expect(reported[0]?.reason).toContain('suite failed')
  })

  test('errors of hooks, and those that nobody awaits, are kept beside a test that failed', async () => {
    const { outcome, cases: reported } = await tried('more/outside.test.ts')
    expect(outcome.failure?.message).toBe('x: ordinary (and 5 more failed)')
    const red = reported.filter(({ result }) => result === 'failed')
    expect(red.map(({ path, line, failure }) => [path.join(' > '), line, failure?.message])).toEqual([
      ['x', 5, 'ordinary'],
      ['afterAll hook', 9, 'root boom'],
      ['d > beforeAll hook', 3, 'bA boom'],
      ['e > afterAll hook', 4, 'aA boom'],
      ['unhandled error', 6, expect.stringMatching(/^Unhandled Rejection.*: rejected$/)],
      ['unhandled error 2', 7, expect.stringMatching(/^Uncaught Exception.*: thrown late$/)],
    ])
  })

  test('a failure says what was expected and what came, and what caused it', async () => {
    const { cases: reported } = await tried('more/telling.test.ts')
    const [snapshot, cause] = reported.map(({ failure }) => failure?.message)
    expect(snapshot).toContain('- Expected\n+ Received')
    expect(snapshot).toMatch(/^\+ .*two/m)
    expect(cause).toBe('top\ncaused by: TypeError: middle\ncaused by: Error: root')
  })

  test('an error that nobody awaits fails its file', async () => {
    const { outcome } = await tried('more/unhandled.test.ts')
    expect(outcome.result).toBe('failed')
    expect(outcome.failure?.message).toContain('nobody awaits this')
  })

  test('a hook that kills the process fails the file, and the cases that could not run are named', async () => {
    const { outcome, cases: reported } = await tried('more/hook-kills.test.ts')
    expect(outcome).toMatchObject({ result: 'failed', failure: { category: 'process-crash' } })
    expect(outcome.failure?.message).toContain('"y"')
    expect(reported.map(({ path, result }) => [path.join(' > '), result])).toEqual([
      ['s > x', 'cancelled'],
      ['y', 'cancelled'],
    ])
  })

  test('after a time-out the rest is run in overtime, whose end names the next that loops', async () => {
    const { outcome, cases: reported } = await tried('more/looping.test.ts', 'TimeoutError')
    expect(outcome.result).toBe('timed-out')
    expect(outcome.failure?.message).toContain('"loops"')
    expect(reported.map(({ path, result }) => `${path.join(' > ')} ${result}`).toSorted()).toEqual([
      'before passed',
      'kills failed',
      'last cancelled',
      'left out skipped',
      'loops timed-out',
      'loops too timed-out',
    ])
    for (const { path, durationMs } of reported.filter(({ path }) => path[0]?.startsWith('loops') === true))
      expect([path, durationMs > 0]).toEqual([path, true])
    expect((await tried('more/passing.test.ts')).outcome.result).toBe('passed')
  })

  test('a test that blocks its process is ended without any time limit of ours, by that of Vitest', async () => {
    using other = projectWith(installed, {
      'package.json': '{ "type": "module" }',
      'vitest.config.mjs': 'export default { test: { testTimeout: 300, hookTimeout: 300 } }',
      'a.test.js': `${imports}test('before', () => {})\ntest('loops', () => { for (;;); })
        test('may take long', { timeout: 60_000 }, () => { const end = Date.now() + 4000; while (Date.now() < end); })
        test('after', () => {})`,
    })
    const itsAgent = new TrialAgent(runner)
    const { outcome, cases: reported } = await tryOne(runner, itsAgent, other.root, 'a.test.js')
    expect(outcome).toMatchObject({ result: 'timed-out', failure: { category: 'timeout' } })
    expect(outcome.failure?.message).toMatch(
      /out of time while it ran "loops", which had begun \d+ ms before; the runner gives it 300 ms/,
    )
    expect(reported.map(({ path, result }) => `${path.join(' > ')} ${result}`).toSorted()).toEqual([
      'after passed',
      'before passed',
      'loops timed-out',
      'may take long passed',
    ])
    await itsAgent.close()
  })

  test.each(['forks', 'vmForks'])('no worker outlives its file (%s, shared between files)', async (pool) => {
    const pid = `import { appendFileSync, readFileSync } from 'node:fs'
      test('tells its process, and finds none of those before it', () => {
        appendFileSync('pids.txt', process.pid + '\\n')
        for (const each of readFileSync('pids.txt', 'utf8').trim().split('\\n').slice(0, -1))
          expect(() => process.kill(Number(each), 0)).toThrow('ESRCH')
      })`
    using other = projectWith(installed, {
      'package.json': '{ "type": "module" }',
      'vitest.config.mjs': `export default { test: { pool: '${pool}', isolate: false } }`,
      'a.test.js': imports + pid,
      'b.test.js': imports + pid,
    })
    const itsAgent = new TrialAgent(runner)
    for (const file of ['a.test.js', 'b.test.js', 'a.test.js']) {
      const { outcome } = await tryOne(runner, itsAgent, other.root, file)
      expect(outcome.result).toBe('passed')
      const pids = readFileSync(join(other.root, 'pids.txt'), 'utf8').trim().split('\n')
      // The kernel may still be taking it away.
      for (const each of pids) expect(isOver(Number(each))).toBe(true)
    }
    await itsAgent.close()
  })

  test('lines choose cases and whole suites; the rest of the file is not reported', async () => {
    const six = await tried('more/lines.test.ts:7')
    expect(six.cases.map(({ path }) => path)).toEqual([['six']])
    expect(six.outcome.result).toBe('passed')
    const suite = await tried('more/lines.test.ts:3')
    expect(suite.cases.map(({ path }) => path)).toEqual([
      ['suite', 'three'],
      ['suite', 'four'],
    ])
    const none = await tried('more/lines.test.ts:2')
    expect(none.outcome).toMatchObject({ result: 'failed', failure: { category: 'configuration' } })
  })
})

describe('a project without Vitest', () => {
  test('is told what to install', async () => {
    using project = new TrialProject({ 'package.json': '{}', 'a.test.ts': '' })
    const discovery = vitest().discover({ root: project.root, select: [], signal: new AbortController().signal })
    await expect(discovery).rejects.toThrow(/RUNNER_MISSING.*npm i -D vitest/s)
  })

  test('is told what its configuration throws', async () => {
    using project = projectWith(majors[5], { 'vitest.config.ts': `throw new Error('a broken configuration')` })
    const discovery = vitest().discover({ root: project.root, select: [], signal: new AbortController().signal })
    await expect(discovery).rejects.toThrow(/RUNNER_FAILED.*a broken configuration/s)
  })

  test('is told that its configuration waits for what never comes', async () => {
    using project = projectWith(majors[5], { 'vitest.config.mjs': `await new Promise(() => {})` })
    const discovery = vitest().discover({ root: project.root, select: [], signal: new AbortController().signal })
    await expect(discovery).rejects.toThrow(/RUNNER_FAILED.*nothing is left to settle/s)
  })
})

test('several projects in one: the id says which', async () => {
  using project = projectWith(majors[5], {
    'vitest.config.ts': `import { defineConfig } from 'vitest/config'
      export default defineConfig({ test: { projects: [{ test: { name: 'one' } }, { test: { name: 'two' } }] } })`,
    'a.test.ts': `${imports}test('a', () => {})`,
  })
  const runner = vitest()
  const { tasks: found } = await runner.discover({
    root: project.root,
    select: [],
    signal: new AbortController().signal,
  })
  expect(found.map(({ id, file }) => [id, file])).toEqual([
    ['[one] a.test.ts', 'a.test.ts'],
    ['[two] a.test.ts', 'a.test.ts'],
  ])
})

async function tryOne(
  runner: Runner,
  agent: TrialAgent,
  root: string,
  select: string,
  end?: TrialEnd,
): Promise<{ readonly outcome: Outcome; readonly cases: readonly CaseResult[] }> {
  const { tasks: found } = await runner.discover({ root, select: [select], signal: new AbortController().signal })
  const [task] = found
  if (task === undefined || found.length > 1) throw new Error(`${select} names one task`)
  const { context, cases: reported } = stoppedAttempt(root, end)
  const { outcome } = await agent.carryOut({ ...task, payload: task.payload, tags: [] }, context)
  return { outcome, cases: reported }
}

function projectWith(vitestFolder: string, content: Readonly<Record<string, string>>): TrialProject {
  const project = new TrialProject(content)
  mkdirSync(join(project.root, 'node_modules'))
  symlinkSync(vitestFolder, join(project.root, 'node_modules/vitest'), 'dir')
  return project
}
