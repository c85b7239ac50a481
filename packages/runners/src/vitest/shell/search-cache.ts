// Keeps what Vitest found, since asking it costs a process, Vite and the project's configuration each time, and the answer is
// nearly always the same. An old answer that is wrong would leave tests out without a word, so one is given only where
// everything that it rests on is as it was, and kept only where everything that it rests on is known.
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { listTree, type Tree } from '../../files/shell/list-tree.ts'
import type { FoundByVitest } from '../found-files.ts'
import { keptFormat, readKeptSearch, writeKeptSearch } from '../kept-search.ts'
import type { VitestSetup } from '../vitest-payload.ts'
import { type Contents, contentsOf, hashOf, isSame, readOrNothing } from './file-contents.ts'
import { installed, isNoted, manifestsAbove, sourcesOf } from './search-inputs.ts'

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

function treeOf(folder: string): Tree | undefined {
  // A folder that cannot be listed is for Vitest to speak of.
  try {
    return listTree(folder, isNoted)
  } catch {
    return undefined
  }
}

/** When its content or its name was last changed; a file that is gone meanwhile has changed just now. */
function changedAtMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? Infinity
}
