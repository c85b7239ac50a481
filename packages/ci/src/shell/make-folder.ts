// Makes a folder, one step at a time from the nearest that is there: asked to make all of them at once, Node tries for ever
// where a file system lets nobody make any, as below /proc.
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes `folder` and those above it. Rejects with what the system says of the first that cannot be made. */
export async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = []
  for (let at = folder; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at)
  for (const each of missing) {
    try {
      await mkdir(each)
    } catch (error) {
      // Somebody else may have made it in the meantime.
      if (!existsSync(each)) throw error
    }
  }
}
