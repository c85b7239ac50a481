// What happens while tests are being found: each file to its runner, and searches that never end.
import { spawn } from 'node:child_process'
import { mkdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { CliProject, failing, isAlive, main } from './cli-project.ts'

const vitestFolder = dirname(createRequire(import.meta.url).resolve('vitest/package.json'))

async function withVitest(files: Readonly<Record<string, string>>): Promise<CliProject> {
  const project = await CliProject.create({
    'package.json': JSON.stringify({ type: 'module', devDependencies: { vitest: '*' } }),
    ...files,
  })
  await mkdir(join(project.root, 'node_modules'))
  await symlink(vitestFolder, join(project.root, 'node_modules', 'vitest'))
  return project
}

test('a red file of node:test beside Vitest is run and red, without a script that names node --test', async () => {
  await using project = await withVitest({
    'vitest.config.mjs': `export default { test: { include: ['unit/**/*.test.ts'] } }`,
    'unit/a.test.ts': `import { test } from 'vitest'\ntest('a', () => {})`,
    'nodes/red.test.mjs': failing('red', 'it is red'),
  })
  const { code, stdout } = await project.muster('run')
  expect(stdout).toMatch(/passed +unit\/a\.test\.ts/)
  expect(stdout).toMatch(/failed +nodes\/red\.test\.mjs/)
  expect(code).toBe(1)
  const init = await project.muster('init')
  expect(init.stdout).toContain('node (nodes/red.test.mjs imports node:test)')
  expect((await project.muster('run')).code).toBe(1)
})

const hangs = `import { writeFileSync } from 'node:fs'
writeFileSync('searching', String(process.pid))
setInterval(() => {}, 1000)
await new Promise(() => {})`
const loops = `import { writeFileSync } from 'node:fs'
writeFileSync('searching', String(process.pid))
for (;;);`

async function found(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10))
}

test.each([
  ['SIGINT', hangs, 130],
  ['SIGTERM', hangs, 130],
  ['SIGKILL', hangs, null],
  ['SIGKILL', loops, null],
] as const)('%s during a search leaves no process behind', async (signal, config, expected) => {
  await using project = await withVitest({ 'vitest.config.mjs': config })
  const command = spawn(process.execPath, [main, 'plan'], { cwd: project.root, stdio: 'ignore' })
  const ended = new Promise<number | null>((resolve) => command.once('exit', resolve))
  await found(async () => (await project.lines('searching')).length > 0)
  const [pid = ''] = await project.lines('searching')
  command.kill(signal)
  expect(await ended).toBe(expected)
  await found(() => !isAlive(Number(pid)))
})

test('a search that takes long says so', async () => {
  await using project = await withVitest({ 'vitest.config.mjs': hangs })
  const command = spawn(process.execPath, [main, 'plan'], { cwd: project.root })
  let said = ''
  command.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  await found(() => said.includes('finding tests with vitest…'))
  command.kill('SIGTERM')
  await new Promise((resolve) => command.once('exit', resolve))
})

test('a configuration or a runner that waits for what never comes is misuse, by name', async () => {
  await using config = await CliProject.create({ 'muster.config.mjs': `await new Promise(() => {})` })
  const awaiting = await config.muster('plan')
  expect(awaiting.stderr).toMatch(/^Error CONFIG_UNREADABLE\n.*muster\.config\.mjs to load/)
  expect(awaiting.stderr).not.toContain('Warning')
  expect(awaiting.code).toBe(2)
  await using runner = await CliProject.create({
    'muster.config.mjs': `const discover = () => new Promise(() => {})
      export default { runners: [{ name: 'mine', discover, executor: { module: 'mine.mjs', options: {} } }] }`,
  })
  const searching = await runner.muster('plan')
  expect(searching.stderr).toMatch(/^Error RUNNER_FAILED\n.*runner mine to find its tests/)
  expect(searching.code).toBe(2)
})

test('several lines of one file are run as one task, an absolute path is read, a subfolder names its project', async () => {
  await using project = await withVitest({
    'src/loop.test.ts': `import { test } from 'vitest'\ntest('two', () => {})\ntest('three', () => {})\ntest('four', () => {})`,
    'docs/a.md': '',
  })
  for (const words of [
    ['src/loop.test.ts:2', 'src/loop.test.ts:4'],
    ['src/loop.test.ts:2,4'],
    [`${project.root}/src/loop.test.ts:2,4`],
  ]) {
    const { code, stdout } = await project.muster('run', ...words)
    expect(stdout).toMatch(/passed +src\/loop\.test\.ts:2,4 .*2 cases/)
    expect(code).toBe(0)
  }
  const below = await project.shell('cd docs && muster plan')
  expect(below.code).toBe(2)
  expect(below.stderr).toMatch(/lies in the project .*add `--root \.\.`/)
})
