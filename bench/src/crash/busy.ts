// `crash --busy`: tests that hold their process for longer than the lease. Whoever takes the heartbeat of a busy process
// for its life believes it dead, fails its test and runs it again.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createOrchestrator, localEngine } from '@muster/core'
import { sqlite } from '@muster/stores/sqlite'
import type { BenchContext, BenchResult } from '../bench.ts'
import { inBenchFolder } from './bench-folder.ts'

const tasks = 200
/** Every so many tasks one blocks. */
const every = 20
const blockMs = 5000
const leaseMs = 2000

/** What can be broken on purpose. */
export const busyFaults: Readonly<Record<string, string>> = {
  'limit-below-block': '`--busy`: a time limit of a second, tried twice: `false_failures` and `doubled` rise',
}

/** Runs tests that leave their process no turn. */
export function busy({ plant, progress }: BenchContext): Promise<BenchResult> {
  return inBenchFolder('busy', async (folder) => {
    const witness = join(folder, 'witness.log')
    const module = new URL('../workers/busy-executor.ts', import.meta.url).href
    const engine = localEngine({ executors: { busy: { module, options: { witness } } }, slots: 4, leaseMs })
    await using muster = createOrchestrator({
      root: folder,
      engines: [engine],
      store: sqlite(join(folder, 'runs.db')),
      leaseMs,
      ...(plant === 'limit-below-block' ? { timeoutMs: 1000, retry: { maxAttempts: 2 } } : {}),
    })
    progress(`${String(tasks)} tasks, of which ${String(tasks / every)} block their process for ${String(blockMs)} ms`)
    const report = await muster.run({
      tasks: Array.from({ length: tasks }, (_, at) => ({
        id: `task-${String(at)}`,
        kind: 'busy',
        payload: { blockMs: at % every === 0 ? blockMs : 20 },
      })),
    }).report
    const lines = readFileSync(witness, 'utf8').trim().split('\n')
    const starts = lines.filter((line) => line.startsWith('start '))
    const ends = new Set(lines.filter((line) => line.startsWith('end ')))
    const blocked = report.tasks.filter(({ id }, at) => at % every === 0 && ends.has(`end ${id}`)).length
    return {
      figures: {
        blocked,
        false_failures: tasks - report.totals.passed,
        doubled: starts.length - new Set(starts).size,
      },
      notes: [
        `a lease of ${String(leaseMs)} ms, blocked for ${String(blockMs)} ms; the beat comes from the supervisor`,
      ],
    }
  })
}
