// Reports whose times fit together, drawn from a seed: tasks with dependencies, put on workers with slots the way a run does
// it. Only laws use this.
import type { AttemptReport, RunReport, TaskReport } from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import fc from 'fast-check'
import { reportOfTasks } from './any-report.ts'

interface Draw {
  readonly ms: number
  readonly fails: number
  readonly startMs: number
  /** Wait before another attempt; absent as in reports that do not say. */
  readonly backOffMs: number | undefined
  readonly on: readonly number[]
  readonly inGroup: boolean
}

const anyDraw: fc.Arbitrary<Draw> = fc.record({
  ms: fc.oneof(fc.constantFrom(0, 1, 10), fc.integer({ min: 1, max: 5000 })),
  fails: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 2 })),
  startMs: fc.integer({ min: 0, max: 50 }),
  backOffMs: fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
  on: fc.array(fc.nat(30), { maxLength: 2 }),
  inGroup: fc.boolean(),
})

/** Runs as they could have gone: every attempt on a free slot, every task after those that it waits for. */
export const anyTimedReport: fc.Arbitrary<RunReport> = fc
  .record({ draws: fc.array(anyDraw, { maxLength: 25 }), slots: fc.integer({ min: 1, max: 4 }) })
  .map(({ draws, slots }) => runOf(draws, slots))

const failure = makeFailure({ category: 'network', message: 'socket hang up', evidence: [] })

/** Plays the draws through; slow and plain on purpose. */
function runOf(draws: readonly Draw[], slots: number): RunReport {
  const free = Array.from({ length: slots }, () => 0)
  const over: number[] = []
  const tasks = draws.map((draw, at): TaskReport => {
    const on = Array.from(new Set(draw.on.filter((other) => other < at)))
    let readyMs = on.reduce((latest, other) => Math.max(latest, over[other] ?? 0), 0)
    let overMs = readyMs
    const attempts: AttemptReport[] = []
    for (let n = 1; n <= draw.fails + 1; n++) {
      const slot = free.indexOf(Math.min(...free))
      const launchedAtMs = Math.max(readyMs, free[slot] ?? 0)
      const closedAtMs = launchedAtMs + draw.startMs + draw.ms
      const failed = n <= draw.fails
      attempts.push({
        n,
        worker: slots > 2 && slot > 1 ? 'far' : 'local',
        ...(n > 1 && draw.backOffMs !== undefined ? { readyAtMs: readyMs } : {}),
        launchedAtMs,
        startedAtMs: launchedAtMs + draw.startMs,
        closedAtMs,
        ending: {
          kind: 'ended',
          outcome: failed
            ? { result: 'failed', durationMs: draw.ms, failure }
            : { result: 'passed', durationMs: draw.ms },
        },
      })
      free[slot] = closedAtMs
      overMs = closedAtMs
      readyMs = closedAtMs + (draw.backOffMs ?? 0)
    }
    over.push(overMs)
    return {
      id: `t${String(at)}`,
      kind: 'command',
      ...(draw.inGroup ? { groups: ['g'] } : {}),
      ...(on.length === 0 ? {} : { dependsOn: on.map((other) => `t${String(other)}`) }),
      verdict: draw.fails > 0 ? { kind: 'flaky', failedAttempts: draw.fails } : { kind: 'passed' },
      attempts,
    }
  })
  const workers =
    slots > 2
      ? [
          { id: 'local', slots: 2 },
          { id: 'far', slots: slots - 2 },
        ]
      : [{ id: 'local', slots }]
  return { ...reportOfTasks(tasks), durationMs: Math.max(0, ...over), workers }
}
