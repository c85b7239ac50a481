// How `muster run` is shown where nobody sits in front of it, and where somebody wants less or more.
import { expect, test } from 'vitest'
import { CliProject, failing, flaky, passing } from './cli-project.ts'

const files = {
  'good.test.js': passing('adds', 'takes away'),
  'bad.test.js': `console.log('::error::from a test')\n${failing('breaks', Array.from({ length: 30 }, (_, n) => `why ${String(n)}`).join('\n'))}`,
}

test('--quiet: the failure, the summary, and nothing else', async () => {
  await using project = await CliProject.create(files)
  const { code, stdout, stderr } = await project.muster('run', '--quiet')
  expect(code).toBe(1)
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^✖ failed +bad\.test\.js/)
  expect(stdout).not.toContain('passed      good')
  expect(stdout).not.toContain('tasks found')
  expect(stdout).not.toContain('is kept in')
  expect(stdout).toContain('1 of 2 tasks did not pass: 1 failed.')
})

test('--quiet of a green run is its summary alone', async () => {
  await using project = await CliProject.create({ 'good.test.js': passing('adds') })
  const { code, stdout } = await project.muster('run', '-q')
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^\n1 task passed\./)])
})

test('--verbose: every case with its time', async () => {
  await using project = await CliProject.create(files)
  const { stdout } = await project.muster('run', '--verbose')
  expect(stdout).toMatch(/passed +good\.test\.js .*\n {4}✔ adds {2}\d+ ms\n {4}✔ takes away {2}\d+ ms\n/)
})

test.each([
  [['--quiet', '--verbose'], '--quiet and --verbose'],
  [['--quiet', '--json'], '--quiet and --json'],
  [['--quiet', '--reporter', 'board'], '--quiet and --reporter'],
])('%s contradict each other', async (words, got) => {
  await using project = await CliProject.create(files)
  const { code, stderr } = await project.muster('run', ...words)
  expect([code, stderr]).toEqual([2, expect.stringContaining(got)])
})

test.each([
  ['GITHUB_ACTIONS=true', '::group::bad.test.js: what it printed\n', '\n::endgroup::\n'],
  ['GITLAB_CI=true', 'muster_1[collapsed=true]\r\u001B[0Kbad.test.js: what it printed\n', ':muster_1\r\u001B[0K\n'],
  ['TF_BUILD=True', '##[group]bad.test.js: what it printed\n', '\n##[endgroup]\n'],
  ['TEAMCITY_VERSION=2025', "##teamcity[blockOpened name='bad.test.js: what it printed']\n", '##teamcity[blockClosed'],
  ['BUILDKITE=true', '--- bad.test.js: what it printed\n', '\n+++ Summary\n'],
])(
  'in a log of %s what a failed test printed is a group, its failure stands whole before it',
  async (env, open, close) => {
    await using project = await CliProject.create(files)
    const { code, stdout } = await project.shell(`CI=1 ${env} muster run`)
    expect(code).toBe(1)
    const [before = '', after = ''] = stdout.split(open)
    expect(before).toContain('why 29')
    expect(after).toContain(close)
    expect(stdout.trimEnd().split('\n').at(-1)).toContain('is kept in')
  },
)

test('no test gives orders to GitHub', async () => {
  await using project = await CliProject.create({ ...files, 'tried.test.js': flaky('now and then') })
  const { stdout } = await project.shell('GITHUB_ACTIONS=true muster run --retry 2')
  const orders = stdout.split('\n').filter((line) => line.trimStart().startsWith('::'))
  expect(orders.every((line) => line.startsWith('::group::') || line === '::endgroup::')).toBe(true)
  expect(stdout).toContain(': :error::from a test')
})
