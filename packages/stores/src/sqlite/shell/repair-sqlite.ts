// The way out of a damaged database: everything that can still be read goes into a new file, and what cannot is named. The
// damaged file is only copied, never opened, so that nothing is made worse.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { MusterError } from '@muster/core'
import type { RepairReport } from '../repair-report.ts'
import { noDatabase, openDamaged } from './open-damaged.ts'
import { openDatabase, refuseFolder } from './open-database.ts'
import { raising } from './raise-failure.ts'
import { salvage } from './salvage.ts'
import { StoreTrouble } from './store-trouble.ts'

/**
 * Saves all that can be read of a database into the new file `into`. A journal is saved up to its first damaged row, since
 * the rows after a gap mean nothing without it; a run that ends early can be resumed from there. Where nothing can be saved,
 * because it is no database of Muster, it rejects and leaves no file behind.
 *
 * @example
 * ```ts
 * const { runs, lost } = await repairSqlite('.muster/muster.db', { into: '.muster/repaired.db' })
 * ```
 */
export async function repairSqlite(path: string, options: { readonly into: string }): Promise<RepairReport> {
  const from = { path: resolve(path), busyTimeoutMs: 5000 }
  const into = { path: resolve(options.into), busyTimeoutMs: 5000, maxBytes: Number.MAX_SAFE_INTEGER }
  const remedy = 'Name another file.'
  if (!existsSync(from.path)) {
    throw new MusterError('STORE_FAILED', { expected: `a database at ${from.path}`, got: 'no file', remedy })
  }
  if (existsSync(into.path)) {
    throw new MusterError('STORE_FAILED', { expected: `no file at ${into.path} yet`, got: 'one', remedy })
  }
  return raising('repair the database', into, () => {
    refuseFolder(from.path)
    const target = openDatabase(into)
    const folder = mkdtempSync(join(dirname(into.path), 'repair-'))
    let report: RepairReport | undefined
    try {
      report = { into: into.path, ...saveInto(target, from.path, folder) }
      if (isNothing(report)) throw new StoreTrouble(noDatabase(from.path))
      return report
    } finally {
      target.close()
      rmSync(folder, { recursive: true, force: true })
      if (report === undefined || isNothing(report)) removeDatabase(into.path)
    }
  })
}

function saveInto(target: DatabaseSync, from: string, folder: string): Omit<RepairReport, 'into'> {
  const damaged = openDamaged(from, folder)
  try {
    return salvage(damaged, target)
  } finally {
    damaged.database.close()
  }
}

/** Nothing was saved, and that is not because nothing was there. */
function isNothing({ runs, history, lost }: RepairReport): boolean {
  return runs.length === 0 && history === 0 && lost.length > 0
}

/** A new file in which nothing is would look like a repaired one. */
function removeDatabase(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
}
