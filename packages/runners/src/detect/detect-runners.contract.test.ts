// Detection on real folders: nothing in them is run.
import { mkdirSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { TrialProject } from '../testing/shell/trial-project.ts'
import { detectRunners } from './index.ts'

const nodeFile = `import { test } from 'node:test'\ntest('a', () => {})`

async function found(files: Readonly<Record<string, string>>): Promise<readonly (readonly [string, string])[]> {
  using project = new TrialProject(files)
  return (await detectRunners(project.root)).map(({ runner, because }) => [runner.name, because])
}

async function discovered(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  using project = new TrialProject(files)
  const [candidate] = await detectRunners(project.root)
  const request = { root: project.root, select: [], signal: new AbortController().signal }
  return (await candidate?.runner.discover(request))?.tasks.map(({ id }) => id) ?? []
}

test('nothing is recognised in an empty folder, nor in a broken manifest', async () => {
  expect(await found({})).toEqual([])
  expect(await found({ 'package.json': '{ broken' })).toEqual([])
})

test('Vitest is recognised by its dependency', async () => {
  expect(await found({ 'package.json': '{ "devDependencies": { "vitest": "^5" } }' })).toEqual([
    ['vitest', 'package.json depends on vitest'],
  ])
})

test('node:test is recognised by what a file imports, and only such files are run', async () => {
  const files = { 'src/[id].test.mjs': nodeFile, 'src/other.test.mjs': `import { test } from 'ava'` }
  expect(await found(files)).toEqual([['node', 'src/[id].test.mjs imports node:test']])
  expect(await discovered(files)).toEqual(['src/[id].test.mjs'])
})

test('with both, node:test gets the files that import it', async () => {
  const files = {
    'package.json': '{ "scripts": { "test": "node --test" }, "devDependencies": { "vitest": "^5" } }',
    'a.test.js': nodeFile,
    'b.test.js': `import { test } from 'vitest'`,
  }
  expect((await found(files)).map(([name]) => name)).toEqual(['vitest', 'node'])
})

test('a file that is called like a test and nobody runs is told, where it was asked for', async () => {
  using project = new TrialProject({
    'a.test.mjs': nodeFile,
    'b.test.mjs': `import './own-harness.mjs'`,
    'test/helper.mjs': 'export {}',
  })
  const [candidate] = await detectRunners(project.root)
  const warningsOf = async (...select: string[]) =>
    (await candidate?.runner.discover({ root: project.root, select, signal: new AbortController().signal }))?.warnings
  expect(await warningsOf()).toEqual([expect.stringContaining('does not import node:test: b.test.mjs.')])
  expect(await warningsOf('a.test.mjs')).toEqual([])
})

test('with both, only what neither runs is told, and each is told of lines in its own files', async () => {
  using project = new TrialProject({
    'package.json': '{ "scripts": { "test": "node --test" }, "devDependencies": { "vitest": "^5" } }',
    'a.test.js': nodeFile,
    'b.test.js': `import { test } from 'vitest'`,
    'c-test.js': `import './own-harness.mjs'`,
  })
  const node = (await detectRunners(project.root)).find(({ runner }) => runner.name === 'node')
  const warningsOf = async (...select: string[]) =>
    (await node?.runner.discover({ root: project.root, select, signal: new AbortController().signal }))?.warnings
  expect(await warningsOf()).toEqual([expect.stringContaining('c-test.js.')])
  expect(await warningsOf('b.test.js:3')).toEqual([])
  expect(await warningsOf('a.test.js:3', 'b.test.js:3')).toEqual([expect.stringContaining('line in a.test.js:3')])
})

const vitestFolder = dirname(createRequire(import.meta.url).resolve('vitest/package.json'))

async function withVitest(files: Readonly<Record<string, string>>): Promise<{
  readonly tasks: Readonly<Record<string, readonly string[]>>
  readonly warnings: readonly string[]
}> {
  using project = new TrialProject({
    'package.json': '{ "type": "module", "devDependencies": { "vitest": "^5" } }',
    ...files,
  })
  mkdirSync(join(project.root, 'node_modules'))
  symlinkSync(vitestFolder, join(project.root, 'node_modules/vitest'))
  const request = { root: project.root, select: [], signal: new AbortController().signal }
  const found = await Promise.all(
    (await detectRunners(project.root)).map(
      async ({ runner }) => [runner.name, await runner.discover(request)] as const,
    ),
  )
  return {
    tasks: Object.fromEntries(found.map(([name, { tasks }]) => [name, tasks.map(({ id }) => id)])),
    warnings: found.flatMap(([, { warnings = [] }]) => warnings),
  }
}

test('beside Vitest, a file of node:test is run by node without a script that says so, and only by node', async () => {
  const files = {
    'unit/a.test.ts': `import { test } from 'vitest'`,
    'nodes/red.test.mjs': nodeFile,
    'nodes/b.spec.ts': nodeFile,
  }
  const tasks = { vitest: ['unit/a.test.ts'], node: ['nodes/b.spec.ts', 'nodes/red.test.mjs'] }
  expect(await withVitest(files)).toEqual({ tasks, warnings: [] })
  const config = `export default { test: { include: ['unit/**/*.test.ts'] } }`
  expect(await withVitest({ ...files, 'vitest.config.mjs': config })).toEqual({ tasks, warnings: [] })
})

test('a file that Vitest does not include and that is not of node:test is told by name', async () => {
  const { tasks, warnings } = await withVitest({
    'vitest.config.mjs': `export default { test: { include: ['unit/**/*.test.ts'] } }`,
    'unit/a.test.ts': `import { test } from 'vitest'`,
    'other/b.test.ts': `import { test } from 'vitest'`,
  })
  expect(tasks).toEqual({ vitest: ['unit/a.test.ts'] })
  expect(warnings).toEqual([
    expect.stringContaining('Vitest does not include it and it does not import node:test: other/b.test.ts.'),
  ])
})

test('a file of node:test that Vitest is told to leave out is left out, unless a script runs `node --test`', async () => {
  const files = {
    'vitest.config.mjs': `export default { test: { include: ['unit/**/*.test.ts'], exclude: ['**/node_modules/**', 'fixtures/**'] } }`,
    'unit/a.test.ts': `import { test } from 'vitest'`,
    'fixtures/red.test.mjs': nodeFile,
    'nodes/b.test.mjs': nodeFile,
  }
  const warnings = [
    'node: a file called like a test is left out, since Vitest is told to by its `exclude`: fixtures/red.test.mjs. ' +
      'To run them, name them in `files` of the node runner in muster.config.ts.',
  ]
  expect(await withVitest(files)).toEqual({
    tasks: { vitest: ['unit/a.test.ts'], node: ['nodes/b.test.mjs'] },
    warnings,
  })
  const manifest = `{ "type": "module", "scripts": { "test": "node --test" }, "devDependencies": { "vitest": "^5" } }`
  expect(await withVitest({ ...files, 'package.json': manifest })).toEqual({
    tasks: { vitest: ['unit/a.test.ts'], node: ['fixtures/red.test.mjs', 'nodes/b.test.mjs'] },
    warnings: [],
  })
})
