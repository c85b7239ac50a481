// Keeps what Vitest found, since asking it costs a process, Vite and the project's configuration each time, and the answer is
// nearly always the same. An old answer that is wrong would leave tests out without a word, so one is given only where
// everything that it rests on is as it was, and kept only where everything that it rests on is known.
import { createHash, randomUUID } from 'node:crypto'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { listTree, type Tree } from '../../files/shell/list-tree.ts'
import type { FoundByVitest } from '../found-files.ts'
import { keptFormat, type KeptSearch, readKeptSearch, writeKeptSearch } from '../kept-search.ts'
import { plainSource } from '../plain-config.ts'
import type { VitestSetup } from '../vitest-payload.ts'

type Contents = KeptSearch['contents']

/** Which search. */
export interface SearchQuestion {
  /** Folder of what is kept, absolute. */
  readonly cacheDir: string
  readonly root: string
  readonly setup: VitestSetup
  /** What the search sees of the environment. */
  readonly env: Readonly<Record<string, string>>
  /** Time of day before anything of the project was read, in milliseconds; what changed later may have been seen either way. */
  readonly startedAtMs: number
}

/** Most answers that are kept of one project: one for each environment and set of options. */
const mostKept = 16
/** Largest answer that is kept, in characters. */
const largestKept = 16 * 1024 * 1024
const ending = '.search'

/** What is kept of one search. */
export class SearchCache {
  readonly #folder: string
  readonly #path: string
  readonly #cacheDir: string
  readonly #startedAtMs: number
  readonly #before: Tree | undefined
  /** What lies around the folder, before Vitest looked. */
  readonly #around: Contents

  constructor({ cacheDir, root, setup, env, startedAtMs }: SearchQuestion) {
    const surroundings = [process.version, process.platform, process.arch, process.execPath]
    const sorted = Object.entries(env).sort(([a], [b]) => (a < b ? -1 : 1))
    const key = hashOf(JSON.stringify([keptFormat, surroundings, root, setup, sorted]))
    this.#folder = resolve(root, setup.root)
    this.#cacheDir = cacheDir
    this.#startedAtMs = startedAtMs
    this.#path = join(cacheDir, `${key.slice(0, 32)}${ending}`)
    this.#before = treeOf(this.#folder)
    this.#around = contentsOf([...manifestsAbove(this.#folder), ...installed([this.#folder])])
  }

  /** The answer, where Vitest would give the same; `damaged` where what is kept cannot be used. */
  read(): { readonly kind: 'kept'; readonly answer: FoundByVitest } | { readonly kind: 'none' | 'damaged' } {
    const text = readOrNothing(this.#path)
    if (text === undefined) return { kind: 'none' }
    const kept = readKeptSearch(text.toString('utf8'), hashOf)
    if (kept === undefined) return { kind: 'damaged' }
    const { tree, contents, answer } = kept
    const isAsItWas = this.#before?.hash === tree && isSame(contents, contentsOf(contents.map(([path]) => path)))
    return isAsItWas ? { kind: 'kept', answer } : { kind: 'none' }
  }

  /** Keeps an answer that was just given, where it can be told when it no longer holds. Throws where it cannot be written. */
  keep(answer: FoundByVitest): void {
    const sources = sourcesOf(answer)
    const before = this.#before
    if (sources === undefined || before === undefined || !this.#isWithin(answer)) return
    // What changed while Vitest looked may have been seen as it was or as it is.
    if (before.hasLinkedFolders || treeOf(this.#folder)?.hash !== before.hash) return
    if (!isSame(this.#around, contentsOf(this.#around.map(([path]) => path)))) return
    const watched = [...sources, ...before.noted.map((path) => join(this.#folder, path))]
    const contents = contentsOf([
      ...watched,
      ...this.#around.map(([path]) => path),
      ...installed(sources.map((path) => dirname(path))),
    ])
    if (contents.some(([path, hash]) => hash !== null && changedAtMs(path) >= this.#startedAtMs)) return
    const text = writeKeptSearch({ format: keptFormat, tree: before.hash, contents, answer }, hashOf)
    if (text.length <= largestKept) this.#write(text)
  }

  /** Nothing was found or searched where the listing does not look. */
  #isWithin({ files, basis }: FoundByVitest): boolean {
    const isListed = (path: string): boolean => {
      const parts = relative(this.#folder, path).split(sep)
      return parts[0] !== '..' && !parts.includes('.muster') && !parts.includes('node_modules')
    }
    return [...basis.folders, ...files.map(({ path }) => path)].every(isListed)
  }

  /** Whoever reads meanwhile gets the old file or the new one. */
  #write(text: string): void {
    mkdirSync(this.#cacheDir, { recursive: true })
    const draft = `${this.#path}.${randomUUID()}`
    writeFileSync(draft, text)
    renameSync(draft, this.#path)
    const byAge = readdirSync(this.#cacheDir)
      .filter((name) => name.includes(ending))
      .map((name) => ({ path: join(this.#cacheDir, name), ms: changedAtMs(join(this.#cacheDir, name)) }))
      .sort((a, b) => b.ms - a.ms || (a.path < b.path ? -1 : 1))
    for (const { path } of byAge.slice(mostKept)) rmSync(path, { force: true })
  }
}

/** Files beside the sources that configure how those are read; a lock file stands for what is installed. */
function isNoted(name: string): boolean {
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
function sourcesOf({ basis }: FoundByVitest): readonly string[] | undefined {
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
function manifestsAbove(folder: string): readonly string[] {
  return foldersAbove(folder).flatMap((each) => [join(each, 'package.json'), join(each, 'tsconfig.json')])
}

/** The manifests of Vitest and Vite wherever the project or its configuration may find them. */
function installed(places: readonly string[]): readonly string[] {
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

function treeOf(folder: string): Tree | undefined {
  // A folder that cannot be listed is for Vitest to speak of.
  try {
    return listTree(folder, isNoted)
  } catch {
    return undefined
  }
}

function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Each file once, with the hash of its content; nothing where there is none. */
function contentsOf(paths: readonly string[]): Contents {
  return [...new Set(paths)].sort().map((path) => {
    const content = readOrNothing(path)
    return [path, content === undefined ? null : hashOf(content)]
  })
}

function isSame(one: Contents, other: Contents): boolean {
  return one.length === other.length && one.every(([, hash], at) => hash === other[at]?.[1])
}

function readOrNothing(path: string): Buffer | undefined {
  // Absent, or as good as: whatever keeps it from being read, nobody else reads it either.
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** When its content or its name was last changed; a file that is gone meanwhile has changed just now. */
function changedAtMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? Infinity
}
