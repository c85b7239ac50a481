// Finds what a task declares: files of the project that globs name. A whole project is walked only where a glob asks for it,
// and never what other tools keep there.
import { dirname, join } from 'node:path'
import picomatch from 'picomatch'
import { findFiles, type FoundFile } from './find-files.ts'

/** What is looked for in a project. */
export interface ProjectSearch {
  /** The project's root, real and absolute. */
  readonly root: string
  /** Relative to the root. */
  readonly globs: readonly string[]
  /** A folder that is not entered, absolute. */
  readonly leaveOut: string
  /** Asked for each file that fits. @defaultValue all are wanted */
  readonly isWanted?: ((path: string) => Promise<boolean>) | undefined
}

/** What was found in a project. */
export interface ProjectFiles {
  /** Each file once, under its name relative to the root. */
  readonly found: readonly FoundFile[]
  /** Links, sockets and devices that were left alone. */
  readonly skipped: number
  /** Whether a walk gave up before it had seen everything. */
  readonly isCut: boolean
}

/** Never entered by globs over a project. */
const neverEntered: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn'])

/** The files of a project that fit one of the globs. */
export async function findInProject({ root, globs, leaveOut, isWanted }: ProjectSearch): Promise<ProjectFiles> {
  const found = new Map<string, FoundFile>()
  let skipped = 0
  let isCut = false
  for (const [base, patterns] of byBase(globs)) {
    const matches = matcherOf(patterns)
    const under = base === '' ? '' : `${base}/`
    const search = await findFiles({
      from: join(root, base),
      accepts: (name) => matches(under + name),
      enters: (path, name) => path !== leaveOut && !neverEntered.has(name.split('/').at(-1) ?? ''),
    })
    skipped += search.skipped
    isCut ||= search.isCut
    for (const { name, path } of search.files) {
      if (isWanted === undefined || (await isWanted(path))) found.set(path, { name: under + name, path })
    }
  }
  return { found: [...found.values()], skipped, isCut }
}

/** Globs by the folder in which they begin, so that a whole project is walked only where one asks for it. */
function byBase(globs: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const bases = new Map<string, string[]>()
  for (const glob of globs) {
    const { base, glob: rest } = picomatch.scan(glob)
    // A glob without a wildcard is all base: its folder is where the walk begins.
    const folder = rest === '' ? dirname(base) : base
    const known = folder === '.' ? '' : folder
    bases.set(known, [...(bases.get(known) ?? []), glob])
  }
  return bases
}

/** Whether a name fits one of the globs. */
export function matcherOf(globs: readonly string[]): (name: string) => boolean {
  return picomatch([...globs], { dot: true })
}
