// Finds files below a folder without ever following a link: what a test leaves behind may point anywhere. The walk is
// bounded, since a test may also leave a million folders behind.
import { lstatSync } from 'node:fs'
import { opendir } from 'node:fs/promises'
import { join } from 'node:path'

/** Entries that are looked at in one walk at most. */
export const mostEntries = 100_000
/** Folders in one another at most. */
const deepest = 64

/** A file that was found. */
export interface FoundFile {
  /** Relative to where the walk began, with forward slashes. */
  readonly name: string
  readonly path: string
}

/** What a walk found. */
export interface FoundFiles {
  /** In a total order. */
  readonly files: readonly FoundFile[]
  /** Links, sockets and devices that were left alone. */
  readonly skipped: number
  /** The walk gave up before it had seen everything. */
  readonly isCut: boolean
}

/** What is looked for. */
export interface Search {
  readonly from: string
  readonly accepts?: ((name: string) => boolean) | undefined
  /** Whether a folder is entered at all. @defaultValue all */
  readonly enters?: ((path: string, name: string) => boolean) | undefined
}

/** Walks the tree below `from`; nothing is found where that is no folder. */
export async function findFiles({ from, accepts = () => true, enters = () => true }: Search): Promise<FoundFiles> {
  const files: FoundFile[] = []
  const folders: { readonly path: string; readonly name: string; readonly depth: number }[] = []
  if (lstatSync(from, { throwIfNoEntry: false })?.isDirectory() === true) {
    folders.push({ path: from, name: '', depth: 0 })
  }
  let seen = 0
  let skipped = 0
  for (let folder = folders.pop(); folder !== undefined && seen < mostEntries; folder = folders.pop()) {
    for await (const entry of await opendir(folder.path)) {
      if (++seen > mostEntries) break
      const name = folder.name === '' ? entry.name : `${folder.name}/${entry.name}`
      const path = join(folder.path, entry.name)
      if (entry.isDirectory()) {
        if (folder.depth < deepest && enters(path, name)) folders.push({ path, name, depth: folder.depth + 1 })
      } else if (!accepts(name)) continue
      else if (entry.isFile()) files.push({ name, path })
      else skipped++
    }
  }
  files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return { files, skipped, isCut: seen >= mostEntries }
}
