// A project to which things happen, with its surroundings: files, links, manifests, environment, options. Vitest is played by a
// function whose answer hangs on everything that the real one can read of a project, so that forgetting any of it shows.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { FoundByVitest } from '../../found-files.ts'
import type { SearchCache } from '../search-cache.ts'
import type { Edit } from './project-edits.ts'

/** A project with all that lies around it, and what Vitest would find there. */
export class TrialWorld {
  readonly #root: string
  readonly #elsewhere: string
  readonly #env: Record<string, string> = { PATH: '/bin' }
  #setup = { kind: 'vitest', root: '.', project: [] as string[] }
  #isPlain = true
  #isByName = true
  #isWithin = true
  #ticks = 0

  constructor(root: string, elsewhere: string) {
    this.#root = root
    this.#elsewhere = elsewhere
    this.#write('src/a.test.ts', '')
    this.#write('../../elsewhere/x.test.ts', '')
    this.#write('packages/own/vitest.config.ts', 'export default {}')
    for (const file of keyFiles) if (!optional.has(file)) this.#write(file, `// ${file}\n`)
    this.#write('data.json', '{}')
    this.#writeConfig()
  }

  /** Lets it happen. */
  edit({ what, n }: Edit): void {
    this.#ticks += 1
    const test = `src/t${String(n)}.test.ts`
    switch (what) {
      case 'add':
      case 'write test':
        this.#write(test, String(this.#ticks))
        return
      case 'delete':
        rmSync(join(this.#root, test), { force: true })
        return
      case 'rename':
        if (existsSync(join(this.#root, test)))
          renameSync(join(this.#root, test), join(this.#root, `src/r${String(n)}.test.ts`))
        return
      case 'touch':
        utimesSync(join(this.#root, 'src/a.test.ts'), this.#ticks, this.#ticks)
        return
      case 'link file':
        this.#link(`src/l${String(n)}.test.ts`, 'x.test.ts')
        return
      case 'link folder':
        this.#link(`src/f${String(n)}`, '.')
        return
      case 'add behind link':
        this.#write(`../../elsewhere/y${String(n)}.test.ts`, '')
        return
      case 'turn link':
        rmSync(join(this.#root, 'src/turning.test.ts'), { force: true })
        this.#link('src/turning.test.ts', n < 2 ? 'x.test.ts' : 'nowhere')
        return
      case 'config':
        this.#append('vitest.config.ts')
        return
      case 'imported source':
        this.#append('shared/names.ts')
        return
      case 'imported data':
        this.#append('data.json')
        return
      case 'manifest':
        this.#append(n < 2 ? 'package.json' : 'packages/own/package.json')
        return
      case 'lock file':
        this.#append('package-lock.json')
        return
      case 'tsconfig':
        this.#append('tsconfig.base.json')
        return
      case 'env file':
        this.#append('.env.test')
        return
      case 'manifest above':
        this.#append('../package.json')
        return
      case 'manifest above gone':
        rmSync(join(this.#root, '../package.json'), { force: true })
        return
      case 'Vitest':
        this.#append('node_modules/vitest/package.json')
        return
      case 'Vite':
        this.#append('node_modules/vite/package.json')
        return
      case 'Vite of Vitest':
        this.#append('node_modules/vitest/node_modules/vite/package.json')
        return
      case 'environment':
        this.#env['WHICH'] = String(n)
        return
      case 'options':
        this.#setup = { ...this.#setup, project: [String(n)] }
        return
      case 'root':
        this.#setup = { ...this.#setup, root: n < 2 ? '.' : 'packages/own' }
        return
      case 'clock':
      case 'plain again':
        this.#isPlain = what === 'plain again'
        this.#writeConfig()
        return
      case 'look inside':
      case 'by name again':
        this.#isByName = what === 'by name again'
        this.#writeConfig()
        return
      case 'search above':
      case 'stay within again':
        this.#isWithin = what === 'stay within again'
        this.#writeConfig()
        return
    }
  }

  /** Asks as the runner does; 1 where an old answer was given. */
  search(Cache: typeof SearchCache, meanwhile: Edit | null): number {
    const isQuiet = meanwhile === null
    const question = {
      cacheDir: join(this.#elsewhere, '../kept'),
      root: this.#root,
      setup: this.#setup,
      env: this.#env,
    }
    const cache = new Cache({ ...question, startedAtMs: isQuiet ? Infinity : this.#nextMoment() })
    const kept = cache.read()
    if (kept.kind === 'damaged') throw new Error('what was kept cannot be read')
    const fresh = this.#answer()
    if (kept.kind === 'kept') {
      if (JSON.stringify(kept.answer) === JSON.stringify(fresh)) return 1
      throw new Error(`gave ${namesOf(kept.answer)} where Vitest gives ${namesOf(fresh)}`)
    }
    if (!isQuiet) this.edit(meanwhile)
    // It may have been seen as it was before, or as it is now.
    cache.keep(isQuiet || meanwhile.n % 2 === 0 ? fresh : this.#answer())
    return 0
  }

  /** A time, as the file system counts, before which everything so far has happened. */
  #nextMoment(): number {
    const probe = join(this.#root, '../../probe')
    const moment = (): number => {
      writeFileSync(probe, '')
      return statSync(probe).ctimeMs
    }
    const before = moment()
    for (let now = moment(); ; now = moment()) if (now > before) return now
  }

  /** What Vitest would say at this moment. */
  #answer(): FoundByVitest {
    const folder = join(this.#root, this.#setup.root)
    const seen = new Set<string>()
    const tests = [...below(folder, seen), ...(this.#isWithin ? [] : below(this.#elsewhere, seen))]
      .filter((path) => path.endsWith('.test.ts'))
      .sort()
    const read = keyFiles.map((file) => contentOf(join(this.#root, file)))
    const hangsOn = [read, this.#env, this.#setup, this.#isPlain ? 0 : this.#ticks]
    const inside = this.#isByName ? [] : tests.map(contentOf)
    return {
      kind: 'found',
      files: tests.map((path) => ({ path, project: JSON.stringify([hangsOn, inside]), pool: 'forks' })),
      projects: 1,
      leftAside: [],
      basis: {
        sources: ['packages/own/vitest.config.ts', 'shared/names.ts', 'vitest.config.ts'].map((file) =>
          join(this.#root, file),
        ),
        folders: [folder, ...(this.#isWithin ? [] : [this.#elsewhere])],
        isByName: this.#isByName,
      },
    }
  }

  /** What Vitest does follows from what the configuration says. */
  #writeConfig(): void {
    const lines = [
      `import { names } from './shared/names.ts'`,
      `import data from './data.json' with { type: 'json' }`,
      `export const told = { isByName: ${String(this.#isByName)}, isWithin: ${String(this.#isWithin)} }`,
      this.#isPlain ? '' : `export const now = Date.now()`,
    ]
    this.#write('vitest.config.ts', lines.join('\n'))
  }

  #write(file: string, text: string): void {
    mkdirSync(dirname(join(this.#root, file)), { recursive: true })
    writeFileSync(join(this.#root, file), text)
  }

  #append(file: string): void {
    mkdirSync(dirname(join(this.#root, file)), { recursive: true })
    appendFileSync(join(this.#root, file), `// ${String(this.#ticks)}\n`)
  }

  #link(file: string, to: string): void {
    if (!existsSync(join(this.#root, file))) {
      rmSync(join(this.#root, file), { force: true })
      symlinkSync(join(this.#elsewhere, to), join(this.#root, file))
    }
  }
}

/** Files whose content Vitest or Vite reads. */
const keyFiles = [
  ...[
    'vitest.config.ts',
    'shared/names.ts',
    'data.json',
    'package.json',
    'packages/own/package.json',
    'package-lock.json',
  ],
  ...[
    'packages/own/vitest.config.ts',
    'tsconfig.base.json',
    '.env.test',
    '../package.json',
    'node_modules/vitest/package.json',
  ],
  ...['node_modules/vite/package.json', 'node_modules/vitest/node_modules/vite/package.json'],
]
const optional: ReadonlySet<string> = new Set([
  '../package.json',
  'packages/own/package.json',
  '.env.test',
  'node_modules/vitest/node_modules/vite/package.json',
])

/** Every file below a folder, links followed, as Vitest's own search does. */
function below(folder: string, seen: Set<string>): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined || name === 'node_modules') return []
    if (!found.isDirectory()) return [path]
    if (seen.has(path)) return []
    seen.add(path)
    return below(path, seen)
  })
}

function namesOf({ files }: FoundByVitest): string {
  return files.map(({ path, project }) => `${path} (${project})`).join(', ')
}

function contentOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
