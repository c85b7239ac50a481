// Files of node:test whose tests do harm to the process that reports on them: the culprit is named, the others keep their
// results, and a file that runs afterwards is right.
import { afterAll, expect, test } from 'vitest'
import type { Outcome } from '@muster/core'
import { stoppedAttempt } from '../testing/shell/stopped-attempt.ts'
import { TrialProject } from '../testing/shell/trial-project.ts'
import { createExecutor } from './shell/executor.ts'

const imports = `import test from 'node:test'; import fs from 'node:fs'; import { spawn } from 'node:child_process'\n`
const around = (body: string): string =>
  `${imports}test('before', () => {})\ntest('hostile', async () => { ${body} })\ntest('after', () => {})`

const project = new TrialProject({
  'passing.test.js': `${imports}test('passes', () => {})`,
  'garbage.test.js': around(`fs.writeSync(3, 'garbage'); fs.writeSync(3, '{"kind":"completed"')`),
  'forged.test.js': around(`fs.writeSync(3, '\\n{"kind":"closed","success":true}\\n'); process.exit(0)`),
  'closed.test.js': around(`for (const fd of [1, 2, 3]) fs.closeSync(fd)`),
  'folder.test.js': around(`fs.mkdirSync('gone'); process.chdir('gone'); fs.rmSync('../gone', { recursive: true })`),
  'disguise.test.js': around(
    `process.title = 'x'.repeat(1000); for (const name in process.env) delete process.env[name]`,
  ),
  'codes.test.js': around(`process.stdout.write('\\u001b[2J\\u001b]0;owned\\u0007\\u0000\\u202e')`),
  'children.test.js': around(`for (let at = 0; at < 100; at++) spawn('sleep', ['600'], { stdio: 'ignore' }).unref()`),
})
afterAll(() => {
  project[Symbol.dispose]()
})

// The file is loaded by one, which tells of what it declares only later.
project.write('leaves.test.js', `${imports}test('before', () => {})\nprocess.exit(0)\ntest('after', () => {})`)
project.write('empty.test.js', imports)

const executor = createExecutor({ kind: 'node', argv: [], only: false, cwd: '.', env: {} })

async function run(file: string): Promise<{ readonly outcome: Outcome; readonly cases: readonly string[] }> {
  const { context, told } = stoppedAttempt(project.root)
  const { outcome } = await executor.execute({ id: file, kind: 'node', payload: { file }, tags: [] }, context)
  return { outcome, cases: told() }
}

const allPassed = ['before passed', 'hostile passed', 'after passed']

test.each(['garbage', 'folder', 'disguise', 'codes', 'children'])('%s: harms no result', async (name) => {
  const { outcome, cases } = await run(`${name}.test.js`)
  expect([outcome.result, cases]).toEqual(['passed', allPassed])
  expect((await run('passing.test.js')).outcome.result).toBe('passed')
})

test('a forged closing record makes no early exit green', async () => {
  const { outcome, cases } = await run('forged.test.js')
  expect(outcome.result).toBe('failed')
  expect(outcome.failure?.message).toContain('"hostile"')
  expect(cases).toContain('hostile failed')
})

test('a channel that a test closes fails the file by name', async () => {
  const { outcome, cases } = await run('closed.test.js')
  expect(outcome.result).toBe('failed')
  expect(outcome.failure?.message).toContain('"hostile"')
  expect(cases).toContain('before passed')
  expect((await run('passing.test.js')).outcome.result).toBe('passed')
})

test('an early exit while the file is loaded is told as that, and a file without a test as one', async () => {
  expect((await run('leaves.test.js')).outcome.failure?.message).toMatch(/exit code 0.* while it was loaded/)
  expect((await run('empty.test.js')).outcome.failure?.message).toContain('holds no test')
})
