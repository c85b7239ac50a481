// A file into which the process of a test writes what it does, beside the pipe to who runs it: a test that kills that one takes
// with it what was still on its way, and only what lies in a file is there for the next.
import { appendFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

const prefix = 'muster-trace-'

/** The trace of one attempt; it must be disposed of. */
export class AttemptTrace implements Disposable {
  readonly path: string

  private constructor(path: string) {
    this.path = path
  }

  /** A new one, or nothing where no file can be made: then what dies with its process is lost. */
  static open(): AttemptTrace | undefined {
    try {
      const path = join(mkdtempSync(join(realpathSync(tmpdir()), prefix)), 'trace.ndjson')
      writeFileSync(path, '')
      return new AttemptTrace(path)
    } catch {
      return undefined
    }
  }

  /** The one that a process left behind, by what that remembered. */
  static left(remembered: Readonly<Record<string, unknown>> | undefined): AttemptTrace | undefined {
    const path = remembered?.['trace']
    if (typeof path !== 'string' || !basename(dirname(path)).startsWith(prefix)) return undefined
    return new AttemptTrace(path)
  }

  /** Writes what is known here alone. */
  add(line: object): void {
    try {
      appendFileSync(this.path, `\n${JSON.stringify(line)}\n`)
    } catch {
      // A full disk: the attempt goes on, and what dies with its process is lost.
    }
  }

  lines(): readonly string[] {
    try {
      return readFileSync(this.path, 'utf8').split('\n')
    } catch {
      return []
    }
  }

  [Symbol.dispose](): void {
    try {
      rmSync(dirname(this.path), { recursive: true, force: true })
    } catch {
      // Whoever cleans the folder for temporary files takes it.
    }
  }
}
