// Every public entry of every package, read from the `exports` and `bin` of its package.json: the one list that the
// build, the tests' aliases and the package checks share. `dist/x/y.js` is always built from `src/x/y.ts`.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One module that is built. */
export interface Entry {
  /** What a user imports, such as `@muster/core/graph`; absent for a command. */
  readonly specifier: string | undefined
  /** The built module without its extension, relative to `dist` and to `src`. */
  readonly module: string
}

/** A package of this repository. */
export interface Package {
  readonly name: string
  readonly folder: string
  readonly isPublished: boolean
  readonly entries: readonly Entry[]
}

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, string | { readonly import?: string }>>
  readonly bin?: Readonly<Record<string, string>>
  /** Modules that are built without being public: started as a process of their own, say. */
  readonly muster?: { readonly extraModules?: readonly string[] }
}

/** The folder of the repository. */
export const root: string = join(import.meta.dirname, '..')

/** Reads the package in a folder. */
export function packageAt(folder: string): Package {
  const manifest = readManifest(folder)
  const entries: Entry[] = []
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    const built = typeof target === 'string' ? undefined : target.import
    if (built !== undefined) entries.push({ specifier: manifest.name + subpath.slice(1), module: moduleOf(built) })
  }
  for (const target of Object.values(manifest.bin ?? {}))
    entries.push({ specifier: undefined, module: moduleOf(target) })
  for (const module of manifest.muster?.extraModules ?? []) entries.push({ specifier: undefined, module })
  return { name: manifest.name, folder, isPublished: manifest.private !== true, entries }
}

/** Every package below `packages/`, by name. */
export function allPackages(): readonly Package[] {
  const parent = join(root, 'packages')
  return readdirSync(parent)
    .sort()
    .map((name) => join(parent, name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map(packageAt)
}

function readManifest(folder: string): Manifest {
  // The file is our own; its shape is checked by the package checks.
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

function moduleOf(target: string): string {
  return target.replace(/^(\.\/)?dist\//, '').replace(/\.js$/, '')
}
