// Deletes what no kept run names. It may run beside runs that are going on: a run is in the store before it has a folder
// here, so folders are listed first; and an object that is taken away comes back where somebody names it meanwhile.
import { existsSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { folderName } from '../../artifacts/artifact-name.ts'
import { objectPath, referencePath } from './layout.ts'

/** A copy that was not finished is somebody's until it is this old, in milliseconds. */
const abandonedAfterMs = 24 * 60 * 60 * 1000

/** What is to be kept. */
export interface PruneRequest {
  /** The folder of artifacts, absolute. */
  readonly dir: string
  /** Ids of all runs that are kept, asked for once the folders of runs are known. */
  readonly runs: () => Promise<readonly string[]>
}

/** What went. */
export interface Pruned {
  readonly runs: number
  readonly objects: number
  readonly bytes: number
}

/**
 * Deletes the artifacts of runs that are no longer kept; contents that a kept run names as well stay.
 *
 * @example
 * ```ts
 * const runs = async () => (await store.listRuns()).map(({ run }) => run)
 * await pruneArtifacts({ dir: '/project/.muster/muster.artifacts', runs })
 * ```
 */
export async function pruneArtifacts({ dir, runs }: PruneRequest): Promise<Pruned> {
  const folders = await list(join(dir, 'runs'))
  if (folders.length === 0) return { runs: 0, objects: 0, bytes: 0 }
  const kept = new Set((await runs()).map(folderName))
  const gone = folders.filter((folder) => !kept.has(folder))
  const dropped = new Set<string>()
  for (const folder of gone) {
    const path = join(dir, 'runs', folder)
    for (const sha256 of await list(join(path, 'names'))) dropped.add(sha256)
    await rm(path, { recursive: true, force: true })
  }
  let objects = 0
  let bytes = 0
  for (const sha256 of dropped) {
    const freed = await dropObject(dir, sha256)
    if (freed === undefined) continue
    objects++
    bytes += freed
  }
  await dropAbandoned(join(dir, 'objects'))
  return { runs: gone.length, objects, bytes }
}

/** Bytes of the object, or nothing where a run names it. */
async function dropObject(dir: string, sha256: string): Promise<number | undefined> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined
  const object = objectPath(dir, sha256)
  if ((await isNamed(dir, sha256)) || !existsSync(object)) return undefined
  const { size } = await stat(object)
  const aside = join(dir, 'objects', `old-${sha256}`)
  await rename(object, aside)
  // Whoever named it before this found it in its place and will look for it there.
  if (await isNamed(dir, sha256)) {
    await rename(aside, object)
    return undefined
  }
  await rm(aside, { force: true })
  return size
}

async function isNamed(dir: string, sha256: string): Promise<boolean> {
  const runs = await list(join(dir, 'runs'))
  return runs.some((run) => existsSync(referencePath(join(dir, 'runs', run), sha256)))
}

async function dropAbandoned(objects: string): Promise<void> {
  for (const name of await list(objects)) {
    if (!name.startsWith('new-')) continue
    const path = join(objects, name)
    const status = await stat(path).catch(() => undefined)
    if (status !== undefined && Date.now() - status.mtimeMs > abandonedAfterMs) await rm(path, { force: true })
  }
}

async function list(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return []
    throw error
  }
}
