// For each strategy a small workload on which it beats the order of definition by its own measure. A strategy that cannot be
// shown to win anywhere has no reason to be there.
import type { Policy, TaskDefinition, WorkerDefinition } from '@muster/core'
import { expect, test } from 'vitest'
import { createPolicy } from '../pipeline/create-policy.ts'
import { scheduleMetrics } from '../simulate/schedule-metrics.ts'
import { type SimulatedSchedule, simulateSchedule } from '../simulate/simulate-schedule.ts'
import type { Workload } from '../simulate/workload.ts'
import { when } from '../strategy/when.ts'
import { weighted } from '../strategy/weighted.ts'
import { adaptive } from './adaptive.ts'
import { affinity, keepApart } from './affinity.ts'
import { costEfficient } from './cost-efficient.ts'
import { fifo } from './fifo.ts'
import { hardwareMatch } from './hardware-match.ts'
import { likelyToFailFirst } from './likely-to-fail-first.ts'
import { loadBalanced } from './load-balanced.ts'
import { longestFirst } from './longest-first.ts'
import { performanceBased } from './performance-based.ts'
import { priorityFirst } from './priority-first.ts'
import { recentlyChangedFirst } from './recently-changed-first.ts'
import { roundRobin } from './round-robin.ts'
import { seededShuffle } from './seeded-shuffle.ts'
import { shortestFirst } from './shortest-first.ts'

const worker = (id: string, more: Partial<WorkerDefinition> = {}): WorkerDefinition => ({
  id,
  engine: 'local',
  kinds: ['unit'],
  capacity: { slots: 1 },
  ...more,
})
const task = (id: string, more: Partial<TaskDefinition> = {}): TaskDefinition => ({
  id,
  kind: 'unit',
  expectedMs: 10,
  ...more,
})
const many = (count: number, more: (at: number) => Partial<TaskDefinition> = () => ({})): readonly TaskDefinition[] =>
  Array.from({ length: count }, (_, at) => task(`t${at}`, more(at)))

type Measure = (schedule: SimulatedSchedule, workload: Workload) => number

const makespan: Measure = ({ makespanMs }) => makespanMs
/** When the last of the tasks that are meant is over. */
const overAt =
  (isMeant: (task: TaskDefinition) => boolean): Measure =>
  ({ startsMs, tookMs }, { tasks }) =>
    Math.max(...tasks.map((each, at) => (isMeant(each) ? (startsMs[at] ?? NaN) + (tookMs[at] ?? NaN) : 0)))
const startOf =
  (id: string): Measure =>
  (schedule, workload) =>
    schedule.startsMs[workload.tasks.findIndex((each) => each.id === id)] ?? NaN
const mostOnOne: Measure = ({ placedOn }, { workers }) =>
  Math.max(...workers.map((_, at) => placedOn.filter((on) => on === at).length))
const setUps: Measure = ({ placedOn }, { tasks }) =>
  new Set(tasks.map(({ groups }, at) => `${groups?.[0]} ${placedOn[at]}`)).size

const everyTen = ({ id }: TaskDefinition): number => 10 * Number(id.slice(1))
const failing = new Set(['t7', 't9'])

const cases: readonly {
  readonly name: string
  readonly policy: Policy
  readonly workload: Workload
  readonly measure: Measure
  /** Its own figure, then that of `fifo`. */
  readonly figures: readonly [number, number]
}[] = [
  {
    name: 'round-robin spreads what comes one after another',
    policy: roundRobin(),
    workload: { tasks: many(6), workers: [worker('a'), worker('b'), worker('c')], arrivesAtMs: everyTen },
    measure: mostOnOne,
    figures: [2, 6],
  },
  {
    name: 'priority-first does not let the urgent wait',
    policy: priorityFirst(),
    workload: { tasks: many(5, (at) => ({ priority: at === 4 ? 1 : 0 })), workers: [worker('a')] },
    measure: startOf('t4'),
    figures: [0, 40],
  },
  {
    name: 'shortest-first waits least on average',
    policy: shortestFirst(),
    workload: { tasks: many(3, (at) => ({ expectedMs: [90, 10, 20][at] })), workers: [worker('a')] },
    measure: (schedule, workload) => scheduleMetrics(workload, schedule).meanWaitMs,
    figures: [40 / 3, 190 / 3],
  },
  {
    name: 'likely-to-fail-first finds failures early',
    policy: likelyToFailFirst(),
    workload: {
      tasks: many(10),
      workers: [worker('a')],
      facts: Object.fromEntries(many(10).map(({ id }) => [id, { failureRate: failing.has(id) ? 0.5 : 0.01 }])),
      result: ({ id }) => (failing.has(id) ? 'failed' : 'passed'),
    },
    measure: overAt(({ id }) => failing.has(id)),
    figures: [20, 100],
  },
  {
    name: 'recently-changed-first answers for the change',
    policy: recentlyChangedFirst({ files: ['src/t8.ts'], tags: ['touched'] }),
    workload: {
      tasks: many(10, (at) => ({ file: `${at < 5 ? 'lib' : 'src'}/t${at}.ts`, tags: at === 9 ? ['touched'] : [] })),
      workers: [worker('a')],
    },
    measure: overAt(({ id }) => id === 't8' || id === 't9'),
    figures: [20, 100],
  },
  {
    name: 'load-balanced puts no worker under more load than others',
    policy: loadBalanced(),
    workload: {
      tasks: many(4),
      workers: [worker('a', { capacity: { slots: 4 } }), worker('b', { capacity: { slots: 4 } })],
    },
    measure: mostOnOne,
    figures: [2, 4],
  },
  {
    name: 'performance-based leaves the slow worker alone once it is known',
    policy: performanceBased(),
    workload: {
      tasks: many(6),
      workers: [worker('slow', { labels: ['old'] }), worker('fast', { labels: ['new'] })],
      arrivesAtMs: (each) => 4 * everyTen(each),
      durationMs: (_, { id }) => (id === 'slow' ? 30 : 10),
    },
    measure: ({ tookMs }) => tookMs.reduce((sum, ms) => sum + ms, 0),
    figures: [30 + 5 * 10, 6 * 30],
  },
  {
    name: 'hardware-match keeps the gpu for who asks for it',
    policy: hardwareMatch(),
    workload: {
      tasks: [task('plain'), task('picky', { needs: { labels: ['gpu'] } })],
      workers: [worker('with', { labels: ['gpu'] }), worker('without')],
    },
    measure: makespan,
    figures: [10, 20],
  },
  {
    name: 'hardware-match waits with nothing where the plain come first',
    policy: hardwareMatch(),
    workload: {
      tasks: [task('t0'), task('t1', { needs: { labels: ['gpu'] } })],
      workers: [worker('with', { labels: ['gpu'] }), worker('without')],
      arrivesAtMs: ({ id }) => (id === 't1' ? 1 : 0),
    },
    measure: startOf('t1'),
    figures: [1, 10],
  },
  {
    name: 'cost-efficient takes the cheap one',
    policy: costEfficient({ cost: ({ id }) => (id === 'spot' ? 0.3 : 1) }),
    workload: {
      tasks: many(4),
      workers: [worker('paid'), worker('spot')],
      arrivesAtMs: everyTen,
      costPerMs: ({ id }) => (id === 'spot' ? 0.3 : 1),
    },
    measure: (schedule, workload) => scheduleMetrics(workload, schedule).cost,
    figures: [12, 40],
  },
  {
    name: 'affinity warms up once',
    policy: affinity(),
    workload: {
      tasks: many(8, (at) => ({ groups: [at % 2 === 0 ? 'db' : 'browser'] })),
      workers: [worker('a', { capacity: { slots: 2 } }), worker('b', { capacity: { slots: 2 } })],
    },
    measure: setUps,
    figures: [2, 4],
  },
  {
    name: 'keep-apart starts no two of a kind on one host',
    policy: createPolicy(fifo(), [keepApart({ relatedBy: () => 'port' })]),
    workload: { tasks: many(2), workers: [worker('a', { capacity: { slots: 2 } }), worker('b')] },
    measure: mostOnOne,
    figures: [1, 2],
  },
  {
    name: 'seeded-shuffle tries the other order',
    policy: seededShuffle({ seed: 1 }),
    workload: { tasks: many(6), workers: [worker('a')] },
    measure: ({ startsMs }) => startsMs.filter((ms, at) => ms === 10 * at).length,
    figures: [1, 6],
  },
  {
    name: 'weighted finds the balance',
    policy: weighted([
      { strategy: longestFirst(), weight: 1, scale: 50 },
      { strategy: priorityFirst(), weight: 1, scale: 1 },
    ]),
    workload: {
      tasks: [task('t0'), task('t1'), task('long', { expectedMs: 20 }), task('urgent', { priority: 3 })],
      workers: [worker('a'), worker('b')],
    },
    measure: (schedule, workload) => schedule.makespanMs + startOf('urgent')(schedule, workload),
    figures: [30, 40],
  },
  {
    name: 'when lets some go by a rule of their own',
    policy: when(({ definition }) => definition.tags?.[0] === 'smoke', shortestFirst(), longestFirst()),
    workload: {
      tasks: [task('t0'), task('long', { expectedMs: 30 }), task('smoke', { tags: ['smoke'], expectedMs: 5 })],
      workers: [worker('a')],
    },
    measure: startOf('smoke'),
    figures: [0, 40],
  },
  {
    name: 'adaptive takes what was best',
    policy: adaptive({
      candidates: { fifo: fifo(), longest: longestFirst() },
      records: [
        { strategy: 'fifo', outcome: 1.5 },
        { strategy: 'fifo', outcome: 1.4 },
        { strategy: 'longest', outcome: 1.1 },
      ],
      exploration: 0,
    }).policy,
    workload: { tasks: many(3, (at) => ({ expectedMs: [10, 10, 20][at] })), workers: [worker('a'), worker('b')] },
    measure: makespan,
    figures: [20, 30],
  },
]

test.each(cases)('$name', ({ policy, workload, measure, figures: [own, plain] }) => {
  const figure = (of: Policy): number => measure(simulateSchedule({ workload, policy: of }), workload)
  expect(figure(policy)).toBeCloseTo(own)
  expect(figure(fifo())).toBeCloseTo(plain)
  expect(own).toBeLessThan(plain)
})

test('what waits long enough goes before the urgent that come later', () => {
  const workload: Workload = {
    tasks: many(20, (at) => ({ priority: at === 1 ? 0 : 1 })),
    workers: [worker('a')],
    // There is always an urgent one that waits.
    arrivesAtMs: (each) => (each.id === 't1' ? 0 : Math.max(0, everyTen(each) - 15)),
  }
  const start = (policy: Policy): number => startOf('t1')(simulateSchedule({ workload, policy }), workload)
  expect(start(priorityFirst({ ageMs: Infinity }))).toBe(190)
  expect(start(priorityFirst({ ageMs: 50 }))).toBeLessThanOrEqual(70)
})

test('adaptive says why, explores by its seed, and forgets', () => {
  const candidates = { fifo: fifo(), longest: longestFirst() }
  expect(adaptive({ candidates, records: [], exploration: 0 })).toMatchObject({
    name: 'fifo',
    because: 'fifo is the fallback: no past run was measured.',
    propensity: 1,
  })
  const old = Array.from({ length: 50 }, () => ({ strategy: 'fifo', outcome: 1 }))
  const drifted = Array.from({ length: 20 }, () => ({ strategy: 'fifo', outcome: 9 }))
  const records = [{ strategy: 'longest', outcome: 4 }, ...old, ...drifted]
  expect(adaptive({ candidates, records, exploration: 0, halfLife: 5 }).name).toBe('longest')
  expect(adaptive({ candidates, records, exploration: 0, halfLife: 1000 }).name).toBe('fifo')
  const choices = Array.from({ length: 200 }, (_, seed) => adaptive({ candidates, records, exploration: 0.5, seed }))
  const explored = choices.filter(({ isExplored }) => isExplored)
  expect(explored.length).toBeGreaterThan(60)
  expect(explored.length).toBeLessThan(140)
  expect(new Set(explored.map(({ name }) => name)).size).toBe(2)
  expect(adaptive({ candidates, records: [{ strategy: 'longest', outcome: NaN }], exploration: 0 }).name).toBe('fifo')
})
