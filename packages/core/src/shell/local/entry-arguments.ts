// Where the programs of our own processes and threads are: beside this file as sources, and in a folder of the build.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

type Program = 'supervisor' | 'agent' | 'agent-thread' | 'stack-watcher'

const areSources = import.meta.url.endsWith('.ts')

/** Arguments for Node that start the supervisor or the agent. */
export function entryArguments(program: Program): readonly string[] {
  return [...(areSources ? ['--disable-warning=ExperimentalWarning'] : []), entryFile(program)]
}

/** The file of a program. */
export function entryFile(program: Program): string {
  if (areSources) return fileURLToPath(new URL(`./${program}.ts`, import.meta.url))
  // Code that several entries share is built into the root of `dist`.
  const places = [`./shell/local/${program}.js`, `./${program}.js`]
  const found = places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((place) => existsSync(place))
  if (found === undefined)
    throw new Error(`The program ${program}.js of @muster/core is not where it was built: it cannot be bundled.`)
  return found
}
