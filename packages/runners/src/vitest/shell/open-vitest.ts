// Opens one instance of Vitest that does nothing by itself: it watches nothing, reorders nothing, covers nothing and prints
// nothing, and runs one file at a time. What concerns the tests stays as the project configured it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Writable } from 'node:stream'
import type { Vitest, VitestReporter, VitestSpecification } from '../vitest-api.ts'
import type { VitestSetup } from '../vitest-payload.ts'
import { loadVitest } from './load-vitest.ts'

/** Who is told of what happens. */
export interface VitestListener {
  readonly reporter: VitestReporter
  /** What Vitest itself has to say. */
  readonly print: (text: string, stream: 'stdout' | 'stderr') => void
}

/** The folder of the Vitest project: tests expect to be started there. */
export function vitestRoot(root: string, setup: VitestSetup): string {
  return resolve(root, setup.root)
}

/** Opens Vitest for the project that `setup` names below `root`. */
export async function openVitest(root: string, setup: VitestSetup, listener: VitestListener): Promise<Vitest> {
  const folder = vitestRoot(root, setup)
  const { createVitest } = await loadVitest(folder)
  // An attempt that recovers without caches has a process of its own, which says so in its environment.
  const usesCache = process.env['MUSTER_CACHE'] !== 'off'
  return createVitest(
    'test',
    {
      root: folder,
      ...(setup.config === undefined ? {} : { config: resolve(folder, setup.config) }),
      ...(setup.project.length === 0 ? {} : { project: [...setup.project] }),
      watch: false,
      run: true,
      ui: false,
      api: false,
      open: false,
      cache: false,
      bail: 0,
      maxWorkers: 1,
      coverage: { enabled: false },
      // Lines tell cases apart and are what a part of a file is asked for by.
      includeTaskLocation: true,
      sequence: { sequencer: AsGiven },
      reporters: [listener.reporter],
      ...(usesCache ? {} : { experimental: { fsModuleCache: false } }),
    },
    usesCache ? {} : { cacheDir: passingFolder() },
    { stdout: new Sink(listener, 'stdout'), stderr: new Sink(listener, 'stderr') },
  )
}

/** A folder for what Vite makes ready, which goes with this process. */
function passingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'muster-vite-'))
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** Leaves the order to whoever asks. */
class AsGiven {
  sort(files: VitestSpecification[]): VitestSpecification[] {
    return files
  }

  shard(files: VitestSpecification[]): VitestSpecification[] {
    return files
  }
}

/** Where Vitest writes its own texts and what its workers print past their console. */
class Sink extends Writable {
  constructor(listener: VitestListener, stream: 'stdout' | 'stderr') {
    super({
      decodeStrings: false,
      write: (chunk: string | Buffer, _encoding, done) => {
        listener.print(String(chunk), stream)
        done()
      },
    })
  }

  /** Vitest 4 lets a worker that died close this for all that come after it. */
  override end(): this {
    return this
  }
}
