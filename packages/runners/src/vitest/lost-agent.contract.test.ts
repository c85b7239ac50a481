// A file of Vitest whose tests end the process that runs it, the agent, or cut themselves off from it: the culprit is named,
// every other case has its result, and nothing that was declared is missing.
import { mkdirSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { servedFile, type ServedFile, type ServedLimits } from '../testing/shell/served-file.ts'
import { TrialProject } from '../testing/shell/trial-project.ts'
import { vitest } from './index.ts'

const around = (body: string, limitMs = 60_000): string =>
  `import { describe, expect, test } from 'vitest'\ntest('before', () => {})\ntest('hostile', async () => { ${body} }, ${limitMs})\ntest('after', () => {})`

const project = new TrialProject({
  'package.json': '{ "name": "trial", "type": "module" }',
  'kills.test.ts': around(`process.kill(process.ppid, 'SIGKILL')`),
  'twice.test.ts': `${around(`process.kill(process.ppid, 'SIGKILL')`)}
describe('again', () => {
  test('fails', () => { expect(1).toBe(2) })
  test('kills', () => { process.kill(process.ppid, 'SIGKILL') })
  test.skip('left out', () => {})
  test('last', () => {})
})`,
  'stops.test.ts': around(`process.kill(process.ppid, 'SIGSTOP'); for (;;);`, 300),
  'eats.test.ts': around(
    `const kept: unknown[] = []; for (;;) { kept.push(Buffer.alloc(32 << 20, 1)); await new Promise((resolve) => setTimeout(resolve, 1)) }`,
  ),
  'leaves.test.ts': around(`process.disconnect()`),
  'blocks.test.ts': `import { test } from 'vitest'\ntest('blocks', () => { for (;;); }, 100)\ntest('after', () => {})`,
})
mkdirSync(join(project.root, 'node_modules'))
const vitestFolder = dirname(createRequire(import.meta.url).resolve('vitest/package.json'))
symlinkSync(vitestFolder, join(project.root, 'node_modules/vitest'), 'dir')
afterAll(() => {
  project[Symbol.dispose]()
})

function run(name: string, how?: ServedLimits): Promise<ServedFile> {
  const file = `${name}.test.ts`
  const task = { id: file, kind: 'vitest', payload: { file, project: '', pool: 'forks' }, file }
  return servedFile({ root: project.root, executor: vitest().executor, task }, how)
}

test('one that kills the agent is named, and the rest is run', async () => {
  const { outcome, cases, failures } = await run('kills')
  expect(cases.toSorted()).toEqual(['after passed', 'before passed', 'hostile failed'])
  expect(outcome).toMatchObject({ result: 'failed', cases: { passed: 2, failed: 1 } })
  expect(failures['hostile']).toMatch(/SIGKILL.* while it ran "hostile"/)
})

test('each of two that do so is named, and what failed between them keeps its error', async () => {
  const { cases, failures } = await run('twice')
  expect(cases.toSorted()).toEqual([
    'after passed',
    'again > fails failed',
    'again > kills failed',
    'again > last passed',
    'again > left out skipped',
    'before passed',
    'hostile failed',
  ])
  expect(failures['again > fails']).toContain('expected 1 to be 2')
})

test("one that stops the agent and loops is named, at Vitest's own limit", async () => {
  const { outcome, cases } = await run('stops')
  expect(cases.toSorted()).toEqual(['after passed', 'before passed', 'hostile timed-out'])
  expect(outcome.result).toBe('timed-out')
})

test.runIf(process.platform === 'linux')('one that passes the limit of memory is named with it', async () => {
  const { outcome, cases, failures } = await run('eats', { limits: { memoryBytes: 900 * 1024 * 1024 } })
  expect(cases.toSorted()).toEqual(['after passed', 'before passed', 'hostile failed'])
  expect(outcome.failure?.category).toBe('resource')
  expect(failures['hostile']).toContain('while it ran "hostile"')
})

test('one that cuts itself off is named by what it called', async () => {
  const { cases, failures } = await run('leaves')
  expect(cases.toSorted()).toEqual(['after passed', 'before passed', 'hostile failed'])
  expect(failures['hostile']).toContain('process.disconnect()')
})

test("one that blocks its process for longer than Vitest's own limit is timed out, and so is its file", async () => {
  const { outcome, cases } = await run('blocks')
  expect(cases.toSorted()).toEqual(['after passed', 'blocks timed-out'])
  expect(outcome.result).toBe('timed-out')
})
