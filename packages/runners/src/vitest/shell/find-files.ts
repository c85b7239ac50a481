// A program of its own that asks Vitest which files it would run. It runs the project's configuration, which may do anything,
// print anything and change the environment; none of that should happen in the process that asks.
import { readFileSync, writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { isAbsolute } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { FoundFiles, SearchBasis } from '../found-files.ts'
import type { Vitest, VitestProject } from '../vitest-api.ts'
import type { VitestSetup } from '../vitest-payload.ts'
import { VitestMissing } from './load-vitest.ts'
import { openVitest } from './open-vitest.ts'

interface Question {
  readonly root: string
  readonly setup: VitestSetup
}

/** What whoever keeps an answer does not look into either. */
const neverSearched: readonly string[] = ['**/node_modules/**', '**/.git/**']

const question: unknown = JSON.parse(readFileSync(0, 'utf8'))
if (!isQuestion(question)) throw new Error('Expected the question of the runner on standard input.')
endWithParent()
const answer = await find(question)
tell(`${JSON.stringify(answer)}\n`)
// Nothing was started that would have to be closed, and closing takes longer than finding. Not by `process.exit`: Node 24.21 was
// seen to wait there for ever, for a compiling thread that itself waited for a collection that never came.
flushCompileCache()
process.kill(process.pid, 'SIGKILL')

/** The question is our own, written by the runner: whether it is one at all is enough to know. */
function isQuestion(value: unknown): value is Question {
  return typeof value === 'object' && value !== null && 'root' in value && 'setup' in value
}

async function find({ root, setup }: Question): Promise<FoundFiles> {
  try {
    const reporter = { onUserConsoleLog: () => undefined, onTestCaseResult: () => undefined }
    const vitest = await openVitest(root, setup, { reporter, print: () => undefined })
    const specifications = await vitest.globTestSpecifications()
    const files = specifications.map(({ moduleId, project, pool }) => ({ path: moduleId, project: project.name, pool }))
    const leftAside = vitest.projects.map(({ config }) => ({ folder: folderOf(config), globs: config.exclude }))
    return { kind: 'found', files, projects: vitest.projects.length, leftAside, basis: basisOf(vitest) }
  } catch (error) {
    if (error instanceof VitestMissing) {
      return { kind: 'missing', expected: error.expected, got: error.got, remedy: error.remedy }
    }
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}

function folderOf({ dir, root }: VitestProject['config']): string {
  return dir ?? root
}

/** What decides which files there are. */
function basisOf({ vite, projects }: Vitest): SearchBasis {
  const servers = [vite, ...projects.map((project) => project.vite)]
  const sources = servers.flatMap(({ config }) => [...config.configFileDependencies, config.configFile ?? []].flat())
  return {
    sources: [...new Set(sources)].sort(),
    folders: [...new Set(projects.map(({ config }) => folderOf(config)))].sort(),
    isByName: projects.every((project) => isFoundByName(project)),
  }
}

function isFoundByName(project: VitestProject): boolean {
  const { include, exclude, includeSource = [], typecheck } = project.config
  const searches = [{ include, exclude }, ...(typecheck?.enabled === true ? [typecheck] : [])]
  return (
    includeSource.length === 0 &&
    !project.isBrowserEnabled() &&
    searches.every(
      (search) => search.include.every(staysBelow) && neverSearched.every((glob) => search.exclude.includes(glob)),
    )
  )
}

function staysBelow(glob: string): boolean {
  return !isAbsolute(glob) && !glob.split(/[/{(,|]/).includes('..')
}

/**
 * Whoever asked is at the other end of descriptor 3. When that closes nobody wants an answer any more, however far the
 * configuration is: a thread of its own sees it even while that waits for ever, or loops. It leads a group of its own.
 */
function endWithParent(): void {
  const watch = `
    const { Socket } = require('node:net')
    const end = () => process.kill(-process.pid, 'SIGKILL')
    new Socket({ fd: 3, writable: false }).on('error', end).on('close', end).resume()`
  new Worker(watch, { eval: true, execArgv: [], env: {} }).unref()
}

/** Writes all of it: the descriptor may be full for a moment, since it does not block. */
function tell(text: string): void {
  const pause = new Int32Array(new SharedArrayBuffer(4))
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(3, rest))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      Atomics.wait(pause, 0, 0, 1)
    }
  }
}
