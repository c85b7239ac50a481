// What is kept and what comes of it: interrupted and killed runs, history, reports, replay, damage.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { CliProject, failing, held, passing, type RunningCommand, witnessed } from './cli-project.ts'
import { isAlive } from './is-alive.ts'

/** One slot: `a` is done, `b` holds, `c` waits. */
const files = { 'a.test.js': witnessed('a'), 'b.test.js': held(), 'c.test.js': witnessed('c') }

async function untilHeld(project: CliProject, ...args: readonly string[]): Promise<RunningCommand> {
  const running = project.follow('run', '--slots', '1', '--strategy', 'fifo', ...args)
  await running.until(({ kind, task }) => kind === 'case-ended' && task === 'b.test.js')
  return running
}

async function expectWhole(project: CliProject, heldTries: number): Promise<void> {
  await project.write({ release: '' })
  const resumed = await project.muster('resume')
  expect(resumed.code).toBe(0)
  expect(resumed.stdout).toContain('3 tasks')
  // What was done before is not repeated, and nothing is left out.
  expect([...(await project.lines('witness'))].sort()).toEqual(['a', 'c'])
  expect(await project.lines('began')).toHaveLength(heldTries)
  const none = await project.muster('resume')
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('a run that is open or was interrupted')])
}

async function expectNothingAlive(project: CliProject): Promise<void> {
  const pids = (await project.lines('began')).map(Number)
  expect(pids.length).toBeGreaterThan(0)
  await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 20_000, interval: 20 })
}

test('a run whose database was deleted by one of its tests is not said to be kept', async () => {
  const clearing = `import test from 'node:test'
import { rmSync } from 'node:fs'
test('clears away', () => { rmSync('.muster', { recursive: true }) })`
  await using project = await CliProject.create({ 'a.test.js': clearing })
  const { code, stdout, stderr } = await project.muster('run')
  expect(stdout).toContain('1 task')
  expect(stdout).not.toContain('is kept in')
  expect(stderr).toMatch(/Error STORE_LOST\n(.*\n)*.*muster\.db/)
  expect(code).toBe(2)
})

test('Ctrl-C once lets what runs end; resume goes on', async () => {
  await using project = await CliProject.create(files)
  const running = await untilHeld(project)
  running.child.kill('SIGINT')
  await running.until(({ kind, hard }) => kind === 'run-draining' && hard === false)
  await project.write({ release: '' })
  const { code, stderr } = await running.ended
  expect(code).toBe(130)
  expect(stderr).toContain('press Ctrl-C again')
  expect(await project.lines('witness')).toEqual(['a'])
  await expectWhole(project, 1)
})

test('Ctrl-C twice cancels what runs; nothing survives; resume goes on', async () => {
  await using project = await CliProject.create(files)
  const running = await untilHeld(project)
  running.child.kill('SIGINT')
  await running.until(({ kind }) => kind === 'run-draining')
  running.child.kill('SIGINT')
  expect((await running.ended).code).toBe(130)
  await expectNothingAlive(project)
  await expectWhole(project, 2)
})

test('Ctrl-C three times ends everything at once', async () => {
  await using project = await CliProject.create({
    ...files,
    // Deaf to every polite request.
    'b.test.js': `process.on('SIGTERM', () => {}); process.on('SIGINT', () => {});\n${held()}`,
  })
  const running = await untilHeld(project)
  running.child.kill('SIGINT')
  await running.until(({ kind }) => kind === 'run-draining')
  running.child.kill('SIGINT')
  await running.until(({ kind, hard }) => kind === 'run-draining' && hard === true)
  running.child.kill('SIGINT')
  expect((await running.ended).code).toBe(130)
  await expectNothingAlive(project)
})

test('a request to terminate cancels and keeps', async () => {
  await using project = await CliProject.create(files)
  const running = await untilHeld(project)
  running.child.kill('SIGTERM')
  expect((await running.ended).code).toBe(130)
  await expectNothingAlive(project)
  await expectWhole(project, 2)
})

test('killed without warning: nothing survives, nothing acknowledged is lost or repeated', async () => {
  await using project = await CliProject.create(files)
  const running = await untilHeld(project)
  running.child.kill('SIGKILL')
  expect((await running.ended).code).toBe(null)
  await expectNothingAlive(project)
  const history = await project.muster('history')
  expect(history.stdout).toMatch(/ interrupted /)
  await expectWhole(project, 2)
})

test('a run whose owner lives is not taken by accident', async () => {
  await using project = await CliProject.create(files)
  const running = await untilHeld(project)
  const second = await project.muster('resume')
  expect([second.code, second.stderr]).toEqual([2, expect.stringContaining('RUN_OWNED')])
  await project.write({ release: '' })
  expect((await running.ended).code).toBe(0)
})

test('the past is listed, told, written and checked', async () => {
  await using project = await CliProject.create({ 'a.test.js': passing('x'), 'b.test.js': failing('y', 'no') })
  for (const code of [1, 1, 1]) expect((await project.muster('run')).code).toBe(code)
  const { stdout } = await project.muster('history')
  expect(stdout.match(/1 passed, 1 failed/g)).toHaveLength(3)
  const task = await project.muster('history', '--task', 'b.test.js')
  expect(task.stdout).toContain('3 runs: 3 failed')
  const near = await project.muster('history', '--task', 'bb.test.js')
  expect([near.code, near.stderr]).toEqual([2, expect.stringContaining('Did you mean b.test.js?')])
  const report = await project.muster('report', '--junit', 'junit.xml', '--json', '-')
  expect(JSON.parse(report.stdout)).toMatchObject({ version: 1, exit: 'failed' })
  expect(existsSync(join(project.root, 'junit.xml'))).toBe(true)
  expect((await project.muster('report', '--markdown', '-')).stdout).toContain('b.test.js')
  for (const { run } of (JSON.parse((await project.muster('history', '--json')).stdout) as { runs: { run: string }[] })
    .runs) {
    const replay = await project.muster('replay', run)
    expect([replay.code, replay.stdout]).toEqual([0, expect.stringContaining('identical')])
  }
  expect((await project.muster('history', '--check')).stdout).toContain('is sound')
  expect((await project.muster('history', '--keep', '1')).stdout).toContain('Deleted 2 runs')
  const plan = JSON.parse((await project.muster('plan', '--json')).stdout) as Readonly<Record<string, unknown>>
  expect(plan).toMatchObject({ version: 1, strategy: { name: 'hedged-longest-first' } })
})

test('a damaged database is named with the way out, and what can be read is saved', async () => {
  await using project = await CliProject.create({ 'a.test.js': passing('x') })
  await project.muster('run')
  await project.muster('run')
  // The pages behind the first two are overwritten, as a failing disk may do.
  await project.shell(
    'size=$(stat -c %s .muster/muster.db); dd if=/dev/urandom of=.muster/muster.db bs=4096 seek=2 count=$(((size / 4096) - 2)) conv=notrunc status=none',
  )
  const check = await project.muster('history', '--check')
  expect([check.code, check.stdout]).toEqual([1, expect.stringContaining('history --repair')])
  const run = await project.muster('run')
  expect(run.code).toBe(2)
  expect(run.stderr).toContain('STORE_CORRUPT')
  expect(run.stderr).toContain('history --repair')
  const repair = await project.muster('history', '--repair')
  expect(repair.code).toBe(0)
  expect(repair.stdout).toContain('muster.repaired.db')
  const again = await project.muster('run', '--store', '.muster/muster.repaired.db')
  expect(again.code).toBe(0)
})

test('something that is no database, and one that cannot be written, are told apart', async () => {
  await using project = await CliProject.create({ 'a.test.js': passing('x'), 'notes.db': 'my notes, not yours' })
  const foreign = await project.muster('run', '--store', 'notes.db')
  expect([foreign.code, foreign.stderr]).toEqual([2, expect.stringContaining('notes.db')])
  expect(await project.read('notes.db')).toBe('my notes, not yours')
  const nowhere = await project.muster('run', '--store', 'package.json/muster.db')
  expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('STORE_')])
})
