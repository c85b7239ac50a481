// The way out of a damaged database: what can be read goes into a new file beside it, which is only left there where it is
// worth something.
import { existsSync, rmSync } from 'node:fs'
import { exitCodes, MusterError } from '@muster/core'
import { repairSqlite } from '@muster/stores/sqlite'
import { countText } from '../terminal/count-text.ts'
import type { KeptProject } from './open-project.ts'
import type { Output } from './output.ts'

/** Saves what can be read and says how to go on; throws where nothing could be saved. */
export async function repairHistory({ storePath }: KeptProject, output: Output): Promise<number> {
  const into = freePath(storePath.replace(/(\.db)?$/, '.repaired'))
  const { runs, history: records, lost } = await repairSqlite(storePath, { into })
  if (runs.length === 0 && records === 0) throw nothingSaved(storePath, into, lost)
  const rows = runs.reduce((sum, run) => sum + run.rows, 0)
  output.lines([
    `Saved ${countText(runs.length, 'run')} (${countText(rows, 'commit')}) and ${countText(records, 'history record')} into ${into}.`,
    ...(lost.length === 0 ? ['Nothing was lost.'] : ['Lost:', ...lost.map((sentence) => `  ${sentence}`)]),
    `To go on with it, put it in the place of ${storePath}, or name it with --store.`,
  ])
  return exitCodes.passed
}

/** A repair never overwrites an earlier one. */
function freePath(stem: string): string {
  for (let n = 1; ; n++) {
    const path = n === 1 ? `${stem}.db` : `${stem}-${String(n)}.db`
    if (!existsSync(path)) return path
  }
}

/** The new file is taken away: it would only pass for one in which something was saved. */
function nothingSaved(storePath: string, into: string, lost: readonly string[]): MusterError {
  for (const end of ['', '-wal', '-shm']) rmSync(into + end, { force: true })
  if (lost.length === 0) {
    return new MusterError('RUN_UNKNOWN', {
      expected: `runs in ${storePath}`,
      got: 'a sound database without any',
      remedy: 'There is nothing to repair; start a run with `muster run`.',
    })
  }
  return new MusterError('STORE_CORRUPT', {
    expected: `something in ${storePath} that can be saved`,
    got: `nothing; lost is ${lost.join('; ')}`,
    remedy: 'Put a copy of it in its place, name another with --store, or move it away: the next run makes a new one.',
  })
}
