import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from 'vitest'
import type { JournalRow, Store } from '@muster/core'
import { schemaSteps, schemaVersion } from '../schema-steps.ts'
import { checkSqlite } from './check-sqlite.ts'
import { repairSqlite } from './repair-sqlite.ts'
import { sqlite, SqliteStore } from './sqlite.ts'
import { StoreThread } from './store-thread.ts'

const folder = mkdtempSync(join(tmpdir(), 'muster-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const newFolder = (): string => mkdtempSync(join(folder, 'case-'))
const newPath = (): string => join(newFolder(), 'muster.db')
const request = { run: 'r', owner: 'test', leaseMs: 60_000 }
const aRun = { run: 'r', name: 'demo', createdAtWallMs: 1 }

/** The matcher, without the `any` that its own type is. */
const containing = (text: string): unknown => expect.stringContaining(text)

async function readAll(store: Store, run: string = 'r'): Promise<readonly JournalRow[]> {
  const rows: JournalRow[] = []
  for await (const batch of store.readJournal(run)) rows.push(...batch)
  return rows
}

/** A database with one finished run of `rows` rows of about 1 KB, with details and history. */
async function filled(rows: number): Promise<string> {
  const path = newPath()
  const store = sqlite(path)
  await store.createRun(aRun)
  const writer = await store.openJournal(request)
  const appended: Promise<void>[] = []
  for (let seq = 1; seq <= rows; seq++) {
    const details = [{ name: `d${String(seq).padStart(4, '0')}`, text: `details of ${seq}` }]
    appended.push(writer.append({ seq, bytes: `row ${seq} ${'x'.repeat(1000)}`, details }))
  }
  await Promise.all(appended)
  await store.foldHistory('r', [{ key: 'k', text: 'v' }])
  await store.close()
  return path
}

/** Overwrites each place where `text` is found in a file. */
function overwrite(path: string, text: string, by: string): number {
  const bytes = readFileSync(path)
  let found = 0
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
    bytes.write(by, at)
    found += 1
  }
  writeFileSync(path, bytes)
  return found
}

// Opening.

test('reading makes no file; the first write makes it with its folder', async () => {
  const parent = join(newFolder(), 'a folder', 'näther 😀')
  const path = join(parent, 'muster.db')
  const store = sqlite(path)
  expect([await store.listRuns(), await store.findRun('r'), await store.readHistory(['k'])]).toEqual([
    [],
    undefined,
    [],
  ])
  expect(existsSync(parent)).toBe(false)
  await store.createRun(aRun)
  expect(existsSync(path)).toBe(true)
  await store.close()
  // All is in the one file again.
  expect(readdirSync(parent)).toEqual(['muster.db'])
})

test('a store that was never used closes and leaves nothing', async () => {
  const path = newPath()
  await sqlite({ path }).close()
  expect(existsSync(path)).toBe(false)
})

test.each([
  [{ path: '' }, 'path'],
  [{ path: ':memory:' }, 'memoryStore'],
  [{ path: 'a\0b' }, 'zero'],
  [{ path: 'x', busyTimeoutMs: Number.NaN }, 'busyTimeoutMs'],
  [{ path: 'x', maxBytes: -1 }, 'maxBytes'],
  [{ path: 'x', colour: 'red' }, 'colour'],
])('options %j are refused by name', (options, name) => {
  expect(() => sqlite(options)).toThrow(name)
})

test('a file that is no database is refused and left as it is', async () => {
  const path = newPath()
  writeFileSync(path, 'not a database, but long enough to be looked at '.repeat(100))
  const before = readFileSync(path)
  const store = sqlite(path)
  await expect(store.listRuns()).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
  await expect(store.createRun(aRun)).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
  await store.close()
  expect(readFileSync(path).equals(before)).toBe(true)
  expect(await checkSqlite(path)).toMatchObject({ isSound: false, version: undefined })
})

test('the database of another program is refused and left as it is', async () => {
  const path = newPath()
  const other = new DatabaseSync(path)
  other.exec('CREATE TABLE bookmarks (url TEXT)')
  other.close()
  const before = readFileSync(path)
  const store = sqlite(path)
  await expect(store.createRun(aRun)).rejects.toMatchObject({
    code: 'STORE_FAILED',
    got: containing('another'),
  })
  await expect(store.listRuns()).rejects.toMatchObject({ code: 'STORE_FAILED' })
  await store.close()
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('a database of a newer version is refused and left as it is', async () => {
  const path = await filled(3)
  const newer = new DatabaseSync(path)
  newer.exec(`PRAGMA journal_mode = DELETE; PRAGMA user_version = ${schemaVersion + 1}`)
  newer.close()
  const before = readFileSync(path)
  const beside = readdirSync(join(path, '..'))
  const store = sqlite(path)
  const expected = { code: 'STORE_TOO_NEW', got: `version ${schemaVersion + 1}` }
  await expect(store.createRun(aRun)).rejects.toMatchObject(expected)
  await expect(store.listRuns()).rejects.toMatchObject(expected)
  await store.close()
  await expect(checkSqlite(path)).rejects.toMatchObject(expected)
  expect(readFileSync(path).equals(before)).toBe(true)
  expect(readdirSync(join(path, '..'))).toEqual(beside)
})

test('a folder in the place of the file is refused', async () => {
  const path = newPath()
  mkdirSync(path)
  const store = sqlite(path)
  const refusal = { code: 'STORE_FAILED', got: 'a folder', remedy: containing(join(path, 'muster.db')) }
  await expect(store.createRun(aRun)).rejects.toMatchObject(refusal)
  await expect(store.listRuns()).rejects.toMatchObject(refusal)
  await expect(checkSqlite(path)).rejects.toMatchObject(refusal)
  await store.close()
})

test.each(schemaSteps.slice(0, -1))(
  'a database of version $version opens with all that is in it',
  async ({ version }) => {
    const path = newPath()
    const old = new DatabaseSync(path)
    old.exec('PRAGMA journal_mode = WAL')
    for (const { sql } of schemaSteps.slice(0, version)) old.exec(sql)
    old.exec(`PRAGMA user_version = ${version};
    INSERT INTO runs (key, run, name, created_at_wall_ms, status, epoch) VALUES (4, 'r', 'old', 1, 'interrupted', 2);
    INSERT INTO journal (position, epoch, bytes) VALUES (${4 * 2 ** 32 + 1}, 1, 'one'), (${4 * 2 ** 32 + 2}, 2, 'zwö 😀');
    INSERT INTO details (run, name, text) VALUES (4, 'd', 'détails 😀');`)
    if (version >= 2) old.exec("INSERT INTO history VALUES ('k', 'v'); INSERT INTO folded VALUES ('r')")
    old.close()
    const store = sqlite(path)
    // Reading alone brings it up to date.
    expect(await store.findRun('r')).toEqual({ ...aRun, name: 'old', status: 'interrupted', epoch: 2, rows: 2 })
    expect((await readAll(store)).map(({ bytes }) => bytes)).toEqual(['one', 'zwö 😀'])
    expect(await store.readDetails('r', 'd')).toBe('détails 😀')
    expect(await store.readHistory({ prefix: '' })).toEqual(version >= 2 ? [{ key: 'k', text: 'v' }] : [])
    expect(await store.foldHistory('r', [])).toBe(version < 2)
    const writer = await store.openJournal(request)
    expect([writer.epoch, writer.lastSeq]).toEqual([3, 2])
    await writer.append({ seq: 3, bytes: 'three', details: [{ name: 'd', text: 'never' }] })
    await store.close()
    expect(await checkSqlite(path)).toEqual({ isSound: true, version: schemaVersion, problems: [] })
  },
)

test('two stores that open a new file at once both find it whole', async () => {
  const path = newPath()
  const stores = Array.from({ length: 4 }, () => sqlite(path))
  await Promise.all(stores.map((store, index) => store.createRun({ ...aRun, run: `r${index}` })))
  expect((await stores[0]?.listRuns())?.length).toBe(4)
  await Promise.all(stores.map((store) => store.close()))
})

// Trouble while it is used.

test('a database that another program holds is locked, and free once that lets go', async () => {
  const path = await filled(1)
  const holder = new DatabaseSync(path)
  holder.exec('BEGIN IMMEDIATE')
  const store = sqlite({ path, busyTimeoutMs: 20 })
  await expect(store.createRun({ ...aRun, run: 's' })).rejects.toMatchObject({ code: 'STORE_LOCKED' })
  // Reading waits for nobody.
  expect((await readAll(store)).length).toBe(1)
  holder.exec('ROLLBACK')
  await store.createRun({ ...aRun, run: 's' })
  holder.close()
  await store.close()
})

test('after an append that failed its writer takes nothing more, and the next owner goes on', async () => {
  const path = await filled(1)
  const holder = new DatabaseSync(path)
  const store = sqlite({ path, busyTimeoutMs: 20 })
  const writer = await store.openJournal(request)
  await writer.append({ seq: 2, bytes: 'two' })
  holder.exec('BEGIN IMMEDIATE')
  const answers = await Promise.allSettled([3, 4, 5].map((seq) => writer.append({ seq, bytes: 'lost' })))
  holder.exec('ROLLBACK')
  holder.close()
  const locked: unknown = expect.objectContaining({ code: 'STORE_LOCKED' })
  expect(answers).toEqual(answers.map(() => ({ status: 'rejected', reason: locked })))
  await expect(writer.append({ seq: 3, bytes: 'late' })).rejects.toMatchObject({ code: 'STORE_LOCKED' })
  await expect(writer.heartbeat()).rejects.toMatchObject({ code: 'STORE_LOCKED' })
  await writer.close()
  const next = await store.openJournal(request)
  expect(next.lastSeq).toBe(2)
  await next.append({ seq: 3, bytes: 'three' })
  expect((await readAll(store)).at(-1)?.bytes).toBe('three')
  await store.close()
})

test('a full database says so, keeps what it acknowledged, and stays sound', async () => {
  const path = newPath()
  const store = sqlite({ path, maxBytes: 1 << 18 })
  await store.createRun(aRun)
  const writer = await store.openJournal(request)
  const appended = Array.from({ length: 100 }, (_, index) =>
    writer.append({ seq: index + 1, bytes: String(index).padEnd(9000, 'x') }),
  )
  // What goes into one transaction is refused as a whole.
  const together = await Promise.allSettled(appended)
  expect(together.map(({ status }) => status)).toEqual(together.map(() => 'rejected'))
  await writer.close()
  const next = await store.openJournal(request)
  let kept = next.lastSeq
  let refusal: unknown
  while (refusal === undefined) {
    try {
      await next.append({ seq: kept + 1, bytes: 'y'.repeat(9000) })
      kept += 1
    } catch (error) {
      refusal = error
    }
  }
  expect(refusal).toMatchObject({ code: 'STORE_FULL', expected: containing(path) })
  expect(kept).toBeGreaterThan(5)
  expect((await readAll(store)).length).toBe(kept)
  await store.close()
  expect((await checkSqlite(path)).isSound).toBe(true)
})

test.runIf(process.platform !== 'win32')(
  'a file that is deleted while a run is kept in it is missed by name',
  async () => {
    const path = join(mkdtempSync(join(folder, 'lost-')), 'muster.db')
    const store = sqlite(path)
    await store.createRun({ run: 'r', name: 'lost', createdAtWallMs: 1 })
    const writer = await store.openJournal(request)
    await writer.append({ seq: 1, bytes: '[]' })
    await writer.heartbeat()
    rmSync(dirname(path), { recursive: true })
    await expect(writer.heartbeat()).rejects.toMatchObject({ code: 'STORE_LOST' })
    await expect(store.foldHistory('r', [])).rejects.toMatchObject({ code: 'STORE_LOST' })
    // Another one in its place does not hold the run either.
    const other = sqlite(path)
    await other.createRun({ run: 'other', name: 'other', createdAtWallMs: 1 })
    await expect(writer.heartbeat()).rejects.toMatchObject({ code: 'STORE_LOST' })
    await expect(writer.close()).rejects.toMatchObject({ code: 'STORE_LOST' })
    await Promise.all([store.close(), other.close()])
  },
)

test('an owner that died within our own process is outlived once its lease is over', async () => {
  const path = newPath()
  const settings = { path, busyTimeoutMs: 1000, maxBytes: Number.MAX_SAFE_INTEGER }
  const thread = new StoreThread(settings)
  const dying = new SqliteStore(settings, thread)
  await dying.createRun(aRun)
  const writer = await dying.openJournal({ ...request, leaseMs: 40 })
  await thread.kill()
  await expect(writer.append({ seq: 1, bytes: '' })).rejects.toMatchObject({ code: 'STORE_FAILED' })
  const store = sqlite(path)
  let epoch = 0
  while (epoch === 0) {
    await store.openJournal(request).then(
      (next) => (epoch = next.epoch),
      (error: unknown) => expect(error).toMatchObject({ code: 'RUN_OWNED' }),
    )
  }
  expect(epoch).toBe(2)
  await store.close()
})

// Damage.

test('a changed byte in a row is found by its checksum, when read and when checked', async () => {
  const path = await filled(50)
  expect(overwrite(path, 'row 20 x', 'row 20 y')).toBe(1)
  const store = sqlite(path)
  await expect(readAll(store)).rejects.toMatchObject({
    code: 'STORE_CORRUPT',
    expected: containing('row 20'),
  })
  await store.close()
  const check = await checkSqlite(path)
  expect(check).toEqual({ isSound: false, version: schemaVersion, problems: [containing('row 20')] })
  const into = newPath()
  const report = await repairSqlite(path, { into })
  expect(report).toEqual({
    into,
    runs: [{ run: 'r', rows: 19, lostRows: 31, details: 50 }],
    history: 1,
    lost: [containing('31 rows after row 19')],
  })
  await expectResumable(into, 19)
})

test('changed details are found by their checksum and left out of a repair', async () => {
  const path = await filled(3)
  expect(overwrite(path, 'details of 2', 'Details of 2')).toBe(1)
  const store = sqlite(path)
  await expect(store.readDetails('r', 'd0002')).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
  expect(await store.readDetails('r', 'd0003')).toBe('details of 3')
  await store.close()
  expect((await checkSqlite(path)).problems).toEqual([containing('d0002')])
  const { runs, lost } = await repairSqlite(path, { into: newPath() })
  expect(runs).toEqual([{ run: 'r', rows: 3, lostRows: 0, details: 2 }])
  expect(lost).toEqual(['run r: some of its details'])
})

test('a sound database is repaired into one that is the same', async () => {
  const path = await filled(30)
  const into = newPath()
  const { lost, runs } = await repairSqlite(path, { into })
  expect([lost, runs]).toEqual([[], [{ run: 'r', rows: 30, lostRows: 0, details: 30 }]])
  const [one, other] = [sqlite(path), sqlite(into)]
  expect(await readAll(other)).toEqual(await readAll(one))
  expect(await other.listRuns()).toEqual(await one.listRuns())
  expect(await other.foldHistory('r', [])).toBe(false)
  await Promise.all([one.close(), other.close()])
})

test.each([
  ['its first page is destroyed', (bytes: Buffer) => bytes.fill(0, 0, 4096)],
  ['its end is cut off', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.6))],
  ['a page in the middle is destroyed', (bytes: Buffer) => bytes.fill(0xff, 4096 * 20, 4096 * 21)],
])('when %s, what is left is saved and the damaged file stays as it is', async (_, damage) => {
  const path = await filled(200)
  writeFileSync(path, damage(readFileSync(path)))
  const before = readFileSync(path)
  const store = sqlite(path)
  const readsAll = store.listRuns().then(() => readAll(store))
  await expect(readsAll).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
  await store.close()
  expect((await checkSqlite(path)).isSound).toBe(false)
  const copy = newPath()
  copyFileSync(path, copy)
  const into = newPath()
  const { runs } = await repairSqlite(copy, { into })
  expect(runs[0]?.rows).toBeGreaterThan(0)
  expect(readFileSync(copy).equals(before)).toBe(true)
  await expectResumable(into, runs[0]?.rows ?? -1)
})

test.each([
  ['no database at all', 'nothing of a database '.repeat(10)],
  ['no database, and longer than a page', 'nothing of a database '.repeat(1000)],
  ['an empty file', ''],
])('a repair of %s is refused, and leaves no new file', async (_, text) => {
  const path = newPath()
  writeFileSync(path, text)
  const into = newPath()
  await expect(repairSqlite(path, { into })).rejects.toMatchObject({
    code: 'STORE_CORRUPT',
    expected: containing(path),
    remedy: containing('another file'),
  })
  expect(readdirSync(join(into, '..'))).toEqual([])
  expect(readFileSync(path, 'utf8')).toBe(text)
})

test("a repair of another program's database, or of a folder, is refused", async () => {
  const path = newPath()
  const other = new DatabaseSync(path)
  other.exec(`CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('a'), ('b')`)
  other.close()
  const into = newPath()
  await expect(repairSqlite(path, { into })).rejects.toMatchObject({ code: 'STORE_FAILED', got: containing('another') })
  const folder = newPath()
  mkdirSync(folder)
  await expect(repairSqlite(folder, { into })).rejects.toMatchObject({ code: 'STORE_FAILED', got: 'a folder' })
  expect(existsSync(into)).toBe(false)
})

test('a database whose mark is destroyed is repaired all the same, and an empty one is no damage', async () => {
  const path = await filled(5)
  const bytes = readFileSync(path)
  bytes.writeUInt32BE(0x12345678, 68)
  writeFileSync(path, bytes)
  expect((await repairSqlite(path, { into: newPath() })).runs[0]?.rows).toBe(5)
  const empty = newPath()
  const store = sqlite(empty)
  await store.deleteRuns(['none'])
  await store.close()
  expect(await repairSqlite(empty, { into: newPath() })).toMatchObject({ runs: [], history: 0, lost: [] })
})

test('a repair overwrites nothing', async () => {
  const path = await filled(1)
  await expect(repairSqlite(path, { into: path })).rejects.toMatchObject({ code: 'STORE_FAILED' })
  await expect(repairSqlite(newPath(), { into: newPath() })).rejects.toMatchObject({ code: 'STORE_FAILED' })
})

async function expectResumable(path: string, rows: number): Promise<void> {
  expect(await checkSqlite(path)).toEqual({ isSound: true, version: schemaVersion, problems: [] })
  const store = sqlite(path)
  const texts = (await readAll(store)).map(({ bytes }) => bytes.slice(0, bytes.indexOf(' x')))
  expect(texts).toEqual(Array.from({ length: rows }, (_, index) => `row ${index + 1}`))
  const run = (await store.listRuns())[0]?.run ?? 'none'
  const writer = await store.openJournal({ ...request, run })
  await writer.append({ seq: rows + 1, bytes: 'more' })
  await store.close()
}

test('a folder that nobody can make is named with the remedy, and nothing hangs', async () => {
  const store = sqlite('/proc/no-such/deeper/muster.db')
  await expect(store.createRun(aRun)).rejects.toMatchObject({
    code: 'STORE_FAILED',
    expected: containing('/proc/no-such'),
    remedy: 'Choose another file with --store.',
  })
  await store.close()
})
