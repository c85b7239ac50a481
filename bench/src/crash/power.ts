// `crash --power`: what a disk holds when its power is cut. The database lies on a file system in an image file; while the
// writer is stopped for a moment the image is copied, which has everything that was synced and nothing that was not. Each
// copy is mounted, which replays its log as after a power cut, and every end that had been acknowledged by then is looked for.
import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { checkSqlite, sqlite } from '@muster/stores/sqlite'
import type { BenchContext, BenchResult } from '../bench.ts'
import { inBenchFolder } from './bench-folder.ts'
import { dice } from './dice.ts'
import { readKeptEnds } from './kept-ends.ts'

const cuts = 15
const imageMegabytes = 768

/** What can be broken on purpose. */
export const powerFaults: Readonly<Record<string, string>> = {
  'tell-too-early': '`--power`: the witness hears of an end when its task runs, before it is durable: `lost` rises',
}

interface Cut {
  readonly image: string
  /** Ends that were acknowledged before the cut, as `run task`. */
  readonly acknowledged: readonly string[]
}

/** Cuts the power of a disk that is written to. */
export async function power({ seed, plant, progress }: BenchContext): Promise<BenchResult> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return { figures: {}, notes: ['mounting an image needs root on Linux: run it as root, in a container say'] }
  }
  return inBenchFolder('power', async (folder) => {
    const taken = await cutPower(folder, { seed, plant, progress })
    let acknowledged = 0
    let lost = 0
    let damaged = 0
    for (const [at, cut] of taken.entries()) {
      progress(`recovering image ${String(at + 1)} of ${String(taken.length)}`)
      const kept = await recover(folder, cut)
      acknowledged += cut.acknowledged.length
      lost += cut.acknowledged.filter((end) => !kept.ends.has(end)).length
      if (!kept.isSound) damaged++
    }
    return {
      figures: { cuts: taken.length, acknowledged, lost },
      notes: [`${String(taken.length - damaged)} of ${String(taken.length)} databases are sound after the cut`],
    }
  })
}

type CutPlan = Pick<BenchContext, 'seed' | 'plant' | 'progress'>

/** Writes under load and copies the image at seeded moments. */
async function cutPower(folder: string, { seed, plant, progress }: CutPlan): Promise<readonly Cut[]> {
  const image = join(folder, 'disk.img')
  const disk = join(folder, 'disk')
  const witness = join(folder, 'witness.log')
  mkdirSync(disk)
  execFileSync('truncate', ['-s', `${String(imageMegabytes)}M`, image])
  execFileSync('mkfs.ext4', ['-q', image])
  execFileSync('mount', ['-o', 'loop', image, disk])
  const roll = dice(seed)
  const script = join(import.meta.dirname, '..', 'workers', 'power-writer.ts')
  const writer = spawn(process.execPath, [script, join(disk, 'runs.db'), witness, plant ?? ''], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise((resolve) => writer.once('exit', resolve))
  const taken: Cut[] = []
  try {
    await wait(1500)
    while (taken.length < cuts && writer.exitCode === null) {
      await wait(50 + roll() * 250)
      writer.kill('SIGSTOP')
      await stopped(writer.pid ?? 0)
      const copy = join(folder, `cut-${String(taken.length)}.img`)
      const lines = readFileSync(witness, 'utf8').split('\n').slice(0, -1)
      copyFileSync(image, copy)
      writer.kill('SIGCONT')
      taken.push({ image: copy, acknowledged: lines })
      progress(`cut ${String(taken.length)} of ${String(cuts)} after ${String(lines.length)} ends`)
    }
  } finally {
    writer.kill('SIGKILL')
    await ended
    execFileSync('umount', [disk])
  }
  return taken
}

/** Every thread of the process stands still. */
async function stopped(pid: number): Promise<void> {
  const state = (): string | undefined => /\) (\S)/.exec(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'))?.[1]
  while (state() !== 'T') await wait(1)
}

async function recover(
  folder: string,
  { image, acknowledged }: Cut,
): Promise<{ readonly ends: ReadonlySet<string>; readonly isSound: boolean }> {
  const disk = join(folder, 'recovered')
  mkdirSync(disk, { recursive: true })
  execFileSync('mount', ['-o', 'loop', image, disk])
  const file = join(disk, 'runs.db')
  try {
    const { isSound } = await checkSqlite(file)
    const store = sqlite(file)
    try {
      const ends = new Set<string>()
      for (const run of new Set(acknowledged.map((end) => end.split(' ')[0] ?? ''))) {
        for (const { task } of (await readKeptEnds(store, run)).ends) ends.add(`${run} ${task}`)
      }
      return { ends, isSound }
    } finally {
      await store.close()
    }
  } finally {
    execFileSync('umount', [disk])
  }
}
