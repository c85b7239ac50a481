// A journal against the simplest model of one: a list of rows. Owners come and go as they do in life, the store is closed,
// opened again, or killed where it stands.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { JournalRow, JournalWriter, Store } from '@muster/core'
import { checkSqlite } from './check-sqlite.ts'
import { SqliteStore } from './sqlite.ts'
import { StoreThread } from './store-thread.ts'

const folder = mkdtempSync(join(tmpdir(), 'muster-law-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Step =
  | { readonly kind: 'append'; readonly texts: readonly string[] }
  | { readonly kind: 'append-and-kill'; readonly texts: readonly string[] }
  | { readonly kind: 'take-over' | 'close-journal' | 'reopen' | 'read' }

const texts = fc.array(
  fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.nat(30_000).map((length) => 'x'.repeat(length)),
  ),
  { minLength: 1, maxLength: 12 },
)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: texts.map((texts): Step => ({ kind: 'append', texts })) },
  { weight: 1, arbitrary: texts.map((texts): Step => ({ kind: 'append-and-kill', texts })) },
  fc.constantFrom<Step>({ kind: 'take-over' }, { kind: 'close-journal' }, { kind: 'reopen' }, { kind: 'read' }),
)

test('what is read is what was appended, in order, up to the last row that was acknowledged or a few rows on', async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
    const life = new Life(join(mkdtempSync(join(folder, 'case-')), 'muster.db'))
    await life.begin()
    for (const each of steps) await life.take(each)
    await life.end()
  })
  await fc.assert(property, { numRuns: 15 })
})

/** One file, its owners one after another, and the rows that it must hold. */
class Life {
  readonly #path: string
  readonly #rows: JournalRow[] = []
  #open: { readonly store: Store; readonly thread: StoreThread }
  #writer: JournalWriter | undefined
  #epoch = 0

  constructor(path: string) {
    this.#path = path
    this.#open = openStore(path)
  }

  async begin(): Promise<void> {
    await this.#open.store.createRun({ run: 'r', name: 'law', createdAtWallMs: 0 })
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'append':
        await Promise.all(this.#append(await this.#owner(), step.texts))
        return
      case 'append-and-kill':
        await this.#kill(this.#append(await this.#owner(), step.texts))
        return
      case 'take-over':
        await this.#own()
        return
      case 'close-journal':
        await this.#writer?.close()
        this.#writer = undefined
        return
      case 'reopen':
        await this.#open.store.close()
        this.#writer = undefined
        this.#open = openStore(this.#path)
        return
      case 'read':
        expect(await this.#read()).toEqual(this.#rows)
    }
  }

  async end(): Promise<void> {
    expect(await this.#read()).toEqual(this.#rows)
    await this.#open.store.close()
    expect(await checkSqlite(this.#path)).toMatchObject({ isSound: true })
  }

  async #owner(): Promise<JournalWriter> {
    return this.#writer ?? (await this.#own())
  }

  async #own(): Promise<JournalWriter> {
    const former = this.#writer
    const writer = await this.#open.store.openJournal({ run: 'r', owner: 'law', leaseMs: 60_000, takeOver: true })
    this.#writer = writer
    this.#epoch += 1
    expect([writer.epoch, writer.lastSeq]).toEqual([this.#epoch, this.#rows.length])
    const stale = former?.append({ seq: this.#rows.length + 1, bytes: 'stale' })
    if (stale !== undefined) await expect(stale).rejects.toMatchObject({ code: 'RUN_TAKEN_OVER' })
    return writer
  }

  #append(writer: JournalWriter, texts: readonly string[]): readonly Promise<void>[] {
    return texts.map((bytes) => {
      const seq = this.#rows.length + 1
      this.#rows.push({ seq, epoch: writer.epoch, bytes })
      return writer.append({ seq, bytes })
    })
  }

  /** Kills the store once the first of some appends is acknowledged; the others may be stored or not. */
  async #kill(appends: readonly Promise<void>[]): Promise<void> {
    const before = this.#rows.length - appends.length
    const settled = Promise.allSettled(appends)
    await appends[0]
    await this.#open.thread.kill()
    const acknowledged = (await settled).filter(({ status }) => status === 'fulfilled').length
    this.#open = openStore(this.#path)
    this.#writer = undefined
    const found = (await this.#open.store.findRun('r'))?.rows ?? 0
    expect(found).toBeGreaterThanOrEqual(before + acknowledged)
    this.#rows.length = Math.min(found, this.#rows.length)
  }

  async #read(): Promise<readonly JournalRow[]> {
    const rows: JournalRow[] = []
    for await (const batch of this.#open.store.readJournal('r')) rows.push(...batch)
    return rows
  }
}

function openStore(path: string): { readonly store: Store; readonly thread: StoreThread } {
  const settings = { path, busyTimeoutMs: 5000, maxBytes: Number.MAX_SAFE_INTEGER }
  const thread = new StoreThread(settings)
  return { store: new SqliteStore(settings, thread), thread }
}
