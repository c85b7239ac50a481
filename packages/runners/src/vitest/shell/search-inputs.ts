// Which files a search of Vitest rests on besides the names that it finds: its configuration with all that it imports, manifests,
// lock files, and the Vitest and Vite that are installed.
import { realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { FoundByVitest } from '../found-files.ts'
import { plainSource } from '../plain-config.ts'
import { readOrNothing } from './file-contents.ts'

/** Files beside the sources that configure how those are read; a lock file stands for what is installed. */
export function isNoted(name: string): boolean {
  return (
    name === 'package.json' ||
    /^[jt]sconfig.*\.json$/.test(name) ||
    name.startsWith('.env') ||
    /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|pnpm-workspace\.yaml|bun\.lockb?)$/.test(
      name,
    )
  )
}

/** The sources and the data that they import; nothing where one of them may say something else the next time. */
export function sourcesOf({ basis }: FoundByVitest): readonly string[] | undefined {
  if (!basis.isByName) return undefined
  const known = new Set(basis.sources)
  for (const source of basis.sources) {
    if (source.endsWith('.json')) continue
    const plain = plainSource(readOrNothing(source)?.toString('utf8') ?? 'import')
    if (plain.kind === 'not-plain') return undefined
    for (const imported of plain.imports) {
      const path = resolve(dirname(source), imported)
      // Data is not among what Vite calls sources.
      if (path.endsWith('.json')) known.add(path)
      else if (!basis.sources.some((each) => isMeantBy(each, path))) return undefined
    }
  }
  return [...known]
}

/** Whether an import of `path` may mean the source: extensions are left out, or those of what it is compiled to. */
function isMeantBy(source: string, path: string): boolean {
  const bare = (file: string): string => file.replace(/\.[cm]?[jt]sx?$/, '')
  return [path, bare(path), join(path, 'index')].some((each) => source === each || bare(source) === each)
}

/** Whether a package is of modules or not is decided by the nearest manifest above. */
export function manifestsAbove(folder: string): readonly string[] {
  return foldersAbove(folder).flatMap((each) => [join(each, 'package.json'), join(each, 'tsconfig.json')])
}

/** The manifests of Vitest and Vite wherever the project or its configuration may find them. */
export function installed(places: readonly string[]): readonly string[] {
  const vitests = places.flatMap((place) => manifestsOf(place, 'vitest'))
  const real = vitests.flatMap((path) => realOf(path) ?? [])
  const vites = [...places, ...real.map((path) => dirname(path))].flatMap((place) => manifestsOf(place, 'vite'))
  return [...vitests, ...vites]
}

function manifestsOf(place: string, name: string): readonly string[] {
  return foldersAbove(place).map((each) => join(each, 'node_modules', name, 'package.json'))
}

/** The folder itself and all those that it lies in. */
function foldersAbove(folder: string): readonly string[] {
  const above = [folder]
  for (let each = folder; each !== dirname(each); each = dirname(each)) above.push(dirname(each))
  return above
}

/** Where a link leads; nothing where nothing is. */
function realOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
