// Configuration files as people write them, right and wrong.
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CliProject, passing } from './cli-project.ts'

const file = { 'a.test.js': passing('x') }

test('TypeScript with types, defineConfig and an own strategy', async () => {
  await using project = await CliProject.create({
    ...file,
    'muster.config.ts': `import { defineConfig, type MusterConfig } from '@muster/cli'
const retry: number = 2
const config: MusterConfig = { version: 1, name: 'shop', retry, strategy: { name: 'by-name', key: () => 0 },
  tasks: [{ id: 'build', argv: ['node', '-e', 'process.exit(0)'] }], dependencies: [{ files: '**', on: 'build' }] }
export default defineConfig(config)`,
  })
  const modules = join(import.meta.dirname, '..', '..', 'node_modules')
  await symlink(modules, join(project.root, 'node_modules'))
  const { code, stdout, stderr } = await project.muster('run')
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toContain('shop: 2 tasks')
  expect(stdout).toContain('by-name')
  expect(stdout.indexOf('passed      build')).toBeLessThan(stdout.indexOf('passed      a.test.js'))
})

test.each(['muster.config.mjs', 'muster.config.js', 'muster.config.mts'])('%s without an import', async (name) => {
  await using project = await CliProject.create({ ...file, [name]: `export default { retry: 2, slots: 1 }` })
  const { code, stdout, stderr } = await project.muster('run')
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toContain('1 slot')
})

test.each([
  ['muster.config.json', '{"retrys": 2}', ['retrys: expected one of', '(did you mean retry?)', 'muster.config.json']],
  ['muster.config.json', '{"retry": 2', ['CONFIG_UNREADABLE', 'muster.config.json']],
  [
    'muster.config.json',
    '{"tasks":[{"id":"x","argv":"npm test"}],"slots":0}',
    ['2 problems', 'tasks[0].argv: expected a list, got "npm test"', 'slots: expected a number of at least 1, got 0'],
  ],
  ['muster.config.mjs', 'export const config = {}', ['default export']],
  ['muster.config.mjs', 'export default {', ['CONFIG_UNREADABLE', 'SyntaxError']],
  ['muster.config.mjs', 'throw new Error("mine")', ['Error: mine', 'muster.config.mjs:1']],
  ['muster.config.ts', 'enum A { B }\nexport default {}', ['CONFIG_UNREADABLE', 'enum']],
  [
    'muster.config.mjs',
    'import { defineConfig } from "@muster/cli"\nexport default defineConfig({})',
    ['npm install --save-dev @muster/cli'],
  ],
  [
    'muster.config.json',
    '{"tasks":[{"id":"x","argv":["true"],"dependsOn":["y"]},{"id":"z","argv":["true"],"dependsOn":["z"]}]}',
    ['GRAPH_INVALID', '2 problems', 'y', 'z'],
  ],
  [
    'muster.config.json',
    '{"tasks":[{"id":"x","argv":["true"]}],"runners":["node",{"runner":"command","files":["*.sh"],"argv":["sh","{file}"]}]}',
    ['two named "command"'],
  ],
])('%s that reads %s is refused', async (name, text, words) => {
  await using project = await CliProject.create({ ...file, [name]: text })
  const { code, stderr } = await project.muster('run')
  expect(code).toBe(2)
  for (const word of words) expect(stderr).toContain(word)
})

test('two configurations are one too many', async () => {
  await using project = await CliProject.create({
    ...file,
    'muster.config.json': '{}',
    'muster.config.mjs': 'export default {}',
  })
  const { code, stderr } = await project.muster('plan')
  expect([code, stderr]).toEqual([2, expect.stringContaining('muster.config.mjs and muster.config.json')])
})

test('what init writes is read back, and never overwritten', async () => {
  await using project = await CliProject.create(file)
  const first = await project.muster('init')
  expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('Found node')])
  const written = await project.read('muster.config.ts')
  expect((await project.muster('run')).code).toBe(0)
  const second = await project.muster('init')
  expect([second.code, second.stderr]).toEqual([2, expect.stringContaining('never overwrites')])
  expect(await project.read('muster.config.ts')).toBe(written)
  expect(JSON.parse((await project.muster('init', '--schema')).stdout)).toMatchObject({ type: 'object' })
})

test('the plan is drawn as a table, as JSON, and in two languages of pictures', async () => {
  await using project = await CliProject.create({
    ...file,
    'muster.config.json': JSON.stringify({
      tasks: [{ id: 'build', argv: ['true'], expectedMs: 5000 }],
      dependencies: [{ files: '**', on: 'build' }],
    }),
  })
  const table = await project.muster('plan')
  expect(table.stdout).toMatch(/1 +build .*5\.0 s/)
  expect(table.stdout).toContain('Critical path')
  expect((await project.muster('plan', '--mermaid')).stdout).toMatch(/^flowchart/)
  expect((await project.muster('plan', '--dot')).stdout).toMatch(/^digraph/)
  const plan: unknown = JSON.parse((await project.muster('plan', '--json')).stdout)
  expect(plan).toMatchObject({
    version: 1,
    dependencies: 1,
    tasks: [{ id: 'build' }, { id: 'a.test.js', dependsOn: ['build'] }],
  })
})
