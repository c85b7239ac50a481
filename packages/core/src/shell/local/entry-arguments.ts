// Where the programs of our own processes are: beside this file as sources, and in a folder of the build.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Arguments for Node that start the supervisor or the agent. */
export function entryArguments(program: 'supervisor' | 'agent'): readonly string[] {
  if (import.meta.url.endsWith('.ts'))
    return ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL(`./${program}.ts`, import.meta.url))]
  // Code that several entries share is built into the root of `dist`.
  const places = [`./shell/local/${program}.js`, `./${program}.js`]
  const found = places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((place) => existsSync(place))
  if (found === undefined)
    throw new Error(`The program ${program}.js of @muster/core is not where it was built: it cannot be bundled.`)
  return [found]
}
