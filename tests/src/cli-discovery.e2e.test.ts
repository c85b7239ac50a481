// What happens while tests are being found: each file to its runner, and searches that never end.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, realpath, stat, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { CliProject, failing, main } from './cli-project.ts'
import { isAlive } from './is-alive.ts'

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

// Only Linux tells the environment of a process.
const onLinux = test.skipIf(process.platform !== 'linux')

onLinux.each([
  ['SIGINT', 130],
  ['SIGKILL', null],
] as const)('%s while agents start and tests are looked for leaves no agent behind', async (signal, expected) => {
  await using project = await withVitest({ 'vitest.config.mjs': hangs })
  const command = spawn(process.execPath, [main, 'run'], { cwd: project.root, stdio: 'ignore' })
  const ended = new Promise<number | null>((resolve) => command.once('exit', resolve))
  await found(async () => (await agentsOf(project.root)).length > 0)
  command.kill(signal)
  expect(await ended).toBe(expected)
  await found(async () => (await agentsOf(project.root)).length === 0)
})

onLinux('agents that started for nothing are gone when the command ends', async () => {
  await using project = await CliProject.create()
  expect((await project.muster('run')).code).toBe(4)
  expect(await agentsOf(project.root)).toEqual([])
})

/** Ids of processes that carry the marker of a project. */
async function agentsOf(root: string): Promise<readonly string[]> {
  const marker = `\0MUSTER_ROOT=${await realpath(root)}\0`
  const isMarked = async (pid: string): Promise<boolean> => {
    const variables = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
    return `\0${variables}`.includes(marker)
  }
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const marked = await Promise.all(pids.map(isMarked))
  return pids.filter((_, at) => marked[at])
}

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
      export default { runners: [{ name: 'mine', discover, executor: { module: 'file:///mine.mjs', options: {} } }] }`,
  })
  const searching = await runner.muster('plan')
  expect(searching.stderr).toMatch(/^Error RUNNER_FAILED\n.*runner mine to find its tests/)
  expect(searching.code).toBe(2)
})

test('a runner that takes longer than it may is given up, by name', async () => {
  await using project = await CliProject.create({
    'muster.config.mjs': `const discover = () => { setInterval(() => {}, 1000); return new Promise(() => {}) }
      export default { discoveryTimeoutMs: 50, runners: [{ name: 'mine', discover, executor: { module: 'file:///mine.mjs', options: {} } }] }`,
  })
  const { code, stderr } = await project.muster('run')
  expect(stderr).toMatch(/^Error RUNNER_FAILED\n.*runner mine to find its tests\n.*no answer for 50 ms/)
  expect(stderr).toContain('raise `discoveryTimeoutMs`')
  expect(code).toBe(2)
})

test('a configuration of Vitest that hangs is given up, and nothing of it lives on', async () => {
  await using project = await withVitest({
    'vitest.config.mjs': hangs,
    'muster.config.mjs': `export default { discoveryTimeoutMs: 3000 }`,
  })
  const { code, stderr } = await project.muster('plan')
  expect(stderr).toMatch(/RUNNER_FAILED\n.*runner vitest to find its tests\n.*no answer for 3000 ms/)
  expect(code).toBe(2)
  const [pid = ''] = await project.lines('searching')
  await found(() => !isAlive(Number(pid)))
})

test('what Vitest answered is kept beside the database by a run, used by the next, and not with --no-cache', async () => {
  const counts = `import { appendFileSync } from 'node:fs'\nappendFileSync('asked', 'x\\n')\nexport default {}`
  const file = `import { test } from 'vitest'\ntest('a', () => {})`
  await using project = await withVitest({ 'vitest.config.mjs': `export default {}`, 'a.test.ts': file })
  expect((await project.muster('plan')).code).toBe(0)
  expect(existsSync(join(project.root, '.muster'))).toBe(false)
  const kept = join(project.root, '.muster', 'muster.discovery')
  expect((await project.muster('run', '--no-cache')).code).toBe(0)
  expect(existsSync(kept)).toBe(false)
  expect((await project.muster('run')).code).toBe(0)
  const [name = ''] = await readdir(kept)
  const written = await stat(join(kept, name))
  await project.write({ 'a.test.ts': `${file}\ntest('b', () => {})` })
  expect((await project.muster('run')).stdout).toContain('2 cases')
  expect((await stat(join(kept, name))).ino).toBe(written.ino)
  await project.write({ 'b.test.ts': file })
  expect((await project.muster('plan')).stdout).toContain('b.test.ts')
  expect((await stat(join(kept, name))).ino).not.toBe(written.ino)
  // A configuration that does more than say something is read each time.
  await project.write({ 'vitest.config.mjs': counts })
  await project.muster('plan')
  await project.muster('plan')
  expect(await project.lines('asked')).toHaveLength(2)
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
