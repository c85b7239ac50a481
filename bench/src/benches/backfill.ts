// The NASA iPSC/860 log of 1993, its arrivals pressed together, under first come first served, EASY backfilling and ours: mean
// bounded slowdown, and whether anybody started later than the place that was kept for him. The kernel itself schedules.
//
// Whether a promise was kept is not asked of who made it: the earliest place is worked out from what really ran then.
import {
  createPolicy,
  definePlugin,
  fifo,
  patientBackfill,
  backfill,
  type PromisedPlace,
  refuse,
  type Plugin,
  simulateSchedule,
  type SimulatedSchedule,
} from '@muster/scheduler'
import type { Policy, TaskDefinition } from '@muster/core'
import { join } from 'node:path'
import { BenchMisuse } from '../bench-misuse.ts'
import type { Bench, BenchContext, BenchResult } from '../bench.ts'
import { readdirSync } from 'node:fs'
import { type LoggedJob, readSwf } from '../scheduling/read-swf.ts'
import { dataFolder } from '../scheduling/scheduling-instance.ts'

export const bench: Bench = {
  name: 'backfill',
  summary: 'the NASA log with arrivals x 0.7: bounded slowdown beside first come first served and EASY',
  figures: {
    jobs: 'jobs of the log',
    bounded_slowdown: 'mean of (wait + run) / max(run, 10 s), at least 1',
    mean_wait_s: 'mean seconds from arrival to start',
    max_wait_h: 'longest wait, hours',
    vs_easy: 'bounded slowdown / that of EASY in the same run',
    promises: 'places that were kept for somebody',
    reservations_broken: 'jobs that started later than the earliest place when it was promised to them; goal 0',
  },
  options: { press: 'arrival times are multiplied by this; 0.7 unless said' },
  faults: { 'all-pass': 'whoever fits starts, whatever is kept for others' },
  run: async (context) => measured(context),
}

const boundMs = 10_000

interface Job extends LoggedJob {
  readonly atMs: number
  readonly ms: number
}

async function measured(context: BenchContext): Promise<BenchResult> {
  const folder = dataFolder(context, 'swf')
  const file = readdirSync(folder).find((name) => /^NASA.*\.swf$/.test(name))
  if (file === undefined) throw new BenchMisuse(`Expected ${folder} to hold the NASA log, NASA*.swf.`)
  const log = readSwf(join(folder, file))
  const press = Number(context.options['press'] ?? 0.7)
  if (!(press > 0)) throw new BenchMisuse(`Expected --press to be a number above 0, got ${String(press)}.`)
  const jobs = log.jobs.map((job): Job => ({ ...job, atMs: job.submitS * press * 1000, ms: job.runS * 1000 }))
  const machine = log.processors ?? Math.max(...jobs.map(({ processors }) => processors))
  const run = (name: string, make: (tell: (promise: PromisedPlace) => void) => Policy): Judged => {
    context.progress(name)
    const promises: PromisedPlace[] = []
    const schedule = simulated(
      jobs,
      machine,
      make((promise) => promises.push(promise)),
    )
    return {
      ...figuresOf(jobs, schedule),
      promises: promises.length,
      broken: countBroken(jobs, machine, schedule, promises),
    }
  }
  const spoil = (plugin: Plugin): Plugin => {
    if (context.plant !== 'all-pass') return plugin
    const spoiled: Plugin = {
      ...plugin,
      admit: (question) => {
        plugin.admit?.(question)
        return undefined
      },
      forRun: () => spoiled,
    }
    return spoiled
  }
  const fcfs = run('fcfs', () => createPolicy(fifo(), [nobodyPasses()]))
  const easy = run('easy', (onPromise) => createPolicy(fifo(), [spoil(backfill({ onPromise }))]))
  const ours = context.plant === 'all-pass' ? easy : run('muster', (onPromise) => patientBackfill({ onPromise }))
  const rounded = (value: number): number => Math.round(1000 * value) / 1000
  const shown = ({ slowdown, meanWaitS, maxWaitH }: Judged): Record<string, number> => ({
    bounded_slowdown: rounded(slowdown),
    mean_wait_s: Math.round(meanWaitS),
    max_wait_h: rounded(maxWaitH),
  })
  return {
    figures: {
      jobs: jobs.length,
      ...shown(ours),
      vs_easy: rounded(ours.slowdown / easy.slowdown),
      promises: ours.promises,
      reservations_broken: ours.broken + easy.broken,
    },
    peers: { fcfs: shown(fcfs), easy: { ...shown(easy), promises: easy.promises, reservations_broken: easy.broken } },
    notes: [
      'the log has no requested times: the run time stands for them, for EASY as for ours',
      'muster is patientBackfill with its defaults: shortest first, a place kept for whoever waited over ten times his length',
      'reservations_broken counts EASY and ours; the earliest place is worked out here, from what ran when it was promised',
      ...(log.unreadable === 0 ? [] : [`${String(log.unreadable)} jobs without a length or a width were left out`]),
    ],
  }
}

interface Judged {
  readonly slowdown: number
  readonly meanWaitS: number
  readonly maxWaitH: number
  readonly promises: number
  readonly broken: number
}

function simulated(jobs: readonly Job[], machine: number, policy: Policy): SimulatedSchedule {
  const byId = new Map(jobs.map((job, at) => [`${job.id}#${String(at)}`, job]))
  const tasks = jobs.map(({ id, ms, processors }, at): TaskDefinition => ({
    id: `${id}#${String(at)}`,
    kind: 'job',
    expectedMs: ms,
    needs: { resources: { slots: Math.min(processors, machine) } },
  }))
  const workers = [{ id: 'machine', engine: 'none', kinds: ['job'], capacity: { slots: machine } }]
  const schedule = simulateSchedule({
    workload: {
      tasks,
      workers,
      arrivesAtMs: ({ id }) => byId.get(id)?.atMs ?? NaN,
      durationMs: ({ id }) => byId.get(id)?.ms ?? NaN,
    },
    policy,
  })
  if (schedule.verdicts.passed !== jobs.length)
    throw new Error(`Expected every job to run, got ${JSON.stringify(schedule.verdicts)}`)
  return schedule
}

function figuresOf(
  jobs: readonly Job[],
  { startsMs }: SimulatedSchedule,
): Pick<Judged, 'slowdown' | 'meanWaitS' | 'maxWaitH'> {
  let slowdown = 0
  let waitMs = 0
  let longestMs = 0
  for (const [at, { atMs, ms }] of jobs.entries()) {
    const waited = (startsMs[at] ?? NaN) - atMs
    slowdown += Math.max(1, (waited + ms) / Math.max(boundMs, ms))
    waitMs += waited
    longestMs = Math.max(longestMs, waited)
  }
  return { slowdown: slowdown / jobs.length, meanWaitS: waitMs / jobs.length / 1000, maxWaitH: longestMs / 3_600_000 }
}

/** Jobs that started after the earliest time at which, by what ran when they were promised a place, there was room for them. */
function countBroken(
  jobs: readonly Job[],
  machine: number,
  { startsMs }: SimulatedSchedule,
  promises: readonly PromisedPlace[],
): number {
  let broken = 0
  for (const { task, madeMs, atMs } of promises) {
    const at = Number(task.slice(task.lastIndexOf('#') + 1))
    const running = jobs.flatMap(({ ms, processors }, other) => {
      const startMs = startsMs[other] ?? NaN
      return startMs <= madeMs && startMs + ms > madeMs ? [{ endMs: startMs + ms, processors }] : []
    })
    running.sort((a, b) => a.endMs - b.endMs)
    let free = machine - running.reduce((sum, { processors }) => sum + processors, 0)
    let dueMs = madeMs
    for (const { endMs, processors } of running) {
      if (free >= (jobs[at]?.processors ?? 0)) break
      free += processors
      dueMs = endMs
    }
    // What started beside it in the same round is counted as running: it was let pass, and must not have cost anything.
    if ((startsMs[at] ?? Infinity) > Math.min(Math.max(dueMs, madeMs), atMs) + 0.5) broken += 1
  }
  return broken
}

/** First come, first served: whoever came after one that still waits waits as well. */
function nobodyPasses(): Plugin {
  // In the order in which they came; the first of them is the only one that may start.
  const waiting = new Set<number>()
  return definePlugin({
    name: 'nobody-passes',
    key: ({ task }) => {
      waiting.add(task.handle)
      return 0
    },
    admit: ({ task }) => {
      const [first] = waiting
      return first === task.handle ? undefined : refuse('somebody waits before it', 'capacity')
    },
    observe: (happening) => {
      if (happening.kind === 'launched') waiting.delete(happening.task.handle)
      return undefined
    },
    forRun: nobodyPasses,
  })
}
