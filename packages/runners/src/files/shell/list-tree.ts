// What lies below a folder, by name: enough to know that a search by name would find the same again. Nothing is read but
// folders, and none that a search for tests never enters.
import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const skipped: ReadonlySet<string> = new Set(['node_modules', '.git', '.muster'])

/** What was listed. */
export interface Tree {
  /** The same for two listings of the same names and kinds alone. */
  readonly hash: string
  /** Some link leads to a folder, into which others may go. */
  readonly hasLinkedFolders: boolean
  /** Files whose name `isNoted` takes, relative and with forward slashes. */
  readonly noted: readonly string[]
}

/** Lists what is below `folder`; links are followed to see what they are, and no further. */
export function listTree(folder: string, isNoted: (name: string) => boolean): Tree {
  const hash = createHash('sha256')
  const noted: string[] = []
  let hasLinkedFolders = false
  const folders = ['']
  for (let within = folders.pop(); within !== undefined; within = folders.pop()) {
    const lines: string[] = []
    const inside: string[] = []
    for (const entry of readdirSync(join(folder, within), { withFileTypes: true })) {
      const { name } = entry
      const path = within === '' ? name : `${within}/${name}`
      if (entry.isDirectory()) {
        if (skipped.has(name)) continue
        inside.push(path)
        lines.push(`d${path}`)
      } else if (entry.isSymbolicLink()) {
        const kind = kindBehind(join(folder, path))
        hasLinkedFolders ||= kind === 'folder' && !skipped.has(name)
        if (kind === 'file' && isNoted(name)) noted.push(path)
        lines.push(`l${kind} ${path}`)
      } else {
        if (isNoted(name)) noted.push(path)
        lines.push(`f${path}`)
      }
    }
    // A folder gives its names in any order; the hash is to be of the names.
    hash.update(lines.sort().join('\0')).update('\0\0')
    folders.push(...inside.sort())
  }
  return { hash: hash.digest('hex'), hasLinkedFolders, noted: noted.sort() }
}

function kindBehind(path: string): 'file' | 'folder' | 'nothing' {
  // A link that leads nowhere, or in a circle, is nothing.
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file'
  } catch {
    return 'nothing'
  }
}
