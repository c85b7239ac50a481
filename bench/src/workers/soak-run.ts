// Several large runs after one another in one process, with results, kept in a SQLite file: what stays in memory after each,
// and how long a free slot waits for its next attempt.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOrchestrator, defineExecutor, type Orchestrator, type TaskDefinition } from '@muster/core'
import { sqlite } from '@muster/stores/sqlite'

const count = Number(process.argv[2])
const rounds = Number(process.argv[3])
const folder = mkdtempSync(join(tmpdir(), 'muster-soak-'))
/** When slots became free and were not filled again yet, oldest first. */
let freeSince: number[] = []
/** Milliseconds from a free slot to the next attempt in it, in the order of attempts. */
const waits: number[] = []

const withResults = defineExecutor('noop', async (_task, context) => {
  const now = performance.now()
  const since = freeSince.shift()
  if (since !== undefined) waits.push(now - since)
  context.log(`attempt ${String(context.n)} of a task that says a few words\n`)
  for (const name of ['adds', 'takes away', 'leaves']) {
    context.caseEnded({ path: ['a suite', name], file: 'suite.test.ts', result: 'passed', durationMs: 1 })
  }
  await Promise.resolve()
  freeSince.push(performance.now())
})

let peakRss = 0
const watch = setInterval(() => {
  peakRss = Math.max(peakRss, process.memoryUsage.rss())
}, 50)
const settled: number[] = []
try {
  await using muster = createOrchestrator({
    executors: [withResults],
    store: sqlite(join(folder, 'runs.db')),
    slots: 64,
  })
  for (let round = 0; round < rounds; round++) {
    freeSince = []
    await carryOut(muster, round)
    await new Promise(setImmediate)
    globalThis.gc?.()
    globalThis.gc?.()
    settled.push(process.memoryUsage.rss())
  }
} finally {
  clearInterval(watch)
  rmSync(folder, { recursive: true, force: true })
}
const tenth = Math.floor(waits.length / 10)
const figures = {
  slope_mb: slope(settled.slice(1)) / 1e6,
  rss_mb: peakRss / 1e6,
  p99_ratio: p99(waits.slice(-tenth)) / p99(waits.slice(0, tenth)),
  p99_ms: p99(waits.slice(-tenth)),
}
process.stdout.write(`${JSON.stringify(figures)}\n`)

/** A round of its own, so that nothing of it is held once it is over. */
async function carryOut(muster: Orchestrator, round: number): Promise<void> {
  const report = await muster.run({ run: `round-${String(round)}`, tasks: tasksOf(round) }).report
  if (report.totals.passed !== count || report.cases.passed !== 3 * count) throw new Error('not all tasks ran')
}

/** Each task waits for two before it. Made without text to parse, so that the input leaves no garbage that would count. */
function tasksOf(round: number): readonly TaskDefinition[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `task-${String(at)}`,
    kind: 'noop',
    dependsOn: at < 100 ? [] : [`task-${String(at - 50 - round)}`, `task-${String(at - 100)}`],
  }))
}

/** Growth from one round to the next, on average. */
function slope(values: readonly number[]): number {
  return ((values.at(-1) ?? 0) - (values[0] ?? 0)) / Math.max(1, values.length - 1)
}

function p99(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN
}
