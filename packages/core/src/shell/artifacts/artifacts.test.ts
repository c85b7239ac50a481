// Files of attempts from end to end, on a real disk: what is kept, what is not, and that nothing of it changes a verdict.
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ArtifactOptions } from '../../artifacts/artifact-options.ts'
import type { Artifact } from '../../model/outcome.ts'
import type { RunReport } from '../../model/report.ts'
import type { TaskDefinition } from '../../model/task.ts'
import type { ExecutionContext } from '../../ports/executor.ts'
import { defineExecutor } from '../../run/define-executor.ts'
import { createOrchestrator } from '../orchestrator.ts'
import { pruneArtifacts } from './prune-artifacts.ts'

let root = ''
const dir = '.muster/kept'

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'muster-artifacts-')))
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

interface Trial {
  readonly body: (context: ExecutionContext) => void | Promise<void>
  readonly task?: Partial<TaskDefinition>
  readonly artifacts?: Partial<ArtifactOptions>
  readonly run?: string
  readonly timeoutMs?: number
}

interface Tried {
  readonly report: RunReport
  readonly kept: readonly Artifact[]
  readonly notes: readonly string[]
}

async function tryOut({ body, task = {}, artifacts = {}, run = 'one', timeoutMs }: Trial): Promise<Tried> {
  const work = defineExecutor('work', async (_, context) => {
    await body(context)
  })
  const notes: string[] = []
  await using muster = createOrchestrator({
    executors: [work],
    root,
    artifacts: { dir, ...artifacts },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
  muster.on('note', ({ text }) => notes.push(text))
  const report = await muster.run({ run, tasks: [{ id: 'task', kind: 'work', ...task }] }).report
  const kept = report.tasks.flatMap(({ attempts }) =>
    attempts.flatMap(({ ending }) => (ending.kind === 'ended' ? (ending.outcome.artifacts ?? []) : [])),
  )
  return { report, kept, notes }
}

function own({ artifactsDir = '' }: ExecutionContext): string {
  return artifactsDir
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Folders of attempts that are still there, without what was kept. */
function leftOver(): readonly string[] {
  return execFileSync('find', [
    join(root, dir),
    '-path',
    '*/runs/*',
    '(',
    '-name',
    'files',
    '-o',
    '-name',
    'inputs',
    ')',
  ])
    .toString()
    .split('\n')
    .filter((line) => line !== '')
}

test('what an attempt writes into its folder is kept by hash, with a name that can be opened', async () => {
  const { kept, report } = await tryOut({
    body: (context) => {
      mkdirSync(join(own(context), 'shots'))
      writeFileSync(join(own(context), 'shots', 'login.png'), 'pixels')
      expect(context.env['MUSTER_ARTIFACTS']).toBe(own(context))
    },
  })
  expect(report.exit).toBe('passed')
  const [shot] = kept
  expect(kept).toEqual([
    { name: 'shots/login.png', path: shot?.path, bytes: 6, sha256: hashOf('pixels'), contentType: 'image/png' },
  ])
  expect(readFileSync(join(root, shot?.path ?? ''), 'utf8')).toBe('pixels')
  const sha256 = hashOf('pixels')
  expect(readFileSync(join(root, dir, 'objects', sha256.slice(0, 2), sha256.slice(2)), 'utf8')).toBe('pixels')
  expect(leftOver()).toEqual([])
})

test('an attempt that failed, threw or ran out of time keeps its files as well', async () => {
  const failed = await tryOut({
    body: (context) => {
      writeFileSync(join(own(context), 'trace.zip'), 'what happened')
      throw new Error('it broke')
    },
  })
  expect(failed.report.exit).toBe('failed')
  expect(failed.kept.map(({ name }) => name)).toEqual(['trace.zip'])
  const late = await tryOut({
    run: 'late',
    timeoutMs: 20,
    body: async (context) => {
      writeFileSync(join(own(context), 'half.log'), 'so far')
      await new Promise((resolve) => {
        context.signal.addEventListener('abort', resolve)
      })
    },
  })
  expect(late.report.totals['timed-out']).toBe(1)
  expect(late.kept.map(({ name }) => name)).toEqual(['half.log'])
})

test('globs keep what the attempt itself wrote, not what lay there before', async () => {
  mkdirSync(join(root, 'out'))
  writeFileSync(join(root, 'out', 'old.txt'), 'of last week')
  const { kept } = await tryOut({
    task: { artifacts: ['out/*.txt', 'never/**'] },
    body: () => {
      writeFileSync(join(root, 'out', 'new.txt'), 'fresh')
      writeFileSync(join(root, 'out', 'other.bin'), 'not asked for')
    },
  })
  expect(kept.map(({ name }) => name)).toEqual(['out/new.txt'])
  expect(readFileSync(join(root, 'out', 'new.txt'), 'utf8')).toBe('fresh')
})

test('a file that its executor names is kept under that name, once', async () => {
  const { kept } = await tryOut({
    body: (context) => {
      writeFileSync(join(own(context), 'a.bin'), 'a')
      writeFileSync(join(root, 'b.bin'), 'b')
      context.artifact({ name: 'the picture', path: join(own(context), 'a.bin'), contentType: 'image/x-own' })
      context.artifact({ name: 'b', path: 'b.bin' })
    },
  })
  expect(kept.map(({ name, contentType, sha256 }) => [name, contentType, sha256])).toEqual([
    ['the picture', 'image/x-own', hashOf('a')],
    ['b', undefined, hashOf('b')],
  ])
})

test('links are never followed, whether to files, to folders, or in place of the folder itself', async () => {
  const secret = mkdtempSync(join(tmpdir(), 'muster-secret-'))
  writeFileSync(join(secret, 'key'), 'secret')
  const { kept, notes, report } = await tryOut({
    task: { artifacts: ['linked/**'] },
    body: (context) => {
      symlinkSync(join(secret, 'key'), join(own(context), 'key'))
      symlinkSync(secret, join(own(context), 'folder'))
      symlinkSync(secret, join(root, 'linked'))
      context.artifact({ name: 'sly', path: join(own(context), 'folder', 'key') })
      context.artifact({ name: 'bold', path: join(secret, 'key') })
    },
  })
  expect(report.exit).toBe('passed')
  expect(kept.filter(({ sha256 }) => sha256 !== undefined)).toEqual([])
  expect(kept.map(({ name }) => name)).toEqual(['bold'])
  expect(notes.join('\n')).toContain('links and devices were left aside')
  expect(notes.join('\n')).toContain('sly is reached through a link that leads out of its folder')
  expect(notes.join('\n')).toContain('bold lies outside of the project and is only named, not kept')

  const replaced = await tryOut({
    run: 'replaced',
    body: (context) => {
      rmSync(own(context), { recursive: true })
      symlinkSync(secret, own(context))
    },
  })
  expect(replaced.kept).toEqual([])
  expect(replaced.notes.join('\n')).toContain('replaced by a link')
  expect(readFileSync(join(secret, 'key'), 'utf8')).toBe('secret')
  rmSync(secret, { recursive: true })
})

test('a pipe that nobody writes into holds nothing up', async () => {
  const { kept, report } = await tryOut({
    body: (context) => {
      execFileSync('sh', ['-c', 'mkfifo "$0"', join(own(context), 'pipe')])
      context.artifact({ name: 'pipe', path: join(own(context), 'pipe') })
    },
  })
  expect(report.exit).toBe('passed')
  expect(kept).toEqual([])
})

test('limits on number and bytes hold, and what is left out is said', async () => {
  const many = await tryOut({
    artifacts: { maxFiles: 2 },
    body: (context) => {
      for (const name of ['a', 'b', 'c', 'd']) writeFileSync(join(own(context), name), name)
    },
  })
  expect(many.kept.map(({ name }) => name)).toEqual(['a', 'b'])
  expect(many.notes.join('\n')).toContain('task: 2 files were left out: at most 2 are kept')
  const large = await tryOut({
    run: 'large',
    artifacts: { maxBytes: 10 },
    body: (context) => {
      writeFileSync(join(own(context), 'a-large'), 'x'.repeat(11))
      writeFileSync(join(own(context), 'b-small'), 'x'.repeat(10))
      writeFileSync(join(own(context), 'c-over'), 'y')
    },
  })
  expect(large.kept.map(({ name }) => name)).toEqual(['b-small'])
  expect(large.notes.join('\n')).toContain('2 files were left out: at most 10 bytes')
})

test('a task that deletes its own folder has its result all the same', async () => {
  const { report, kept, notes } = await tryOut({
    body: (context) => {
      rmSync(own(context), { recursive: true })
    },
  })
  expect(report.exit).toBe('passed')
  expect(kept).toEqual([])
  expect(notes.join('\n')).toContain('its own folder is gone')
})

test('inputs are read-only copies under their own names; the originals cannot be reached through them', async () => {
  mkdirSync(join(root, 'data', 'deep'), { recursive: true })
  writeFileSync(join(root, 'data', 'deep', 'a.json'), '{}')
  const { report, kept } = await tryOut({
    task: { inputs: ['data/**/*.json'] },
    body: ({ inputsDir = '', env }) => {
      expect(env['MUSTER_INPUTS']).toBe(inputsDir)
      const copy = join(inputsDir, 'data', 'deep', 'a.json')
      expect(readFileSync(copy, 'utf8')).toBe('{}')
      expect(statSync(copy).mode & 0o777).toBe(0o444)
      expect(statSync(copy).ino).not.toBe(statSync(join(root, 'data', 'deep', 'a.json')).ino)
    },
  })
  expect(report.exit).toBe('passed')
  expect(kept).toEqual([])
  expect(leftOver()).toEqual([])
})

test('a task whose inputs are missing fails by name and is never begun', async () => {
  let begun = false
  const { report } = await tryOut({
    task: { inputs: ['data/*.json'] },
    body: () => {
      begun = true
    },
  })
  expect(begun).toBe(false)
  const [task] = report.tasks
  expect(task?.verdict).toMatchObject({
    kind: 'failed',
    failure: {
      category: 'configuration',
      message: 'The inputs of the task cannot be copied: no file matches data/*.json',
    },
  })
})

test('a task that declares files where none are kept is refused, as is a glob that leads out of the project', async () => {
  const work = defineExecutor('work', () => undefined)
  await using muster = createOrchestrator({ executors: [work], root })
  const tasks = [work.task({ id: 'a', artifacts: ['out/**'] })]
  await expect(muster.run({ tasks }).report).rejects.toMatchObject({ code: 'OPTIONS_INVALID' })
  for (const glob of ['../secrets/*', '/etc/*', 'a/../../b', 'C:\\x', '']) {
    const bad = [work.task({ id: 'a', artifacts: [glob] })]
    await expect(muster.run({ tasks: bad }).report).rejects.toMatchObject({ code: 'GRAPH_INVALID' })
  }
})

test('pruning deletes what no kept run names, and only that', async () => {
  const write =
    (...texts: readonly string[]) =>
    (context: ExecutionContext): void => {
      for (const text of texts) writeFileSync(join(own(context), `${text}.txt`), text)
    }
  const first = await tryOut({ run: 'first', body: write('shared', 'mine') })
  const second = await tryOut({ run: 'second', body: write('shared', 'yours') })
  const folder = join(root, dir)
  expect(await pruneArtifacts({ dir: folder, runs: async () => ['first', 'second'] })).toEqual({
    runs: 0,
    objects: 0,
    bytes: 0,
  })
  expect(await pruneArtifacts({ dir: folder, runs: async () => ['second'] })).toEqual({ runs: 1, objects: 1, bytes: 4 })
  for (const { path } of second.kept) expect(existsSync(join(root, path))).toBe(true)
  for (const { path } of first.kept) expect(existsSync(join(root, path))).toBe(false)
  await pruneArtifacts({ dir: folder, runs: async () => [] })
  expect(readdirSync(join(folder, 'objects')).flatMap((name) => readdirSync(join(folder, 'objects', name)))).toEqual([])
})

test('the same content is on the disk once', async () => {
  const { kept } = await tryOut({
    body: (context) => {
      writeFileSync(join(own(context), 'a'), 'same')
      writeFileSync(join(own(context), 'b'), 'same')
    },
  })
  const [a, b] = kept.map(({ path }) => statSync(join(root, path)).ino)
  expect(a).toBe(b)
})
