// Where things lie in the folder of artifacts. `objects` holds every content once, under its hash; a run's folder holds what
// its attempts write while they run, what was kept of each under readable names, and which objects it names.
import { join } from 'node:path'
import { folderName } from '../../artifacts/artifact-name.ts'

/** The folders of one attempt. */
export interface AttemptPaths {
  /** All of the attempt. */
  readonly home: string
  /** What it writes while it runs. */
  readonly files: string
  /** Its read-only copies. */
  readonly inputs: string
  /** What was kept of it. */
  readonly kept: string
}

/** Folder of a run. */
export function runFolder(dir: string, run: string): string {
  return join(dir, 'runs', folderName(run))
}

/** Folders of an attempt; a task's name may be anything. */
export function attemptPaths(
  dir: string,
  attempt: { readonly run: string; readonly task: string; readonly n: number },
): AttemptPaths {
  const home = join(runFolder(dir, attempt.run), `${folderName(attempt.task)}-${String(attempt.n)}`)
  return { home, files: join(home, 'files'), inputs: join(home, 'inputs'), kept: join(home, 'kept') }
}

/** Where an object lies, from its SHA-256 in hexadecimal. */
export function objectPath(dir: string, sha256: string): string {
  return join(dir, 'objects', sha256.slice(0, 2), sha256.slice(2))
}

/** The mark that a run names an object; it has no content. No attempt's folder has this name: they end in a number. */
export function referencePath(runDir: string, sha256: string): string {
  return join(runDir, 'names', sha256)
}
