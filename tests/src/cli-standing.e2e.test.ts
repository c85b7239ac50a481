// What is said of a run while it goes on and after its owner died, of output that cannot be written, and of words that would
// delete or show something else than was meant.
import { expect, test } from 'vitest'
import { CliProject, failing, held, passing } from './cli-project.ts'

test('a run that goes on is called running, and one whose owner died interrupted', async () => {
  await using project = await CliProject.create({ 'a.test.js': held() })
  const running = project.follow('run')
  await running.until(({ kind }) => kind === 'attempt-started')
  const report = await project.muster('report')
  expect(report.stdout).toMatch(/^Run \S+ is going on, driven by .*; `muster inspect/)
  expect(report.stdout).not.toContain('interrupted')
  expect((await project.muster('history')).stdout).toMatch(/ running /)
  const resume = await project.muster('resume')
  expect(resume.stdout).toBe('')
  expect(resume.stderr).toMatch(/^Error RUN_OWNED\n(.*\n)*.*--take-over/)
  expect((await project.muster('explain', 'a.test.js')).stdout).toContain('(running, in run')
  running.child.kill('SIGKILL')
  await running.ended
  expect((await project.muster('history')).stdout).toMatch(/ interrupted /)
  expect((await project.muster('report')).stdout).toContain('muster resume')
  const explained = await project.muster('explain', 'a.test.js')
  expect(explained.stdout).toContain('(interrupted, in run')
  expect(explained.stdout).toMatch(
    /The owner of the run, .*, is gone, and the attempt was cut off with it; `muster resume/,
  )
})

test.runIf(process.platform === 'linux')('a run that Ctrl-Z stopped is called stopped, and is not taken', async () => {
  await using project = await CliProject.create({ 'a.test.js': held() })
  const running = project.follow('run')
  await running.until(({ kind }) => kind === 'attempt-started')
  running.child.kill('SIGSTOP')
  await expect.poll(async () => (await project.muster('history')).stdout, { timeout: 20_000 }).toMatch(/ stopped /)
  const inspected = await project.muster('inspect')
  expect(inspected.stdout).toMatch(/Stopped, by Ctrl-Z say: its owner \(.*\) lives/)
  expect(inspected.stdout).not.toContain('muster resume')
  const resume = await project.muster('resume')
  expect(resume.stderr).toMatch(/^Error RUN_OWNED\n(.*\n)*.*stopped(.*\n)*.*--take-over/)
  running.child.kill('SIGCONT')
  await expect.poll(async () => (await project.muster('history')).stdout, { timeout: 20_000 }).toMatch(/ running /)
  running.child.kill('SIGKILL')
  await running.ended
})

test('standard output that cannot be written is told and not green; a reader that went away is no error', async () => {
  await using project = await CliProject.create({ 'a.test.js': passing('adds') })
  for (const words of ['run --json', 'plan', 'report']) {
    const { code, stderr } = await project.shell(`muster ${words} > /dev/full`)
    expect(stderr).toMatch(/Error OUTPUT_UNWRITABLE\n.*standard output(.*\n)*.*ENOSPC/)
    expect(code).toBe(2)
  }
  const piped = await project.shell('muster plan --json | head -c 1; exit ${PIPESTATUS[0]}')
  expect(piped).toMatchObject({ code: 0, stderr: '' })
})

test('a plan has one form, and deleting every run is asked for twice', async () => {
  await using project = await CliProject.create({ 'a.test.js': failing('adds', 'no') })
  const plan = await project.muster('plan', '--json', '--mermaid')
  expect(plan).toMatchObject({ code: 2, stdout: '' })
  expect(plan.stderr).toContain('--json and --mermaid')
  await project.muster('run')
  const refused = await project.muster('history', '--keep', '0')
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain('--yes')
  expect((await project.muster('history', '--keep', '0', '--yes')).stdout).toContain('Deleted 1 run')
})

test('a mistyped task is answered with its whole id', async () => {
  await using project = await CliProject.create({ 'checkout.test.js': passing('adds') })
  const explained = await project.muster('explain', 'chekout')
  expect(explained.code).toBe(2)
  expect(explained.stderr).toContain('Did you mean checkout.test.js?')
})

test('a task that the newest run did not select is explained from an older run', async () => {
  await using project = await CliProject.create({ 'a.test.js': failing('adds', 'no'), 'b.test.js': passing('adds') })
  await project.muster('run')
  await project.muster('run', 'b.test.js')
  const { stdout } = await project.muster('explain', 'a.test.js')
  expect(stdout).toContain('does not have it; this one is the newest that does.')
  expect(stdout).toContain('Attempt 1 was judged:')
})
