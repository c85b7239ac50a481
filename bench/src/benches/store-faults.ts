// Every write of a run and of its history breaks once, in every way: it fails, it happens and reports failure, there is no space,
// only a part of it reaches the disk. What was told before must be in the file, and the run must stop or go on to its end. Writes
// are broken around the real SQLite store; torn writes and full disks are real, in its file.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, truncateSync, existsSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '@muster/core'
import { faultyStore, type StoreCall, type StoreFault } from '@muster/core/testing'
import type { Bench, BenchContext, BenchResult } from '../bench.ts'
import { brokenRun, type BrokenRun, type Part } from '../store-faults/broken-run.ts'

export const bench: Bench = {
  name: 'store-faults',
  summary: 'every write to the store breaks once in every way, and what was told is compared with what is kept',
  figures: {
    sites: 'writes broken: each call that changes the store, once for each way, and each size of a full disk',
    violations:
      'promises broken, counted from notes beside the store: what was told is not kept, hangs, damage, repeats',
  },
  faults: { lie: 'appends are acknowledged and not stored: violations must rise' },
  run: async (context) => measured(context),
}

/** Ways to break a call. `torn` is a power cut in the middle of it: half of what it wrote is in the file. */
type Way = StoreFault | 'torn' | 'lie'

const ways: readonly Way[] = ['fail', 'store-then-fail', 'full', 'torn']

async function measured({ plant, progress }: BenchContext): Promise<BenchResult> {
  const parts = plant === undefined ? (['run', 'resume', 'delete'] as const) : (['run'] as const)
  const calls = (await Promise.all(parts.map(countedCalls))).flat()
  const notes: string[] = []
  const found: (BrokenRun & { readonly where: string })[] = []
  for (const way of plant === 'lie' ? (['lie'] as const) : ways) {
    for (const { part, call } of calls) {
      // Only what adds to the write-ahead log can be torn.
      if ((way === 'torn' || way === 'lie') && call.method !== 'append' && call.method !== 'foldHistory') continue
      found.push({
        ...(await brokenRun({ part, breaks: (store, file) => broken(store, file, way, call.number) })),
        where: `${part}, ${way} at ${call.method} ${call.number}`,
      })
    }
    progress(
      `${way}: ${found.length} writes so far, ${found.flatMap(({ violations }) => violations).length} violations`,
    )
  }
  if (plant === undefined) found.push(...(await fullDisks(notes, progress)))
  const violations = found.flatMap(({ violations: all, where }) => all.map((each) => `${where}: ${each}`))
  const ended = (ending: BrokenRun['ending']): number => found.filter((each) => each.ending === ending).length
  return {
    figures: { sites: found.length, violations: violations.length },
    notes: [
      `${calls.length} calls change the store in a run of 16 tasks, a resume, their folds and a deletion; of the broken runs ${ended('stopped')} stopped and ${ended('came-through')} came through`,
      ...notes,
      ...violations.slice(0, 10),
    ],
  }
}

interface Site {
  readonly part: Part
  readonly call: StoreCall
}

async function countedCalls(part: Part): Promise<readonly Site[]> {
  const calls: Site[] = []
  const breaks = (store: Store): Store =>
    faultyStore(store, (call) => {
      calls.push({ part, call })
      return undefined
    })
  const { violations } = await brokenRun({ part, breaks })
  if (violations.length > 0)
    throw new Error(`Expected an unbroken ${part} to keep its promises, got ${violations.join('; ')}`)
  return calls
}

function broken(store: Store, file: string, way: Way, number: number): Store {
  if (way === 'lie') return lying(store, number)
  if (way !== 'torn') return faultyStore(store, (call) => (call.number === number ? way : undefined))
  const sizeOf = (): number => (existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0)
  let before = 0
  const inner = faultyStore(store, (call) => {
    if (call.number === number) before = sizeOf()
    // After the cut nothing answers any more.
    return call.number < number ? undefined : call.number === number ? 'store-then-fail' : 'fail'
  })
  return {
    ...inner,
    close: async () => {
      const image = existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : undefined
      const main = readFileSync(file)
      await inner.close()
      // The disk as it was in the middle of the write: the log up to half of what was added, and no index to it.
      if (image === undefined || image.length <= before) return
      writeFileSync(file, main)
      writeFileSync(`${file}-wal`, image)
      truncateSync(`${file}-wal`, Math.floor((before + image.length) / 2))
      rmSync(`${file}-shm`, { force: true })
    },
  }
}

/** Says that an append from the given call on was stored, and stores nothing. */
function lying(store: Store, number: number): Store {
  let calls = 0
  return {
    ...unbroken(store),
    openJournal: async (request) => {
      const writer = await store.openJournal(request)
      let lastSeq = writer.lastSeq
      return {
        run: writer.run,
        epoch: writer.epoch,
        get lastSeq() {
          return lastSeq
        },
        append: async (commit) => {
          calls += 1
          lastSeq = commit.seq
          if (calls < Math.max(2, number - 3)) await writer.append(commit)
        },
        heartbeat: () => writer.heartbeat(),
        close: () => writer.close(),
      }
    },
  }
}

/** Real disks that are full after so many kilobytes; needs root. */
async function fullDisks(
  notes: string[],
  progress: (text: string) => void,
): Promise<readonly (BrokenRun & { readonly where: string })[]> {
  const found: (BrokenRun & { readonly where: string })[] = []
  for (const size of [64, 96, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 384, 448, 512]) {
    const dir = mkdtempSync(join(tmpdir(), 'store-faults-disk-'))
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}k`, 'muster-store-faults', dir], { stdio: 'ignore' })
    } catch {
      rmSync(dir, { recursive: true })
      notes.push('no disk of a given size could be mounted, which needs root: full disks were only simulated')
      return found
    }
    try {
      const grow = (): void => {
        execFileSync('mount', ['-o', 'remount,size=64m', dir], { stdio: 'ignore' })
      }
      found.push({
        ...(await brokenRun({ part: 'run', breaks: (store) => growing(store, grow), dir })),
        where: `disk of ${size} kB`,
      })
    } finally {
      execFileSync('umount', [dir], { stdio: 'ignore' })
      rmSync(dir, { recursive: true })
    }
  }
  const stopped = found.filter(({ ending }) => ending === 'stopped').length
  notes.push(
    `${found.length} real disks of 64 to 512 kB: ${stopped} were full before the end, and the run stopped; each went on once there was room`,
  )
  progress(`full disks: ${found.length}`)
  return found
}

/** Somebody makes room once the broken part is over. */
function growing(store: Store, grow: () => void): Store {
  return {
    ...unbroken(store),
    close: async () => {
      try {
        await store.close()
      } finally {
        grow()
      }
    },
  }
}

/** The store as a plain object, whose methods can be replaced. */
function unbroken(store: Store): Store {
  return faultyStore(store, () => undefined)
}
