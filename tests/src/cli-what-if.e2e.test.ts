// A past run tried anew from the command line: nothing is run, and the answer says what it rests on.
import { expect, test } from 'vitest'
import { CliProject, passing } from './cli-project.ts'

test('a past run is tried under another strategy and with more slots', async () => {
  await using project = await CliProject.create({ 'a.test.js': passing('one'), 'b.test.js': passing('two') })
  expect((await project.muster('run', '--slots', '1')).code).toBe(0)
  const same = await project.muster('what-if', '--strategy', 'fifo')
  expect(same.code).toBe(0)
  expect(same.stdout).toContain('decided anew with fifo')
  expect(same.stdout).toContain('Every outcome and time is recorded.')
  const { code, stdout } = await project.muster('what-if', '--strategy', 'longest-first', '--slots', '2', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    policy: 'longest-first',
    imputed: { attempts: 0, share: 0 },
    now: { attempts: 2, totals: { passed: 2 }, workers: [{ slots: 2, attempts: 2 }] },
  })
  const wrong = await project.muster('what-if', '--slots', '0')
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--slots')])
})

test('the runs that are kept are tried under each strategy', async () => {
  await using project = await CliProject.create({ 'a.test.js': passing('one'), 'b.test.js': passing('two') })
  const none = await project.muster('simulate')
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('Start one with `muster run`')])
  for (let run = 0; run < 2; run++) expect((await project.muster('run', '--slots', '1')).code).toBe(0)
  const { code, stdout } = await project.muster('simulate', '--strategy', 'fifo,longest-first')
  expect(code).toBe(0)
  expect(stdout).toContain('2 runs of the last 30 days, decided anew on the workers that they had:')
  const told = await project.muster('simulate', '--strategy', 'fifo', '--slots', '2', '--json')
  expect(JSON.parse(told.stdout)).toMatchObject({ version: 1, totals: [{ strategy: 'fifo' }], runs: [{}, {}] })
  const wrong = await project.muster('simulate', '--strategy', 'fifo,magic')
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--strategy')])
})
