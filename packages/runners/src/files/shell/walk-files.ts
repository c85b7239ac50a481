// Lists the files below a folder. It follows no links, so that it always ends, and never enters `node_modules` or the
// folders of version control, whose tests are not the project's.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const skipped: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn', '.muster'])

/** Files below `root` that `accepts` takes, relative and with forward slashes, in a total order. */
export function walkFiles(root: string, accepts: (file: string) => boolean): readonly string[] {
  const found: string[] = []
  const folders = ['']
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) folders.push(path)
      } else if (accepts(path)) found.push(path)
    }
  }
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}
