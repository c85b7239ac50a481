// The file into which the worker of a test file writes what it does, and the set-up file that makes it do so.
import { mkdtempSync, readFileSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readTrace, traceSource, type Trace } from '../trace.ts'
import type { Vitest } from '../vitest-api.ts'

/** A trace that is written anew for each run. */
export class TraceFile {
  readonly #folder = mkdtempSync(join(realpathSync(tmpdir()), 'muster-vitest-'))
  readonly #path = join(this.#folder, 'trace.ndjson')
  readonly #setUp = join(this.#folder, 'trace-setup.mjs')

  constructor() {
    writeFileSync(this.#path, '')
    writeFileSync(this.#setUp, traceSource(this.#path))
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

  clear(): void {
    truncateSync(this.#path)
  }

  read(): Trace {
    return readTrace(readFileSync(this.#path, 'utf8'))
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
