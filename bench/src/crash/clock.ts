// `crash --clock`: the wall clock jumps by an hour and back while a run goes on, and its coordinator is stopped for half a
// minute, twice the lease of its run. Nothing may be lost for that, and nothing be run or recorded twice.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createOrchestrator } from '@muster/core'
import { sqlite } from '@muster/stores/sqlite'
import type { BenchContext, BenchResult } from '../bench.ts'
import { inBenchFolder } from './bench-folder.ts'
import { countLosses } from './count-losses.ts'
import { type CrashOrder, crashRun } from './crash-order.ts'
import { readKeptEnds } from './kept-ends.ts'
import { reportedEnds } from './reported-ends.ts'
import { readWitness } from './witness.ts'

const stoppedMs = 30_000
/** Seconds that the wall clock is ahead of the true one, one after the other. */
const jumps = [3600, -3600, 0] as const

/** Moves the wall clock of a running coordinator, and stops it. */
export async function clock({ seed, progress }: BenchContext): Promise<BenchResult> {
  const faketime = findFaketime()
  if (faketime === undefined) {
    const note = 'the wall clock of a process is moved by libfaketime: install it with `apt-get install faketime`'
    return { figures: {}, notes: [note] }
  }
  return inBenchFolder('clock', async (folder) => {
    const offset = join(folder, 'offset')
    writeFileSync(offset, '+0\n')
    const order: CrashOrder = {
      folder,
      owner: 0,
      tasks: 1500,
      slots: 4,
      seed,
      moment: { kind: 'never' },
      plant: undefined,
    }
    const script = join(import.meta.dirname, '..', 'workers', 'crash-coordinator.ts')
    const child = spawn(process.execPath, [script, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        LD_PRELOAD: faketime,
        FAKETIME_TIMESTAMP_FILE: offset,
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
        DONT_FAKE_MONOTONIC: '1',
      },
    })
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const begun = new Promise<void>((resolve) => {
      child.stdout.on('data', (bytes: Buffer) => {
        if (bytes.includes('accepted')) resolve()
      })
    })
    await begun
    let done = 0
    for (const seconds of jumps) {
      await wait(1000)
      progress(`the wall clock is ${String(seconds)} s ahead`)
      writeFileSync(offset, `${seconds < 0 ? '' : '+'}${String(seconds)}\n`)
      if (child.exitCode === null) done++
    }
    await wait(1000)
    progress(`stopped for ${String(stoppedMs / 1000)} s`)
    child.kill('SIGSTOP')
    if (child.exitCode === null) done++
    await wait(stoppedMs)
    child.kill('SIGCONT')
    const code = await ended
    return {
      figures: { jumps: done, ...(await countAll(folder)) },
      notes: [`the coordinator ended with ${String(code)}`],
    }
  })
}

async function countAll(folder: string): Promise<{ readonly lost: number; readonly doubled: number }> {
  const store = sqlite(join(folder, 'runs.db'))
  try {
    const { ends } = await readKeptEnds(store, crashRun)
    const report = await createOrchestrator({ store, executors: [] }).report(crashRun)
    const witnessed = readWitness(readFileSync(join(folder, 'witness.log'), 'utf8'))
    const { lost, doubled, repeated } = countLosses(witnessed, ends, reportedEnds(report))
    const unfinished = report.tasks.length - new Set(ends.map(({ task }) => task)).size
    return { lost: lost + unfinished, doubled: doubled + repeated }
  } finally {
    await store.close()
  }
}

function findFaketime(): string | undefined {
  for (const folder of ['/usr/lib', '/usr/lib64', '/usr/local/lib']) {
    if (!existsSync(folder)) continue
    const names = [
      folder,
      ...readdirSync(folder)
        .filter((name) => name.endsWith('-linux-gnu'))
        .map((name) => join(folder, name)),
    ]
    for (const name of names) {
      const library = join(name, 'faketime', 'libfaketime.so.1')
      if (existsSync(library)) return library
    }
  }
  return undefined
}
