// Lets a plain Node process find the packages of this repository as sources, so that a trial never runs a stale build.
import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const packages = join(import.meta.dirname, '../../../..')

registerHooks({
  resolve: (specifier, context, next) => {
    const [, name, entry] = /^@muster\/([\w-]+)(?:\/(.+))?$/.exec(specifier) ?? []
    if (name === undefined) return next(specifier, context)
    const source = join(packages, name, 'src')
    const places = entry === undefined ? ['index.ts'] : [`${entry}/index.ts`, `${entry}.ts`]
    const found = places.map((place) => join(source, place)).find((path) => existsSync(path))
    return found === undefined ? next(specifier, context) : { url: pathToFileURL(found).href, shortCircuit: true }
  },
})
