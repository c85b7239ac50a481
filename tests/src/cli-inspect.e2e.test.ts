// `muster inspect` beside a run of another process: it disturbs nobody, and says when nobody drives the run any more.
import { expect, test } from 'vitest'
import { CliProject } from './cli-project.ts'

const config = {
  tasks: [
    { id: 'bad', argv: ['sh', '-c', 'exit 1'] },
    { id: 'held', argv: ['sh', '-c', 'while [ ! -e go ]; do sleep 0.05; done'] },
    { id: 'after', argv: ['true'], dependsOn: ['held'] },
  ],
  slots: 2,
}

test('a live run is looked into, abandoned by a kill, and resumed as inspect says', async () => {
  await using project = await CliProject.create({ 'muster.config.json': JSON.stringify(config) })
  const running = project.follow('run')
  await running.until(({ kind, task }) => kind === 'attempt-started' && task === 'held')
  await running.until(({ kind, task }) => kind === 'task-judged' && task === 'bad')

  const live = await project.muster('inspect', '--json')
  expect(live).toMatchObject({ code: 0, stderr: '' })
  const view: unknown = JSON.parse(live.stdout)
  expect(view).toMatchObject({
    version: 1,
    situation: 'live',
    phase: 'running',
    workers: [{ slots: 2, running: [{ task: 'held', n: 1, isStarted: true }] }],
    waiting: [{ because: 'It waits for held to end.', tasks: ['after'] }],
    failures: [{ task: 'bad', verdict: 'failed' }],
  })

  running.child.kill('SIGKILL')
  await running.ended
  const abandoned = await project.muster('inspect')
  expect(abandoned.stdout).toMatch(/Not running: its owner \(.*\) is not alive\./)
  const [, advised = ''] = /muster resume (\S+) goes on with it/.exec(abandoned.stdout) ?? []
  // It watches what goes on; where nothing does, one look is all there is.
  expect((await project.muster('inspect', '--watch')).code).toBe(0)

  await project.write({ go: '' })
  expect((await project.muster('resume', advised)).code).toBe(1)
  const over = await project.muster('inspect', advised)
  expect(over.stdout).toContain('Finished')
  expect(over.stdout).toContain('3 of 3 tasks done')
})

test('where there is nothing to look into, it says so', async () => {
  await using project = await CliProject.create()
  const { code, stderr } = await project.muster('inspect')
  expect(code).toBe(2)
  expect(stderr).toContain('RUN_UNKNOWN')
})
