// Whether databases of every earlier schema version open with all that is in them, and one of a newer version is refused
// with what to do and left as it is. Each is made as its version made it: by the steps that led to it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isMusterError } from '@muster/core'
import { checkSqlite, schemaSteps, schemaVersion, sqlite } from '@muster/stores/sqlite'
import { type Bench } from '../bench.ts'

export const bench: Bench = {
  name: 'upgrade',
  summary: 'databases of each schema version, the newer included: opened whole, or refused with what to do',
  figures: { versions: 'schema versions tried', right: 'those that opened whole, or were refused as they should be' },
  faults: { 'lost-row': 'takes a row out of each database before it is opened' },
  run: async ({ plant, progress }) => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-upgrade-'))
    const wrong: string[] = []
    const versions = schemaVersion + 1
    try {
      for (let version = 1; version <= versions; version++) {
        const path = join(folder, `version-${version}.db`)
        writeDatabase(path, version, plant === 'lost-row')
        const problem = version > schemaVersion ? await refused(path) : await openedWhole(path, version)
        progress(`version ${version}: ${problem ?? 'right'}`)
        if (problem !== undefined) wrong.push(`version ${version}: ${problem}`)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    return { figures: { versions, right: versions - wrong.length }, notes: wrong }
  },
}

const rows = 300
const runKey = 3
const rowText = (seq: number): string => `{"seq":${seq},"text":"ünïcode 😀 ${'x'.repeat(seq % 50)}"}`
const isDetailed = (seq: number): boolean => seq % 10 === 0

function writeDatabase(path: string, version: number, isRowLost: boolean): void {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL; BEGIN')
  for (const { sql } of schemaSteps.slice(0, version)) database.exec(sql)
  database.exec(`PRAGMA user_version = ${version}`)
  database
    .prepare('INSERT INTO runs (key, run, name, created_at_wall_ms, status, epoch) VALUES (?, ?, ?, ?, ?, ?)')
    .run(runKey, 'old', 'suite', 1_700_000_000_000, 'interrupted', 2)
  const append = database.prepare('INSERT INTO journal (position, epoch, bytes) VALUES (?, ?, ?)')
  const columns = version >= 3 ? 'name, bytes, run, encoding' : 'name, text, run'
  const values = version >= 3 ? '?, CAST(? AS BLOB), ?, 0' : '?, ?, ?'
  const keep = database.prepare(`INSERT INTO details (${columns}) VALUES (${values})`)
  for (let seq = 1; seq <= rows; seq++) {
    append.run(runKey * 2 ** 32 + seq, seq <= 200 ? 1 : 2, rowText(seq))
    if (isDetailed(seq)) keep.run(`details ${seq}`, rowText(seq), runKey)
  }
  if (version >= 2) {
    database.exec("INSERT INTO history VALUES ('test/a', 'remembered'); INSERT INTO folded VALUES ('folded before')")
  }
  if (isRowLost) database.prepare('DELETE FROM journal WHERE position = ?').run(runKey * 2 ** 32 + 100)
  database.exec('COMMIT')
  database.close()
}

/** Says what is not as it was written, or nothing. */
async function openedWhole(path: string, version: number): Promise<string | undefined> {
  const store = sqlite(path)
  try {
    const run = await store.findRun('old')
    const isKnown = run?.status === 'interrupted' && run.epoch === 2 && run.rows === rows && run.name === 'suite'
    if (!isKnown) return `the run is not as it was: ${JSON.stringify(run)}`
    let next = 1
    for await (const batch of store.readJournal('old')) {
      for (const { seq, epoch, bytes } of batch) {
        const isSame = seq === next && epoch === (seq <= 200 ? 1 : 2) && bytes === rowText(seq)
        if (!isSame) return `row ${next} is not as it was`
        next += 1
      }
    }
    if (next !== rows + 1) return `expected ${rows} rows, got ${next - 1}`
    for (let seq = 10; seq <= rows; seq += 10) {
      if ((await store.readDetails('old', `details ${seq}`)) !== rowText(seq))
        return `details ${seq} are not as they were`
    }
    const history = await store.readHistory({ prefix: 'test/' })
    if (version >= 2 && history[0]?.text !== 'remembered') return 'the history is not as it was'
    if (version >= 2 && (await store.foldHistory('folded before', []))) return 'a run is folded in twice'
    const writer = await store.openJournal({ run: 'old', owner: 'bench', leaseMs: 60_000 })
    if (writer.epoch !== 3 || writer.lastSeq !== rows) return `resumed at row ${writer.lastSeq}, epoch ${writer.epoch}`
    await writer.append({ seq: rows + 1, bytes: 'appended', details: [{ name: 'new', text: 'details' }] })
    await writer.close()
    if ((await store.readDetails('old', 'new')) !== 'details') return 'new details are lost'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await store.close()
  }
  const { isSound, problems } = await checkSqlite(path)
  return isSound ? undefined : problems.join('; ')
}

async function refused(path: string): Promise<string | undefined> {
  const before = readFileSync(path)
  const store = sqlite(path)
  try {
    await store.createRun({ run: 'new', name: 'suite', createdAtWallMs: 0 })
    return 'opened although it is newer'
  } catch (error) {
    if (!isMusterError(error) || error.code !== 'STORE_TOO_NEW') return `refused with ${String(error)}`
    if (!readFileSync(path).equals(before)) return 'refused, but changed'
    return error.remedy.includes('version') ? undefined : `refused without a remedy: ${error.message}`
  } finally {
    await store.close()
  }
}
