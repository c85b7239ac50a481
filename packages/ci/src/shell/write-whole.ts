// Writes a file whole or not at all: a CI service that looks while it is written, or a disk that fills up, must not find half
// a report that reads as a small one.
import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { makeFolder } from './make-folder.ts'

/** Writes `text` beside `path`, makes it durable, and moves it there. Creates folders. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path))
  const temporary = beside(path, 'tmp')
  try {
    const file = await open(temporary, 'w')
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Rejects as {@link writeWhole} would, as far as that can be known before; what stands at `path` stays as it is. */
export async function tryToWrite(path: string): Promise<void> {
  await makeFolder(dirname(path))
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory() === true) throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' })
  const trial = beside(path, 'trial')
  await (await open(trial, 'w')).close()
  await rm(trial, { force: true })
}

/** A file in the same folder, so that it can be moved without being copied. */
function beside(path: string, ending: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 100)}.${process.pid}.${ending}`)
}
