// Files of Vitest whose tests do harm to the worker that runs them: each comes to an end, nothing that was declared is lost,
// and a file that runs afterwards is right.
import { mkdirSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Outcome } from '@muster/core'
import { sourceHooks, TrialAgent } from '../testing/shell/agent-process.ts'
import { stoppedAttempt } from '../testing/shell/stopped-attempt.ts'
import { TrialProject } from '../testing/shell/trial-project.ts'
import { vitest } from './index.ts'

const imports = `import { test } from 'vitest'; import fs from 'node:fs'; import { spawn } from 'node:child_process'\n`
const around = (body: string): string =>
  `${imports}test('before', () => {})\ntest('hostile', async () => { ${body} })\ntest('after', () => {})`

const project = new TrialProject({
  'package.json': '{ "name": "trial", "type": "module" }',
  'passing.test.ts': `${imports}test('passes', () => {})`,
  'folder.test.ts': around(`fs.mkdirSync('gone'); process.chdir('gone'); fs.rmSync('../gone', { recursive: true })`),
  'disguise.test.ts': around(
    `process.title = 'x'.repeat(1000); for (const name in process.env) delete process.env[name]`,
  ),
  'codes.test.ts': around(`process.stdout.write('\\u001b[2J\\u001b]0;owned\\u0007\\u0000\\u202e')`),
  'closed.test.ts': around(`for (const fd of [1, 2]) fs.closeSync(fd)`),
  'children.test.ts': around(`for (let at = 0; at < 100; at++) spawn('sleep', ['600'], { stdio: 'ignore' }).unref()`),
})
mkdirSync(join(project.root, 'node_modules'))
const vitestFolder = dirname(createRequire(import.meta.url).resolve('vitest/package.json'))
symlinkSync(vitestFolder, join(project.root, 'node_modules/vitest'), 'dir')
const runner = vitest()
const agent = new TrialAgent(runner)
// The process that asks Vitest for its files is a plain one, and takes over our environment.
beforeAll(() => {
  process.env['NODE_OPTIONS'] = `--disable-warning=ExperimentalWarning --import ${sourceHooks}`
})
afterAll(async () => {
  await agent.close()
  project[Symbol.dispose]()
})

async function run(file: string): Promise<{ readonly outcome: Outcome; readonly cases: readonly string[] }> {
  const { tasks } = await runner.discover({ root: project.root, select: [file], signal: new AbortController().signal })
  const [task] = tasks
  if (task === undefined) throw new Error(`no task for ${file}`)
  const { context, told } = stoppedAttempt(project.root)
  const { outcome } = await agent.carryOut({ ...task, payload: task.payload, tags: [] }, context)
  return { outcome, cases: told() }
}

test.each(['folder', 'disguise', 'codes', 'children'])('%s: harms no result', async (name) => {
  const { outcome, cases } = await run(`${name}.test.ts`)
  expect([outcome.result, cases]).toEqual(['passed', ['before passed', 'hostile passed', 'after passed']])
  expect((await run('passing.test.ts')).outcome.result).toBe('passed')
})

test('output that a test closes fails the file by name, and its cases keep their results', async () => {
  const { outcome, cases } = await run('closed.test.ts')
  expect(outcome.result).toBe('failed')
  expect(outcome.failure?.message).toMatch(/EBADF|EPIPE/)
  expect(cases).toEqual(expect.arrayContaining(['before passed', 'hostile passed', 'after passed']))
  expect((await run('passing.test.ts')).outcome.result).toBe('passed')
})
