// Failures by cause, as `muster run` ends with them and `muster failures` shows them.
import { expect, test } from 'vitest'
import { CliProject } from './cli-project.ts'

const refused = (name: string): string => `import test from 'node:test'
test('${name}', () => {
  throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })
})
`

test('one dependency that is down is one cause: new in the first run, known in the next', async () => {
  await using project = await CliProject.create({ 'a.test.js': refused('a'), 'b.test.js': refused('b') })
  const first = await project.muster('run')
  expect(first.stdout).toContain('2 failures, 1 cause: 1 new.')
  const second = await project.muster('run', '--report-json', 'report.json')
  expect(second.stdout).toContain('2 failures, 1 cause: 1 recurring.')
  const shown = await project.muster('failures', '--json')
  expect(JSON.parse(shown.stdout)).toMatchObject({
    failures: 2,
    groups: [
      { category: 'network', code: 'refused', failures: 2, tasks: ['a.test.js', 'b.test.js'], standing: 'recurring' },
    ],
  })
  const [run] = /\d{8}-\d{6}-\w+/.exec(first.stdout) ?? ['']
  expect((await project.muster('failures', run)).stdout).toContain('2 failures, 1 cause: 1 new.')
})
