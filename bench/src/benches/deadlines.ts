// Tasks with deadlines under load: how many are met by the order that weighs them, beside the earliest deadline first and the
// order of arrival, and how well the probability that is told when a task arrives agrees with what becomes of it.
//
// The scenario: 2,000 tasks with lengths of the `ci-durations` set arrive at random at load 0.9; nine of ten are due at 0.8 to
// 3 times the time that they would take under first in first out, the others are urgent. What is known of a task are its
// former versions, how long it takes is the latest one.
import type { Policy, TaskDefinition, TaskFacts } from '@muster/core'
import {
  assessDeadlines,
  deadlineAware,
  type DueTask,
  earliestDeadlineFirst,
  fifo,
  leastSlackFirst,
  scheduleMetrics,
  simulateSchedule,
  type SimulatedSchedule,
  type ToldProbability,
  type Workload,
} from '@muster/scheduler'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { BenchMisuse } from '../bench-misuse.ts'
import type { Bench, BenchContext, BenchResult } from '../bench.ts'
import { drawFrom } from '../draw.ts'
import { Means } from '../scheduling/gaps.ts'
import { dataFolder, readTable } from '../scheduling/scheduling-instance.ts'

export const bench: Bench = {
  name: 'deadlines',
  summary: '2,000 tasks with deadlines at load 0.9: share met, and calibration of the predicted probability',
  figures: {
    tasks: 'tasks with a deadline',
    met_pct: 'share of tasks over by their deadline, percent',
    brier: 'mean squared difference of the probability told at arrival, under first in first out, and what came of it',
    raw_brier: 'the same without the correction by what was told before',
    base_brier: 'the same for whoever always tells the share that is met',
  },
  options: { load: 'share of the slots that is in use; 0.9 unless said' },
  run: async (context) => measured(context),
}

const tasksInAll = 2000
const slots = 8
/** Of how many former versions a task is known. */
const recent = 5

interface Length {
  readonly ms: number
  readonly facts: TaskFacts
}

async function measured(context: BenchContext): Promise<BenchResult> {
  const load = Number(context.options['load'] ?? 0.9)
  if (!(load > 0)) throw new BenchMisuse(`Expected --load to be a number above 0, got ${String(load)}.`)
  const lengths = readLengths(dataFolder(context, 'ci-durations'))
  const means = new Means()
  for (let draw = 0; draw < draws; draw++) {
    const workload = scenario(lengths, load, context.seed + draw)
    for (const [name, make] of Object.entries(rules)) {
      const schedule = simulateSchedule({ workload, policy: make() })
      means.add(name, 'met_pct', 100 * (scheduleMetrics(workload, schedule).deadlinesMet ?? NaN))
      if (name !== 'fifo') continue
      for (const [figure, value] of Object.entries(calibration(workload, schedule))) means.add('muster', figure, value)
    }
    context.progress(`draw ${String(draw + 1)} of ${String(draws)}`)
  }
  const peers = Object.keys(rules).filter((name) => name !== 'muster')
  return {
    figures: { tasks: tasksInAll, ...means.of('muster') },
    peers: Object.fromEntries(peers.map((name) => [name, means.of(name)])),
    notes: [
      `muster is deadlineAware with its defaults; means of ${String(draws)} draws of 2,000 tasks, from --seed on`,
      'urgent: due at 1.5 to 4 times its own expected length after its arrival, and drawn as one of ten',
      'known of a task are the five versions before the latest; how long it takes is the latest version',
      'probabilities are corrected by tasks that ended before, and by probabilities told before of deadlines that are decided',
    ],
  }
}

const draws = 5

const rules: Readonly<Record<string, () => Policy>> = {
  muster: () => deadlineAware(),
  'earliest deadline': () => earliestDeadlineFirst(),
  fifo: () => fifo(),
  'least slack': () => leastSlackFirst(),
}

/** Tests that were measured more than once: what was known before, and how long they took then. */
function readLengths(folder: string): readonly Length[] {
  const lengths: Length[] = []
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()) {
    for (const { test: _, ...versions } of readTable(join(folder, file))) {
      const all = Object.values(versions)
        .filter((cell) => cell !== '')
        .map((cell) => 1000 * Number(cell))
        .filter((ms) => ms >= 1)
      const ms = all.pop()
      const sorted = all.slice(-recent).toSorted((a, b) => a - b)
      const at = (share: number): number =>
        sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
      if (ms === undefined || sorted.length === 0) continue
      lengths.push({
        ms,
        facts: { duration: { medianMs: at(0.5), p10Ms: at(0.1), p90Ms: at(0.9), samples: sorted.length } },
      })
    }
  }
  if (lengths.length === 0) throw new BenchMisuse(`Expected ${folder} to hold tests that were measured twice.`)
  return lengths
}

function scenario(lengths: readonly Length[], load: number, seed: number): Workload {
  const draw = drawFrom(seed)
  const unit = (): number => (draw(1_000_000) + 0.5) / 1_000_000
  const drawn = Array.from({ length: tasksInAll }, () => lengths[draw(lengths.length)] ?? { ms: 1, facts: {} })
  const meanMs = drawn.reduce((sum, { ms }) => sum + ms, 0) / tasksInAll
  const gapMs = meanMs / (slots * load)
  let clockMs = 0
  const arrivals = drawn.map(() => (clockMs += -Math.log(unit()) * gapMs))
  const place = ({ id }: TaskDefinition): number => Number(id.slice(1))
  const parts: Omit<Workload, 'tasks'> = {
    workers: [{ id: 'w', engine: 'none', kinds: ['test'], capacity: { slots } }],
    facts: Object.fromEntries(drawn.map(({ facts }, at) => [`t${String(at)}`, facts])),
    durationMs: (task) => drawn[place(task)]?.ms ?? NaN,
    arrivesAtMs: (task) => arrivals[place(task)] ?? NaN,
  }
  const plain = drawn.map((_, at): TaskDefinition => ({ id: `t${String(at)}`, kind: 'test' }))
  const first = simulateSchedule({ workload: { ...parts, tasks: plain }, policy: fifo() })
  const tasks = plain.map((task, at): TaskDefinition => {
    const arrivedMs = arrivals[at] ?? 0
    const tookMs = (first.startsMs[at] ?? 0) + (first.tookMs[at] ?? 0) - arrivedMs
    const ownMs = drawn[at]?.facts.duration?.medianMs ?? 0
    const isUrgent = draw(10) === 0
    const deadlineMs = arrivedMs + (isUrgent ? (1.5 + 2.5 * unit()) * ownMs : (0.8 + 2.2 * unit()) * tookMs)
    return { ...task, deadlineMs }
  })
  return { ...parts, tasks }
}

/** What was told of each task at its arrival, under first in first out, against what came of it there. */
function calibration(
  workload: Workload,
  { arrivedMs, startsMs, tookMs }: SimulatedSchedule,
): { brier: number; raw_brier: number; base_brier: number } {
  const dues = workload.tasks.map((task): DueTask => ({ task, facts: workload.facts?.[task.id] }))
  const told: { readonly probability: number; readonly met: number; readonly raw: number; readonly knownMs: number }[] =
    []
  for (const [at, due] of dues.entries()) {
    const nowMs = arrivedMs[at] ?? 0
    const running: (DueTask & { startedMs: number })[] = []
    const waiting: DueTask[] = []
    const ended: (DueTask & { tookMs: number })[] = []
    for (let other = 0; other < at; other++) {
      const one = dues[other]
      const startedMs = startsMs[other] ?? NaN
      if (one === undefined) continue
      if (startedMs + (tookMs[other] ?? 0) <= nowMs) ended.push({ ...one, tookMs: tookMs[other] ?? 0 })
      else if (startedMs <= nowMs) running.push({ ...one, startedMs })
      else waiting.push(one)
    }
    const { deadlineMs = NaN, id } = due.task
    const snapshot = { nowMs, slots, running, waiting: [...waiting, due], ended: ended.slice(-200) }
    const endMs = (startsMs[at] ?? NaN) + (tookMs[at] ?? 0)
    const chance = (record: readonly ToldProbability[]): number =>
      assessDeadlines({ ...snapshot, told: record }).find((risk) => risk.id === id)?.probability ?? NaN
    const record = told.flatMap(({ raw, met, knownMs }) =>
      knownMs <= nowMs ? [{ probability: raw, isMet: met === 1 }] : [],
    )
    const raw = chance([])
    // What becomes of it is known when it ends or is late, whichever is earlier; nothing is corrected by what lies ahead.
    told.push({
      probability: chance(record),
      raw,
      met: endMs <= deadlineMs ? 1 : 0,
      knownMs: Math.min(endMs, deadlineMs),
    })
  }
  const share = told.reduce((sum, { met }) => sum + met, 0) / told.length
  const mean = (of: (one: (typeof told)[number]) => number): number =>
    told.reduce((sum, one) => sum + of(one), 0) / told.length
  return {
    brier: rounded(mean(({ probability, met }) => (probability - met) ** 2)),
    raw_brier: rounded(mean(({ raw, met }) => (raw - met) ** 2)),
    base_brier: rounded(share * (1 - share)),
  }
}

function rounded(value: number): number {
  return Math.round(1000 * value) / 1000
}
