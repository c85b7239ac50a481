// What retries taught one run, the next one uses, and `muster history recovery` shows.
import { expect, test } from 'vitest'
import { CliProject } from './cli-project.ts'

const refusedOnce = `import test from 'node:test'
import { existsSync, writeFileSync } from 'node:fs'
test('asks', () => {
  if (existsSync('up')) return
  writeFileSync('up', '')
  throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })
})
`

test('which retry helped is recorded, shown, and used by the next run', async () => {
  await using project = await CliProject.create({ 'a.test.js': refusedOnce })
  const empty = await project.muster('history', 'recovery')
  expect(empty.stdout).toContain('No retry of a run has been recorded yet')
  expect((await project.muster('run', '--retry', '2')).code).toBe(0)
  const shown = await project.muster('history', 'recovery', '--json')
  expect(JSON.parse(shown.stdout)).toMatchObject({
    recoveries: [{ category: 'network', strategy: 'delay', uses: 1, helped: 1, runner: 'node' }],
  })
  expect((await project.muster('history', 'recovery')).stdout).toMatch(/network +node +delay .* 1 +100 %/)
  // It matters only once something fails, so nobody hears of it who does not ask.
  expect((await project.muster('run', '--retry', '2')).stdout).not.toContain('are met with')
  const next = await project.muster('run', '--retry', '2', '--verbose')
  expect(next.stdout).toContain('network failures of node are met with')
  const wrong = await project.muster('history', 'recoveries')
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('`recovery`')])
})

const crashesTwice = `import test from 'node:test'
import { existsSync, writeFileSync } from 'node:fs'
test('asks', () => {
  for (const name of ['first', 'second']) {
    if (existsSync(name)) continue
    writeFileSync(name, '')
    process.kill(process.pid, 'SIGSEGV')
  }
})
`

test('what fails again climbs, a policy that throws is gone without, and both are told', async () => {
  await using project = await CliProject.create({
    'a.test.js': crashesTwice,
    'muster.config.mjs': `export default {
      retry: 3,
      strategy: { name: 'mine', key: () => { throw new TypeError('no such field') } },
    }`,
  })
  const run = await project.muster('run')
  expect(run.code).toBe(0)
  expect(run.stdout).toContain('level 2: restart, because it disturbs least and nothing is known yet')
  expect(run.stdout).toContain('expected policy mine to answer key for a.test.js, got TypeError: no such field')
  const shown = await project.muster('history', 'recovery', '--json')
  expect(JSON.parse(shown.stdout)).toMatchObject({
    recoveries: expect.arrayContaining([
      expect.objectContaining({ category: 'process-crash', strategy: 'restart', uses: 1, helped: 1 }),
    ]) as unknown,
  })
})
