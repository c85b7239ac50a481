// Files that tests leave behind, from the command line: kept beside the database, listed in the report, gone with their run.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CliProject } from './cli-project.ts'

const nodeTest = `
import { test } from 'node:test'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
test('leaves a trace', () => {
  writeFileSync(join(process.env.MUSTER_ARTIFACTS, 'trace.txt'), 'from node:test')
  throw new Error('it broke')
})
`

interface Kept {
  readonly name: string
  readonly path: string
}

async function keptOf(project: CliProject): Promise<ReadonlyMap<string, readonly Kept[]>> {
  const { stdout } = await project.muster('report', '--json', '-')
  const report = JSON.parse(stdout) as {
    readonly tasks: readonly {
      readonly id: string
      readonly attempts: readonly { readonly ending: { readonly outcome?: { readonly artifacts?: readonly Kept[] } } }[]
    }[]
  }
  return new Map(
    report.tasks.map(({ id, attempts }) => [id, attempts.flatMap(({ ending }) => ending.outcome?.artifacts ?? [])]),
  )
}

test('what tests leave behind is kept with the run, and goes with it', async () => {
  const config = {
    tasks: [
      {
        id: 'shots',
        cwd: 'web',
        argv: [
          'sh',
          '-c',
          'test ! -w "$MUSTER_INPUTS/web/data.json" || test "$(id -u)" = 0; mkdir -p out; echo new > out/new.log',
        ],
        artifacts: 'out/*.log',
        inputs: ['data.json'],
      },
    ],
  }
  await using project = await CliProject.create({
    'a.test.js': nodeTest,
    'muster.config.json': JSON.stringify(config),
    'web/data.json': '{}',
    'web/out/old.log': 'of an earlier run',
  })
  const { code } = await project.muster('run')
  expect(code).toBe(1)
  const kept = await keptOf(project)
  expect(kept.get('shots')?.map(({ name }) => name)).toEqual(['web/out/new.log'])
  const [trace] = kept.get('a.test.js') ?? []
  expect(trace?.name).toBe('trace.txt')
  expect(await project.read(trace?.path ?? '')).toBe('from node:test')
  expect(trace?.path).toContain('.muster/muster.artifacts/')

  const gone = await project.muster('history', '--keep', '0', '--yes')
  expect(gone.stdout).toContain('2 artifacts that no run names any more went with them')
  expect(existsSync(join(project.root, trace?.path ?? ''))).toBe(false)
  expect(readdirSync(join(project.root, '.muster', 'muster.artifacts', 'runs'))).toEqual([])
})

test('a glob that leads out of the project is refused by name', async () => {
  const config = { tasks: [{ id: 'sly', argv: ['true'], artifacts: '../../secrets/*' }] }
  await using project = await CliProject.create({ 'muster.config.json': JSON.stringify(config) })
  const { code, stderr } = await project.muster('run')
  expect(code).toBe(2)
  expect(stderr).toContain("a glob that stays below the project's root")
})
