// A file of node:test whose tests end the process that runs it, the agent, and not only their own: the culprit is named, every
// other case has its result, and nothing that was declared is missing.
import { afterAll, expect, test } from 'vitest'
import { servedFile, type ServedFile, type ServedLimits } from '../testing/shell/served-file.ts'
import { TrialProject } from '../testing/shell/trial-project.ts'
import { nodeTest } from './index.ts'

const around = (body: string): string =>
  `import test from 'node:test'\ntest('before', () => {})\ntest('hostile', async () => { ${body} })\ntest('after', () => {})`

const project = new TrialProject({
  'kills.test.js': around(`process.kill(process.ppid, 'SIGKILL')`),
  'twice.test.js': `${around(`process.kill(process.ppid, 'SIGKILL')`)}\ntest('again', () => { process.kill(process.ppid, 'SIGTERM') })\ntest('last', () => {})`,
  'dies.test.js': `${around(`process.exit(3)`)}\ntest('kills', () => { process.kill(process.ppid, 'SIGKILL') })\ntest('last', () => {})`,
  'stops.test.js': around(`process.kill(process.ppid, 'SIGSTOP'); for (;;);`),
  'eats.test.js': around(
    `const kept = []; for (;;) { kept.push(Buffer.alloc(8 << 20, 1)); await new Promise((resolve) => setTimeout(resolve, 1)) }`,
  ),
  'loading.test.js': `import test from 'node:test'\nprocess.kill(process.ppid, 'SIGKILL'); for (;;);`,
})
afterAll(() => {
  project[Symbol.dispose]()
})

function run(name: string, how?: ServedLimits): Promise<ServedFile> {
  const file = `${name}.test.js`
  const task = { id: file, kind: 'node', payload: { file }, file }
  return servedFile({ root: project.root, executor: nodeTest().executor, task }, how)
}

test('one that kills the agent is named, and the rest is run', async () => {
  const { outcome, cases, failures } = await run('kills')
  expect(cases).toEqual(['before passed', 'hostile failed', 'after passed'])
  expect(outcome).toMatchObject({ result: 'failed', cases: { passed: 2, failed: 1 } })
  expect(failures['hostile']).toMatch(/SIGKILL.* while it ran "hostile"/)
})

test('each of two that do so is named', async () => {
  const { cases } = await run('twice')
  expect(cases.toSorted()).toEqual(['after passed', 'again failed', 'before passed', 'hostile failed', 'last passed'])
})

test('what a process lost before is still known', async () => {
  const { cases, failures } = await run('dies')
  expect(cases.toSorted()).toEqual(['after passed', 'before passed', 'hostile failed', 'kills failed', 'last passed'])
  expect(failures['hostile']).toContain('exit code 3')
  expect(failures['kills']).toContain('SIGKILL')
})

test('one that stops the agent and loops is named at the time limit', async () => {
  const { outcome, cases } = await run('stops', { timeoutMs: 4000 })
  expect(cases).toEqual(['before passed', 'hostile timed-out', 'after passed'])
  expect(outcome.result).toBe('timed-out')
})

test.runIf(process.platform === 'linux')('one that passes the limit of memory is named with it', async () => {
  const { outcome, cases, failures } = await run('eats', { limits: { memoryBytes: 400 * 1024 * 1024 } })
  expect(cases).toEqual(['before passed', 'hostile failed', 'after passed'])
  expect(outcome.failure?.category).toBe('resource')
  expect(failures['hostile']).toContain('while it ran "hostile"')
})

test('a file that kills the agent while it is loaded fails as a file', async () => {
  const { outcome, cases } = await run('loading')
  expect([outcome.result, cases]).toEqual(['failed', []])
  expect(outcome.failure?.message).toContain('SIGKILL')
})
