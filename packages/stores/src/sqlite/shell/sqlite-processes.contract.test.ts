// The promises that only real processes can break: some are killed, some look dead, several write at once.
import { execFileSync, spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { JournalRow, Store } from '@muster/core'
import { checkSqlite } from './check-sqlite.ts'
import { sqlite } from './sqlite.ts'
import { rowText } from './fixtures/row-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'muster processes-'))
const children = new Set<ChildProcessByStdio<null, Readable, null>>()
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const newPath = (): string => join(mkdtempSync(join(folder, 'case-')), 'muster.db')

interface Appender {
  readonly child: ChildProcessByStdio<null, Readable, null>
  /** Lines it has said. */
  readonly said: string[]
  /** Resolves once it has said a line that starts so, or has ended. */
  readonly until: (start: string) => Promise<void>
  readonly ended: Promise<unknown>
}

function appender(
  order: Readonly<Record<string, unknown>>,
  as: { readonly uid?: number; readonly gid?: number } = {},
): Appender {
  const whole = { run: 'r', seed: 1, inFlight: 1, leaseMs: 60_000, rows: 1e9, then: 'wait', blockMs: 0, ...order }
  const module = fileURLToPath(new URL('./fixtures/appender.ts', import.meta.url))
  const child = spawn(process.execPath, [module, JSON.stringify(whole)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...as,
  })
  children.add(child)
  const said: string[] = []
  let wake = (): void => {}
  const lines = createInterface(child.stdout)
  lines.on('line', (line) => {
    said.push(line)
    wake()
  })
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]).then(() => {
    children.delete(child)
    wake()
  })
  const until = async (start: string): Promise<void> => {
    while (children.has(child) && !said.some((line) => line.startsWith(start))) {
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  return { child, said, until, ended }
}

const keptBy = ({ said }: Appender): readonly number[] =>
  said.flatMap((line) => (line.startsWith('kept ') ? [Number(line.slice(5))] : []))

async function readAll(store: Store, run: string): Promise<readonly JournalRow[]> {
  const rows: JournalRow[] = []
  for await (const batch of store.readJournal(run)) rows.push(...batch)
  return rows
}

test('whatever the moment a process is killed, all it was told is kept is there, and nothing else but the next rows', async () => {
  const plan = fc.record({
    seed: fc.nat(1000),
    inFlight: fc.integer({ min: 1, max: 16 }),
    kills: fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 3 }),
  })
  const property = fc.asyncProperty(plan, async ({ seed, inFlight, kills }) => {
    const path = newPath()
    let rows: readonly JournalRow[] = []
    for (const [index, keptBeforeKill] of kills.entries()) {
      const victim = appender({ path, seed, inFlight })
      await victim.until(`kept ${rows.length + keptBeforeKill}`)
      victim.child.kill('SIGKILL')
      await victim.ended
      expect(victim.said[0]).toBe(`epoch ${2 * index + 1}`)
      const store = sqlite(path)
      const former = rows.length
      rows = await readAll(store, 'r')
      expect(rows.slice(0, former).length).toBe(former)
      expect(rows.length).toBeGreaterThanOrEqual(Math.max(...keptBy(victim)))
      expect(rows.map(({ seq, bytes }) => [seq, bytes])).toEqual(rows.map((_, at) => [at + 1, rowText(seed, at + 1)]))
      for (let seq = 5; seq <= rows.length + 5; seq += 5) {
        expect(await store.readDetails('r', `d${seq}`)).toBe(seq > rows.length ? undefined : rowText(seed, seq))
      }
      // Its owner is known to be dead at once: nobody waits for the lease, and nothing is taken over.
      const writer = await store.openJournal({ run: 'r', owner: 'heir', leaseMs: 60_000 })
      expect([writer.epoch, writer.lastSeq]).toEqual([2 * index + 2, rows.length])
      await store.close()
    }
  })
  await fc.assert(property, { numRuns: 6, endOnFailure: true })
})

test('a run is owned while its process lives, even with a busy main thread, and free once that is killed', async () => {
  const path = newPath()
  const owner = appender({ path, rows: 3, leaseMs: 300, then: 'block', blockMs: 1500 })
  await owner.until('blocked')
  const store = sqlite(path)
  const request = { run: 'r', owner: 'heir', leaseMs: 60_000 }
  await expect(store.openJournal(request)).rejects.toMatchObject({ code: 'RUN_OWNED' })
  expect(await store.deleteRuns(['r'])).toBe(0)
  owner.child.kill('SIGKILL')
  await owner.ended
  expect((await store.openJournal(request)).epoch).toBe(2)
  await store.close()
})

test.runIf(process.platform === 'linux')('a run whose process is stopped stays its own for ever', async () => {
  const path = newPath()
  const leaseMs = 200
  const owner = appender({ path, rows: 3, leaseMs })
  await owner.until('kept 3')
  owner.child.kill('SIGSTOP')
  const store = sqlite(path)
  await expect.poll(async () => (await store.findRun('r'))?.owner).toMatchObject({ isAlive: true, isStopped: true })
  const stoppedAtMs = performance.now()
  await expect.poll(() => performance.now() - stoppedAtMs).toBeGreaterThan(2 * leaseMs)
  const request = { run: 'r', owner: 'heir', leaseMs: 60_000 }
  expect((await store.findRun('r'))?.owner).toMatchObject({ isAlive: true, isStopped: true })
  await expect(store.openJournal(request)).rejects.toMatchObject({ code: 'RUN_OWNED' })
  owner.child.kill('SIGCONT')
  await expect.poll(async () => (await store.findRun('r'))?.owner).not.toHaveProperty('isStopped')
  expect((await store.openJournal({ ...request, takeOver: true })).epoch).toBe(2)
  owner.child.kill('SIGKILL')
  await owner.ended
  await store.close()
})

test('several processes append to one file at once, each to its own run', async () => {
  const path = newPath()
  const ids = ['one', 'two', 'three']
  const appenders = ids.map((run, seed) => appender({ path, run, seed, inFlight: 4, rows: 300, then: 'close' }))
  await Promise.all(appenders.map(({ ended }) => ended))
  expect(appenders.map(({ said }) => said.at(-1))).toEqual(ids.map(() => 'closed'))
  const store = sqlite(path)
  for (const [seed, run] of ids.entries()) {
    const texts = (await readAll(store, run)).map(({ bytes }) => bytes)
    expect(texts).toEqual(texts.map((_, at) => rowText(seed, at + 1)))
    expect(texts.length).toBe(300)
  }
  await store.close()
})

test('a process without the right to write is told so, and may still read what is there', async () => {
  const path = newPath()
  const store = sqlite(path)
  await store.createRun({ run: 'r', name: 'demo', createdAtWallMs: 1 })
  await store.close()
  const parent = join(path, '..')
  chmodSync(folder, 0o755)
  chmodSync(path, 0o444)
  chmodSync(parent, 0o555)
  // Nothing is forbidden to root, so it lends the work to nobody.
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const reader = appender({ path }, nobody)
  await reader.ended
  chmodSync(parent, 0o755)
  expect(reader.said).toEqual([expect.stringMatching(/^failed STORE_READ_ONLY: .*muster\.db/)])
})

test.runIf(canMount())(
  'a disk that somebody else fills takes nothing of a run with it (small tmpfs, as root)',
  async () => {
    const disk = mkdtempSync(join(tmpdir(), 'muster-disk-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'muster', disk])
    try {
      const store = sqlite(join(disk, 'muster.db'))
      await store.createRun({ run: 'r', name: 'full', createdAtWallMs: 1 })
      const writer = await store.openJournal({ run: 'r', owner: 'me', leaseMs: 60_000 })
      await writer.append({ seq: 1, bytes: '[1]' })
      fill(disk)
      for (let seq = 2; seq <= 20; seq += 1) await writer.append({ seq, bytes: `[${'x'.repeat(20_000)}]` })
      expect(writer.lastSeq).toBe(20)
      // What waits while nothing is left goes on when there is room again.
      fill(disk)
      const appended = Promise.allSettled(
        Array.from({ length: 60 }, (_, at) => writer.append({ seq: 21 + at, bytes: `[${'y'.repeat(20_000)}]` })),
      )
      rmSync(join(disk, 'filler'))
      expect((await appended).filter(({ status }) => status === 'rejected')).toEqual([])
      await writer.close()
      await store.close()
      expect((await checkSqlite(join(disk, 'muster.db'))).isSound).toBe(true)
    } finally {
      execFileSync('umount', ['-l', disk])
      rmSync(disk, { recursive: true })
    }
  },
)

/** Writes until the disk takes no byte more, as a test may. */
function fill(disk: string): void {
  for (const bytes of [65_536, 4096, 1]) {
    try {
      for (;;) appendFileSync(join(disk, 'filler'), Buffer.alloc(bytes))
    } catch {
      // Full for this size.
    }
  }
}

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const disk = mkdtempSync(join(tmpdir(), 'muster-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'muster', disk], { stdio: 'ignore' })
    execFileSync('umount', [disk])
    return true
  } catch {
    return false
  } finally {
    rmSync(disk, { recursive: true })
  }
}
