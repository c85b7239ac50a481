// A folder of its own on the project's disk: a temporary folder may be memory, which syncs for nothing.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Makes a folder, lets `use` have it, and removes it whatever happens. */
export async function inBenchFolder<Value>(name: string, use: (folder: string) => Promise<Value>): Promise<Value> {
  const parent = join(import.meta.dirname, '..', '..', '.muster')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, `${name}-`))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
