// The file into which the worker of a test file writes what it does, and the set-up file that makes it do so.
import { appendFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { readTrace, traceSource, type Trace } from '../trace.ts'
import type { Vitest } from '../vitest-api.ts'

const prefix = 'muster-vitest-'

/** What a process wrote down that is gone, and takes it away; nothing where it wrote nothing. */
export function takeLeftTrace(remembered: Readonly<Record<string, unknown>> | undefined): Trace | undefined {
  const path = remembered?.['trace']
  if (typeof path !== 'string' || !basename(dirname(path)).startsWith(prefix)) return undefined
  try {
    return readTrace(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  } finally {
    rmSync(dirname(path), { recursive: true, force: true })
  }
}

/** A trace that is written anew for each run. */
export class TraceFile {
  readonly #folder = mkdtempSync(join(realpathSync(tmpdir()), prefix))
  /** Where it is: known to whoever takes up an attempt, should this process die. */
  readonly path: string = join(this.#folder, 'trace.ndjson')
  readonly #setUp = join(this.#folder, 'trace-setup.mjs')

  constructor() {
    writeFileSync(this.path, '')
    writeFileSync(this.#setUp, traceSource(this.path))
    process.once('exit', () => this.remove())
  }

  /** Has the workers of every project write the trace; browsers and edge runtimes cannot. */
  install(vitest: Vitest): void {
    for (const project of vitest.projects) {
      if (!project.isBrowserEnabled() && project.config.environment !== 'edge-runtime') {
        project.config.setupFiles.unshift(this.#setUp)
      }
    }
  }

  /** An attempt begins. */
  clear(): void {
    truncateSync(this.path)
  }

  /** Keeps which tests there are, as a process before this one found them. */
  declare(tests: Trace['declared']): void {
    appendFileSync(this.path, `${JSON.stringify({ kind: 'declared', tests })}\n`)
  }

  /** Another round of it begins. */
  begin(): void {
    appendFileSync(this.path, '\n{"kind":"round"}\n')
  }

  read(): Trace {
    return readTrace(readFileSync(this.path, 'utf8'))
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
