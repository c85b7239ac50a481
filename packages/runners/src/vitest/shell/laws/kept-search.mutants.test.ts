// Planted faults in what an answer is kept by: the law must notice every one of them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import type { SearchCache } from '../search-cache.ts'
import { givesWhatVitestWould } from './kept-search-law.ts'

const shell = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'muster-faults-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const cache = 'search-cache.ts'
const inputs = 'search-inputs.ts'
const contents = 'file-contents.ts'
const tree = '../../files/shell/list-tree.ts'

type About = NonNullable<Parameters<typeof givesWhatVitestWould>[1]['about']>

interface Fault {
  /** What happens in the stories that show it. */
  readonly about: About
  readonly file: typeof cache | typeof inputs | typeof contents | typeof tree
  readonly find: string
  readonly replace: string
}

const faults: Readonly<Record<string, Fault>> = {
  'forgets the environment': {
    about: ['environment'],
    file: cache,
    find: 'root, setup, sorted]',
    replace: 'root, setup]',
  },
  'forgets the options': {
    about: ['options', 'root'],
    file: cache,
    find: 'root, setup, sorted]',
    replace: 'root, sorted]',
  },
  'forgets which files there are': {
    about: ['add', 'delete', 'rename'],
    file: cache,
    find: 'this.#before?.hash === tree &&',
    replace: '',
  },
  'forgets contents': {
    about: ['config'],
    file: cache,
    find: '&& isSame(contents, contentsOf(contents.map(([path]) => path)))',
    replace: '',
  },
  'takes a file that came for none': {
    about: ['manifest above', 'manifest above gone'],
    file: contents,
    find: 'hash === other[at]?.[1]',
    replace: 'hash === null || hash === other[at]?.[1]',
  },
  'does not see links to folders': {
    about: ['link folder', 'add behind link'],
    file: cache,
    find: 'before.hasLinkedFolders ||',
    replace: '',
  },
  'does not see files that came meanwhile': {
    about: ['add', 'delete'],
    file: cache,
    find: 'treeOf(this.#folder)?.hash !== before.hash',
    replace: 'before.hash === undefined',
  },
  'does not see what was written meanwhile': {
    about: ['config', 'lock file'],
    file: cache,
    find: 'changedAtMs(path) >= this.#startedAtMs',
    replace: 'changedAtMs(path) < 0',
  },
  'does not see what went meanwhile around it': {
    about: ['manifest above', 'manifest above gone'],
    file: cache,
    find: 'if (!isSame(this.#around, contentsOf(this.#around.map(([path]) => path)))) return',
    replace: '',
  },
  'forgets manifests and lock files': {
    about: ['lock file', 'tsconfig'],
    file: cache,
    find: '...before.noted.map((path) => join(this.#folder, path))',
    replace: '',
  },
  'forgets manifests': { about: ['manifest'], file: inputs, find: "name === 'package.json' ||", replace: '' },
  'forgets configurations of TypeScript': {
    about: ['tsconfig'],
    file: inputs,
    find: '/^[jt]sconfig.*\\.json$/.test(name) ||',
    replace: '',
  },
  'forgets files of the environment': {
    about: ['env file'],
    file: inputs,
    find: "name.startsWith('.env') ||",
    replace: '',
  },
  'forgets the lock file': { about: ['lock file'], file: inputs, find: 'package-lock\\.json|', replace: '' },
  'forgets manifests above': {
    about: ['manifest above'],
    file: cache,
    find: '...manifestsAbove(this.#folder), ',
    replace: '',
  },
  'forgets Vitest and Vite': {
    about: ['Vitest', 'Vite'],
    file: inputs,
    find: 'return [...vitests, ...vites]',
    replace: 'return []',
  },
  'forgets Vitest': { about: ['Vitest'], file: inputs, find: 'return [...vitests, ...vites]', replace: 'return vites' },
  'forgets Vite': { about: ['Vite'], file: inputs, find: 'return [...vitests, ...vites]', replace: 'return vitests' },
  'forgets the Vite of Vitest': {
    about: ['Vite of Vitest'],
    file: inputs,
    find: '...real.map((path) => dirname(path))',
    replace: '',
  },
  'goes by name where Vitest looks inside': {
    about: ['look inside', 'write test'],
    file: inputs,
    find: '!basis.isByName',
    replace: 'basis.sources.length === 0',
  },
  'trusts any configuration': {
    about: ['clock', 'touch'],
    file: inputs,
    find: "if (plain.kind === 'not-plain') return undefined",
    replace: "if (plain.kind === 'not-plain') continue",
  },
  'forgets imported data': {
    about: ['imported data'],
    file: inputs,
    find: 'known.add(path)',
    replace: 'known.delete(path)',
  },
  'forgets sources': {
    about: ['imported source'],
    file: inputs,
    find: 'new Set(basis.sources)',
    replace: 'new Set<string>()',
  },
  'does not see that Vitest looks elsewhere': {
    about: ['search above', 'add behind link'],
    file: cache,
    find: "parts[0] !== '..' &&",
    replace: '',
  },
  'does not see what a link leads to': {
    about: ['turn link'],
    file: tree,
    find: 'lines.push(`l${kind} ${path}`)',
    replace: 'lines.push(`l${path}`)',
  },
  'does not see names': {
    about: ['add', 'rename'],
    file: tree,
    find: 'lines.push(`f${path}`)',
    replace: 'lines.push(`f`)',
  },
}

test.each(Object.entries(faults))('a cache that %s is noticed', async (name, fault) => {
  const Cache = await withFault(name, fault)
  expect(() => givesWhatVitestWould(Cache, { numRuns: 60, about: fault.about })).toThrow(/gave .* where Vitest gives/s)
})

/** The cache with the fault in it, from copies of its sources. */
async function withFault(name: string, { file, find, replace }: Fault): Promise<typeof SearchCache> {
  const prefix = String(Object.keys(faults).indexOf(name))
  const copies = {
    [cache]: `${prefix}-cache.ts`,
    [inputs]: `${prefix}-inputs.ts`,
    [contents]: `${prefix}-contents.ts`,
    [tree]: `${prefix}-tree.ts`,
  }
  for (const [source, copy] of Object.entries(copies)) {
    const text = readFileSync(join(shell, source), 'utf8')
    const parts = text.split(find)
    if (source === file && parts.length !== 2) throw new Error(`Fault "${name}" must be planted anew: ${find}`)
    const planted = (source === file ? parts.join(replace) : text)
      .replace(`'${tree}'`, JSON.stringify(`./${copies[tree]}`))
      .replace(`'./${inputs}'`, JSON.stringify(`./${copies[inputs]}`))
      .replace(`'./${contents}'`, JSON.stringify(`./${copies[contents]}`))
      .replace(/from '(\.\.\/[^']+)'/g, (_, module: string) => `from '${pathToFileURL(join(shell, module)).href}'`)
    writeFileSync(join(folder, copy), planted)
  }
  const loaded: unknown = await import(pathToFileURL(join(folder, copies[cache])).href)
  const found: unknown = typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, 'SearchCache') : undefined
  if (!isCache(found)) throw new Error('Expected the copy to export SearchCache.')
  return found
}

function isCache(value: unknown): value is typeof SearchCache {
  return typeof value === 'function'
}
