// What is kept of a search, tried with the real Vitest of both supported majors: the same tasks with and without.
import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import type { Discovery } from '@muster/core'
import { TrialProject } from '../testing/shell/trial-project.ts'
import { vitest } from './index.ts'

const majors = [
  ['5', dirname(createRequire(import.meta.url).resolve('vitest/package.json'))],
  ['4', join(import.meta.dirname, '../../../../fixtures/vitest-4/node_modules/vitest')],
] as const

const config = `import { defineConfig } from 'vitest/config'
import { names } from './shared/names.ts'
import data from './data.json' with { type: 'json' }
export default defineConfig({ test: { include: [...names, ...data, process.env.MORE_TESTS ?? 'more/*.test.ts'] } })`

function projectWith(vitestFolder: string): TrialProject {
  const project = new TrialProject({
    'package.json': '{ "name": "trial", "type": "module" }',
    'vitest.config.ts': config,
    'shared/names.ts': `export const names: string[] = ['a/*.test.ts']`,
    'data.json': `["b/*.test.ts"]`,
    'a/one.test.ts': '',
    'b/two.test.ts': '',
    'c/three.test.ts': '',
    'more/four.test.ts': '',
  })
  mkdirSync(join(project.root, 'node_modules'))
  symlinkSync(vitestFolder, join(project.root, 'node_modules/vitest'))
  return project
}

async function discover({ root }: TrialProject, cacheDir?: string): Promise<Discovery> {
  const request = { root, select: [], signal: new AbortController().signal }
  return vitest().discover(cacheDir === undefined ? request : { ...request, cacheDir })
}

/** Each answer that is written is a file of its own. */
function writings(cacheDir: string): readonly number[] {
  return readdirSync(cacheDir)
    .map((name) => statSync(join(cacheDir, name)).ino)
    .sort()
}

afterEach(() => {
  vi.unstubAllEnvs()
})

test.each(majors)('Vitest %s is asked again when its answer may differ, and not otherwise', async (_, vitestFolder) => {
  using project = projectWith(vitestFolder)
  const cacheDir = join(project.root, '.muster/kept')
  const edits: Readonly<Record<string, () => void>> = {
    'nothing kept yet': () => undefined,
    'a file came': () => project.write('a/five.test.ts', ''),
    'a file went': () => rmSync(join(project.root, 'b/two.test.ts')),
    'an imported module': () => project.write('shared/names.ts', `export const names: string[] = ['c/*.test.ts']`),
    'imported data': () => project.write('data.json', '["a/*.test.ts"]'),
    'the environment': () => vi.stubEnv('MORE_TESTS', 'b/*.test.ts'),
    'another configuration': () =>
      project.write('vitest.config.mts', `export default { test: { include: ['none/*'] } }`),
    'the configuration': () =>
      project.write('vitest.config.ts', `export default { test: { include: ['c/*.test.ts'] } }`),
  }
  for (const [what, edit] of Object.entries(edits)) {
    edit()
    const { tasks } = await discover(project)
    expect((await discover(project, cacheDir)).tasks, what).toEqual(tasks)
    const written = writings(cacheDir)
    expect((await discover(project, cacheDir)).tasks, `${what}, again`).toEqual(tasks)
    expect(writings(cacheDir), what).toEqual(written)
  }
  expect(writings(cacheDir).length).toBeGreaterThan(0)
})

test('a configuration that may say something else the next time is asked each time', async () => {
  using project = projectWith(majors[0][1])
  const cacheDir = join(project.root, '.muster/kept')
  project.write(
    'vitest.config.ts',
    `import { readFileSync } from 'node:fs'
    export default { test: { include: [readFileSync(process.env.HOME + '/none', { flag: 'a+' }) + 'a/*.test.ts'] } }`,
  )
  vi.stubEnv('HOME', project.root)
  expect((await discover(project, cacheDir)).tasks.map(({ id }) => id)).toEqual(['a/one.test.ts'])
  expect(() => writings(cacheDir)).toThrow('ENOENT')
})

test('what is damaged is told, left aside and written anew; two searches at once do not meet', async () => {
  using project = projectWith(majors[0][1])
  const cacheDir = join(project.root, '.muster/kept')
  // What was written just now is not relied on.
  await discover(project)
  const [one, other] = await Promise.all([discover(project, cacheDir), discover(project, cacheDir)])
  expect(one).toEqual(other)
  const [name = ''] = readdirSync(cacheDir)
  expect(readdirSync(cacheDir)).toEqual([name])
  for (const damage of ['', 'x'.repeat(64), `${'0'.repeat(64)}\n{"format":1}`]) {
    writeFileSync(join(cacheDir, name), damage)
    const { tasks, warnings } = await discover(project, cacheDir)
    expect(tasks).toEqual(one.tasks)
    expect(warnings).toEqual([expect.stringContaining('is damaged or of another version; it was left aside.')])
    expect(await discover(project, cacheDir)).toEqual(one)
  }
})

test('where nothing can be kept, tests are found all the same and it is told', async () => {
  using project = projectWith(majors[0][1])
  project.write('kept', 'a file where the folder would be')
  await discover(project)
  const { tasks, warnings } = await discover(project, join(project.root, 'kept'))
  expect(tasks).not.toEqual([])
  expect(warnings).toEqual([expect.stringContaining('could not be kept for the next time')])
})
