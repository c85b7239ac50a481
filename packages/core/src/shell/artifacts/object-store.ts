// Keeps every content once, under its hash. A file is read once: what was hashed is what was written, even where somebody
// still changes the original, and it is put in its place only when it is whole and on the disk.
import { createHash, randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, link, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { objectPath, referencePath } from './layout.ts'

const chunkBytes = 256 * 1024

/** A content that is kept. */
export interface KeptObject {
  readonly sha256: string
  readonly bytes: number
}

/** What became of a file that was to be kept. */
export type Keeping =
  | { readonly kind: 'kept'; readonly object: KeptObject }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'not-a-file' }
  /** A folder above it turned out to be a link that leads out of `within`. */
  | { readonly kind: 'outside' }

/** A file to keep. */
export interface ToKeep {
  readonly path: string
  /** Real folder that it must lie in. */
  readonly within: string
  readonly mostBytes: number
}

/** The objects of one folder of artifacts, on behalf of one run. */
export class ObjectStore {
  readonly #dir: string
  readonly #runDir: string

  constructor(dir: string, runDir: string) {
    this.#dir = dir
    this.#runDir = runDir
  }

  /** Keeps a file's content. Rejects where the disk does. */
  async keep({ path, within, mostBytes }: ToKeep): Promise<Keeping> {
    const parent = await realpath(dirname(path)).catch(() => undefined)
    if (parent === undefined) return { kind: 'not-a-file' }
    if (parent !== within && !parent.startsWith(within.endsWith(sep) ? within : within + sep))
      return { kind: 'outside' }
    const source = await openFile(path)
    if (source === undefined) return { kind: 'not-a-file' }
    try {
      const status = await source.stat()
      if (!status.isFile()) return { kind: 'not-a-file' }
      if (status.size > mostBytes) return { kind: 'too-large' }
      return await this.#copy(source, mostBytes)
    } finally {
      await source.close()
    }
  }

  /** Gives a kept content a readable name below `folder`; where the disk has no hard links it has none, and says so. */
  async name({ sha256 }: KeptObject, path: string): Promise<string> {
    const object = objectPath(this.#dir, sha256)
    try {
      await mkdir(dirname(path), { recursive: true })
      await link(object, path)
      return path
    } catch {
      return object
    }
  }

  async #copy(source: FileHandle, mostBytes: number): Promise<Keeping> {
    await mkdir(join(this.#dir, 'objects'), { recursive: true })
    const temporary = join(this.#dir, 'objects', `new-${randomBytes(9).toString('hex')}`)
    try {
      const object = await copyWhole(source, temporary, mostBytes)
      if (object === undefined) return { kind: 'too-large' }
      await this.#place(temporary, object)
      return { kind: 'kept', object }
    } finally {
      await rm(temporary, { force: true })
    }
  }

  /** First the mark, then the object: a pruning that runs beside this either sees the mark or is seen by the second look. */
  async #place(temporary: string, { sha256 }: KeptObject): Promise<void> {
    const mark = referencePath(this.#runDir, sha256)
    await mkdir(dirname(mark), { recursive: true })
    await writeFile(mark, '')
    const object = objectPath(this.#dir, sha256)
    if ((await stat(object).catch(() => undefined)) !== undefined) return
    await mkdir(dirname(object), { recursive: true })
    await rename(temporary, object)
  }
}

/** Not through a link, and not waiting for whoever writes into a pipe. */
async function openFile(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
    if (code === 'ELOOP' || code === 'ENXIO' || code === 'ENOENT' || code === 'EMLINK') return undefined
    throw error
  }
}

/** Nothing where the file grew past the limit while it was read. */
async function copyWhole(source: FileHandle, to: string, mostBytes: number): Promise<KeptObject | undefined> {
  const hash = createHash('sha256')
  const target = await open(to, 'wx', 0o444)
  let bytes = 0
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes)
    for (;;) {
      const { bytesRead } = await source.read(chunk, 0, chunkBytes, null)
      if (bytesRead === 0) break
      bytes += bytesRead
      if (bytes > mostBytes) return undefined
      const part = chunk.subarray(0, bytesRead)
      hash.update(part)
      await target.writeFile(part)
    }
    await target.datasync()
  } finally {
    await target.close()
  }
  return { sha256: hash.digest('hex'), bytes }
}
