// Where the database thread's code lies: beside us in the sources, in a folder below the built entry.

/** The module that the thread runs. */
export function workerUrl(): URL {
  const isSource = import.meta.url.endsWith('.ts')
  return new URL(isSource ? './sqlite-worker.ts' : './shell/sqlite-worker.js', import.meta.url)
}
