// How tests are kept apart and held, as a project asks for it: by flag, by configuration, and told in words.
import { expect, test } from 'vitest'
import { CliProject } from './cli-project.ts'

/** A runner of the project's own, whose tasks pass where they find nothing of an earlier one in their globals. */
const files = {
  'executor.mjs': `import { isMainThread } from 'node:worker_threads'
export function createExecutor() {
  return {
    kind: 'own',
    async execute() {
      const before = globalThis.seen ?? 0
      globalThis.seen = before + 1
      const said = before === 0 ? 'fresh' : 'used'
      console.log(isMainThread ? 'main ' + said : 'thread ' + said)
      return { outcome: { result: 'passed', durationMs: 0 } }
    },
  }
}
`,
  'muster.config.mjs': `export default {
  slots: 1,
  runners: [{
    name: 'own',
    executor: { module: new URL('./executor.mjs', import.meta.url).href, options: {}, allowsThreads: true },
    discover: async () => ({ tasks: ['a', 'b', 'c'].map((id) => ({ id, kind: 'own', payload: {} })) }),
  }],
  ...MORE,
}
`,
}

function configured(more: object): Readonly<Record<string, string>> {
  return { ...files, 'muster.config.mjs': files['muster.config.mjs'].replace('MORE', JSON.stringify(more)) }
}

function printed(stdout: string): readonly string[] {
  // The report at the end holds it once more.
  const told = stdout.split('\n').filter((line) => line.includes('"kind":"attempt-output"'))
  return told.flatMap((line) => /(main|thread) (fresh|used)/.exec(line)?.[0] ?? [])
}

async function run(args: readonly string[], more: object = {}): Promise<readonly string[]> {
  await using project = await CliProject.create(configured(more))
  const { code, stdout } = await project.muster('run', '--json', ...args)
  expect(code).toBe(0)
  return printed(stdout)
}

test('a warm process serves one after another unless something else is asked for', async () => {
  expect(await run([])).toEqual(['main fresh', 'main used', 'main used'])
})

test.each<[string, readonly string[], object]>([
  ['the flag', ['--isolation', 'thread'], {}],
  ['the configuration', [], { isolation: 'thread' }],
])('%s gives each attempt a thread of its own', async (_, args, more) => {
  expect(await run(args, more)).toEqual(['thread fresh', 'thread fresh', 'thread fresh'])
})

test('the flag goes over the configuration', async () => {
  expect(await run(['--isolation', 'process'], { isolation: 'thread' })).toEqual([
    'main fresh',
    'main used',
    'main used',
  ])
})

test.each([{ afterAttempts: 1 }, { afterMs: 1 }, { aboveMemoryBytes: 1 }])(
  'the configuration has warm processes replaced: %j',
  async (recycle) => {
    expect(await run([], { recycle })).toEqual(['main fresh', 'main fresh', 'main fresh'])
  },
)

test('what is no isolation is refused by name, from both sides', async () => {
  await using project = await CliProject.create({
    ...configured({}),
    'other.json': '{"isolation":"fork","cgroups":"on"}',
  })
  const flag = await project.muster('run', '--isolation', 'threads')
  expect([flag.code, flag.stderr]).toEqual([2, expect.stringContaining('--isolation to be one of process, thread')])
  const byFile = await project.muster('run', '--config', 'other.json')
  expect(byFile.code).toBe(2)
  expect(byFile.stderr).toContain('isolation: ')
  expect(byFile.stderr).toContain('cgroups: ')
})

test('--verbose says how processes of tests are held', async () => {
  await using project = await CliProject.create({
    'muster.config.json': JSON.stringify({ runners: [], cgroups: 'off', tasks: [{ id: 'a', argv: ['true'] }] }),
  })
  const { code, stdout } = await project.muster('run', '--verbose')
  expect(code).toBe(0)
  expect(stdout).toContain('Processes of tests are found by their markers: control groups are turned off.')
  expect((await project.muster('run')).stdout).not.toContain('Processes of tests')
})
