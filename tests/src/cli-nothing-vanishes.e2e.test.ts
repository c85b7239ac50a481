// What most runners lose or call green: a process that ends too early in every way there is, results that were promised and
// did not come, a task that takes its workers down. Each is a failure by name, and the rest is reported as if it were alone.
import type { Outcome, RunReport } from '@muster/core'
import { parseRunReport } from '@muster/reports/schemas'
import { expect, test } from 'vitest'
import { CliProject, passing } from './cli-project.ts'

const imports = `import test from 'node:test'\n`
const tap = (text: string): readonly string[] => ['sh', '-c', `printf '${text}'`]
/** The parent of the process that started this one: the supervisor of its slot. */
const killWorker = 'kill -9 $(cut -d" " -f4 /proc/$PPID/stat); sleep 60'

const tasks = [
  { id: 'fewer', argv: tap('TAP version 13\\n1..3\\nok 1 - a\\nok 2 - b\\n'), results: { printed: 'tap' } },
  { id: 'whole', argv: tap('TAP version 13\\n1..2\\nok 1 - a\\nok 2 - b\\n'), results: { printed: 'tap' } },
  { id: 'without', argv: ['true'], results: 'out/never.xml' },
  { id: 'no code', argv: ['sh', '-c', 'kill -9 $$'] },
  { id: 'poison', argv: ['sh', '-c', killWorker] },
]

test.runIf(process.platform === 'linux')(
  'of nine tasks that end in every way, nine are told as they were',
  async () => {
    await using project = await CliProject.create({
      'good.test.js': passing('one', 'two'),
      'zero.test.js': `${imports}test('before', () => {})\ntest('leaves', () => process.exit(0))\ntest('after', () => {})`,
      'killed.test.js': `${imports}test('before', () => {})\ntest('dies', () => { process.kill(process.pid, 'SIGKILL') })`,
      'loop.test.js': `${imports}test('before', () => {})\ntest('turns', () => { for (;;); })`,
      'muster.config.json': JSON.stringify({
        runners: ['node'],
        tasks,
        rules: [{ files: 'loop.test.js', timeoutMs: 3000 }],
      }),
    })
    const { code, stderr } = await project.muster('run', '--report-json', 'report.json', '--slots', '2')
    expect([code, stderr]).toEqual([1, ''])
    const report = parseRunReport(await project.read('report.json'))
    expect(Object.fromEntries(report.tasks.map(({ id, verdict }) => [id, verdict?.kind]))).toEqual({
      'good.test.js': 'passed',
      whole: 'passed',
      'zero.test.js': 'failed',
      'killed.test.js': 'failed',
      'loop.test.js': 'timed-out',
      fewer: 'failed',
      without: 'failed',
      'no code': 'failed',
      poison: 'poisoned',
    })
    const messages = Object.fromEntries(
      ['fewer', 'without', 'no code', 'zero.test.js', 'killed.test.js'].map((id) => [
        id,
        lastOf(report, id).failure?.message,
      ]),
    )
    expect(messages).toEqual({
      fewer: expect.stringContaining('the document planned 3 tests and reported 2') as unknown,
      without: 'true ended with exit code 0, but its results file out/never.xml is missing',
      'no code': 'sh ended with signal SIGKILL (killed)',
      'zero.test.js': 'zero.test.js ended with exit code 0 before it had reported a result while it ran "leaves"',
      'killed.test.js':
        'killed.test.js ended with signal SIGKILL (killed) before it had reported a result while it ran "dies"',
    })
    expect(report.tasks.find(({ id }) => id === 'poison')?.attempts).toHaveLength(3)
    // What was done before the end is kept with each, and the tests after a culprit where its runner can go on with them.
    const passed = ['zero.test.js', 'killed.test.js', 'loop.test.js', 'fewer'].map(
      (id) => lastOf(report, id).cases?.passed,
    )
    expect(passed).toEqual([2, 1, 1, 2])
  },
)

function lastOf({ tasks: told }: RunReport, id: string): Partial<Outcome> {
  const ending = told.find((task) => task.id === id)?.attempts.at(-1)?.ending
  return ending?.kind === 'ended' ? ending.outcome : {}
}
