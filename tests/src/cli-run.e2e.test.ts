// What `muster run` promises: its words, its exit codes, its streams.
import { mkdir, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { CliProject, failing, flaky, passing, type StreamEvent } from './cli-project.ts'

const vitestFolder = dirname(createRequire(import.meta.url).resolve('vitest/package.json'))

test('all green: 0, every file named, the run kept', async () => {
  await using project = await CliProject.create({
    'a.test.js': passing('adds', 'takes away'),
    'sub/b.test.js': passing('holds'),
  })
  const { code, stdout, stderr } = await project.muster('run')
  expect(stderr).toBe('')
  expect(code).toBe(0)
  expect(stdout).toContain('2 tasks found by node (the script "test" runs node --test)')
  expect(stdout).toMatch(/passed +a\.test\.js .*2 cases/)
  expect(stdout).toMatch(/passed +sub\/b\.test\.js/)
  expect(stdout).toContain('All 2 tasks passed.')
  const history = await project.muster('history', '--json')
  expect(JSON.parse(history.stdout)).toMatchObject({
    version: 1,
    runs: [{ status: 'finished', result: { exit: 'passed' } }],
  })
})

test('a failure: 1, with the case, its place and its message', async () => {
  await using project = await CliProject.create({ 'a.test.js': failing('adds', 'expected 1 to be 2') })
  const { code, stdout } = await project.muster('run')
  expect(code).toBe(1)
  expect(stdout).toMatch(/failed +a\.test\.js/)
  expect(stdout).toContain('adds  a.test.js:2')
  expect(stdout).toContain('expected 1 to be 2')
})

test('a pass after a failure is flaky, named, green, and red when asked', async () => {
  await using project = await CliProject.create({ 'a.test.js': flaky('now and then') })
  const first = await project.muster('run', '--retry', '2')
  expect(first.code).toBe(0)
  expect(first.stdout).toMatch(/retrying +a\.test\.js +attempt 1 failed: .*not yet/)
  expect(first.stdout).toMatch(/flaky +a\.test\.js +passed after 1 failed attempt/)
  await project.shell('rm tried')
  const second = await project.muster('run', '--retry=2', '--fail-on-flaky')
  expect(second.code).toBe(1)
  expect(second.stdout).toContain('Failed: 1 task passed only after a retry')
})

test('who is blocked by whom is said, at once and by name', async () => {
  await using project = await CliProject.create({
    'setup.test.js': failing('opens', 'no database'),
    'e2e/login.test.js': passing('logs in'),
    'e2e/logout.test.js': passing('logs out'),
    'muster.config.json': JSON.stringify({
      groups: [{ id: 'browser', files: 'e2e/**', concurrency: 1 }],
      dependencies: [{ files: 'e2e/**', on: 'setup.test.js' }],
      tasks: [{ id: 'after', argv: ['node', '--version'], dependsOn: [{ on: 'browser', kind: 'soft' }] }],
    }),
  })
  const { code, stdout } = await project.muster('run')
  expect(code).toBe(1)
  expect(stdout).toMatch(/blocked +e2e\/login\.test\.js +by setup\.test\.js, which did not pass/)
  expect(stdout).toMatch(/passed +after/)
  const explained = await project.muster('explain', 'e2e/login.test.js')
  expect(explained.stdout).toContain('It never ran: setup.test.js did not pass.')
})

test('nothing ran is never success: 4', async () => {
  await using project = await CliProject.create()
  const empty = await project.muster('run')
  expect([empty.code, empty.stderr]).toEqual([4, expect.stringContaining('no task was found')])
  await project.write({ 'a.test.js': passing('x') })
  const none = await project.muster('run', 'nowhere/**')
  expect([none.code, none.stderr]).toEqual([4, expect.stringContaining('no task is selected by nowhere/**')])
  await project.write({ 'muster.config.json': JSON.stringify({ rules: [{ files: '*', skip: 'not today' }] }) })
  const skipped = await project.muster('run')
  expect([skipped.code, skipped.stdout]).toEqual([4, expect.stringContaining('not today')])
})

test.each([
  [['rnu'], 'Did you mean `muster run`?'],
  [['run', '--retri', '2'], 'Did you mean --retry?'],
  [['run', '--retry', 'often'], 'expected  --retry to be a whole number from 1 up'],
  [['run', '--slots', 'adaptiv'], 'Did you mean --slots adaptive?'],
  [['run', 'a.tst.js'], 'Did you mean "a.test.js"?'],
  [['run', '--root', 'nowhere'], 'expected  --root to be a folder'],
  [['run', '--config', 'nowhere.ts'], 'nothing at '],
  [['explain', 'b.test.js'], 'TASK_UNKNOWN'],
  [['resume'], 'RUN_UNKNOWN'],
  [['report', 'r1'], 'RUN_UNKNOWN'],
  [[], ''],
])('misuse: 2 with a remedy and without a stack, %j', async (args, words) => {
  await using project = await CliProject.create({ 'a.test.js': passing('x') })
  const { code, stderr } = await project.muster(...args)
  expect(code).toBe(2)
  expect(stderr).toContain(words)
  expect(stderr).not.toMatch(/^\s+at /m)
})

test('a project without a runner is told what to do', async () => {
  await using project = await CliProject.create({ 'package.json': '{}' })
  const { code, stderr } = await project.muster('run')
  expect(code).toBe(2)
  expect(stderr).toContain('NO_RUNNER_FOUND')
  expect(stderr).toContain('npm install --save-dev vitest')
})

test('the event stream is JSON and nothing else, and ends with the report', async () => {
  await using project = await CliProject.create({
    'a.test.js': passing('adds'),
    'b.test.js': failing('fails', 'no'),
  })
  const { code, stdout, stderr } = await project.muster('run', '--json', '--junit', 'out/junit.xml', '--ctrf=ctrf.json')
  expect([code, stderr]).toEqual([1, ''])
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as StreamEvent)
  expect(events.every(({ version, kind }) => version === 1 && typeof kind === 'string')).toBe(true)
  expect(events.filter(({ kind }) => kind === 'task-judged')).toHaveLength(2)
  expect(events.filter(({ kind }) => kind === 'case-ended').every((event) => event['provisional'] === true)).toBe(true)
  expect(events.at(-1)).toMatchObject({
    kind: 'run-ended',
    report: { exit: 'failed', totals: { passed: 1, failed: 1 } },
  })
  expect(await project.read('out/junit.xml')).toContain('<testcase')
  expect(JSON.parse(await project.read('ctrf.json'))).toMatchObject({ results: { summary: { tests: 2, failed: 1 } } })
})

test('a reader that goes away is no error', async () => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`t${String(i)}.test.js`, passing('x')]))
  await using project = await CliProject.create(files)
  const plan = await project.shell('set -o pipefail; muster plan | head -n 1')
  expect([plan.code, plan.stderr]).toEqual([0, ''])
  expect(plan.stdout).toContain('task')
  const run = await project.shell('set -o pipefail; muster run --slots 4 "t1*" | head -n 1')
  expect([run.code, run.stderr]).toEqual([0, ''])
})

test('limits: fail-fast starts nothing more, a time limit ends an attempt, a deadline the run', async () => {
  await using project = await CliProject.create({
    'a.test.js': failing('x', 'no'),
    'b.test.js': `import test from 'node:test'\ntest('hangs', async () => { await new Promise((resolve) => setTimeout(resolve, 1e6)) })`,
    'c.test.js': passing('x'),
  })
  const fast = await project.muster('run', 'a.test.js', 'c.test.js', '--fail-fast', '--slots', '1')
  expect(fast.code).toBe(1)
  expect(fast.stdout).toMatch(/cancelled +c\.test\.js/)
  const late = await project.muster('run', 'b.test.js', '--timeout', '300')
  expect(late.code).toBe(1)
  expect(late.stdout).toMatch(/timed-out +b\.test\.js/)
  const over = await project.muster('run', 'b.test.js', '--deadline', '600ms')
  expect(over.code).toBe(1)
  expect(over.stdout).toMatch(/cancelled +b\.test\.js/)
})

test('two runs in one folder at once do not meet', async () => {
  await using project = await CliProject.create({ 'a.test.js': passing('x'), 'b.test.js': passing('y') })
  const both = await Promise.all([project.muster('run', '--slots', '1'), project.muster('run', '--slots', '1')])
  expect(both.map(({ code, stderr }) => [code, stderr])).toEqual([
    [0, ''],
    [0, ''],
  ])
  const { stdout } = await project.muster('history', '--task', 'a.test.js')
  expect(stdout).toContain('2 runs: 2 passed')
})

test('on a terminal the board is drawn within its width, and the cursor comes back', async () => {
  await using project = await CliProject.create({
    'a.test.js': passing('adds'),
    'b.test.js': failing('a case with 検証 in its name', 'no'),
  })
  const { stdout } = await project.shell(
    "export TERM=xterm-256color LANG=C.UTF-8; script -qefc \"stty cols 80 rows 24; '$NODE' '$MUSTER' run\" /dev/null",
  )
  const escape = '\u001B'
  const hidden = stdout.lastIndexOf(`${escape}[?25l`)
  const shown = stdout.indexOf(`${escape}[?25h`, hidden)
  expect(hidden).toBeGreaterThan(-1)
  expect(shown).toBeGreaterThan(hidden)
  expect(stdout).toContain('of 2 tasks')
  expect(stdout).toContain('1 of 2 tasks did not pass: 1 failed.')
  // What follows the board stays.
  expect(stdout.indexOf('is kept in .muster/muster.db')).toBeGreaterThan(shown)
})

test.each(['node', 'vitest'])('a first run of %s starts with the larger files', async (runner) => {
  const noting = (
    name: string,
    bytes: number,
  ): string => `import { test } from '${runner === 'node' ? 'node:test' : 'vitest'}'
import { appendFileSync } from 'node:fs'
test('is noted', () => { appendFileSync('order', ${JSON.stringify(`${name}\n`)}) })
// ${'-'.repeat(bytes)}`
  await using project = await CliProject.create({
    'muster.config.json': JSON.stringify({ runners: [runner] }),
    'a.test.mjs': noting('a', 0),
    'b.test.mjs': noting('b', 2000),
    'c.test.mjs': noting('c', 100),
  })
  await mkdir(join(project.root, 'node_modules'))
  await symlink(vitestFolder, join(project.root, 'node_modules', 'vitest'))
  const { stdout } = await project.muster('run', '--slots', '1')
  expect(stdout).toContain('largest-first (no durations are known yet, but the sizes of files are)')
  expect(await project.lines('order')).toEqual(['b', 'c', 'a'])
})

test('the second run starts with what took longest in the first', async () => {
  const taking = (name: string, ms: number, bytes: number): string => `import test from 'node:test'
// ${'-'.repeat(bytes)}
import { appendFileSync } from 'node:fs'
test('takes its time', async () => {
  appendFileSync('order', ${JSON.stringify(`${name}\n`)})
  await new Promise((resolve) => setTimeout(resolve, ${String(ms)}))
})`
  await using project = await CliProject.create({
    'a.test.js': taking('a.test.js', 0, 300),
    'b.test.js': taking('b.test.js', 400, 200),
    'c.test.js': taking('c.test.js', 1200, 0),
  })
  const first = await project.muster('run', '--slots', '1', '--report-json', 'first.json')
  expect(first.stdout).toContain('largest-first (no durations are known yet, but the sizes of files are)')
  expect(await project.lines('order')).toEqual(['a.test.js', 'b.test.js', 'c.test.js'])
  const { tasks } = JSON.parse(await project.read('first.json')) as {
    readonly tasks: readonly {
      readonly id: string
      readonly attempts: readonly { readonly ending: { readonly outcome: { readonly durationMs: number } } }[]
    }[]
  }
  const lengths = new Map(tasks.map(({ id, attempts }) => [id, attempts[0]?.ending.outcome.durationMs ?? 0]))
  const second = await project.muster('run', '--slots', '1')
  expect(second.stdout).toContain('longest-first (all durations are known)')
  const order = (await project.lines('order')).slice(3)
  expect(order).toEqual([...lengths.keys()].toSorted((a, b) => (lengths.get(b) ?? 0) - (lengths.get(a) ?? 0)))
  expect(order).not.toEqual(['a.test.js', 'b.test.js', 'c.test.js'])
})
