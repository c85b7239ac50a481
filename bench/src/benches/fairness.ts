// One owner submits a hundred times as much as each of nine others. Fair is who gets the same of its dominant resource while
// all of them wait, and nobody waits longer than on a tenth of the machine of its own. What was held is added up from the
// attempts as a witness heard of them, not from the books of the plugin.
import type { Policy } from '@muster/core'
import {
  createPolicy,
  fairShare,
  fifo,
  jainIndex,
  type SimulatedAttempt,
  simulateSchedule,
  type Workload,
} from '@muster/scheduler'
import type { Bench, BenchContext, BenchResult, Figures } from '../bench.ts'
import { dataFolder } from '../scheduling/scheduling-instance.ts'
import { type SharedCluster, sharedCluster } from '../scheduling/shared-cluster.ts'

export const bench: Bench = {
  name: 'fairness',
  summary: 'ten owners of whom one is greedy share a hundred workers: what each gets, and how long each waits',
  figures: {
    jain: "Jain's index over what owners held of their dominant resource while all of them had tasks that waited",
    worst_wait_ratio:
      'longest wait of a task of a modest owner, by the longest on a tenth of the machine of its own and one longest task',
  },
  faults: {
    'no-lanes': 'tasks go first in, first out, whoever owns them',
    'greedy-counts-more': 'the greedy owner has the weight of twenty',
    'many-names': 'the greedy owner calls itself by a name of its own for each task',
  },
  run: async (context) => measured(context),
}

async function measured(context: BenchContext): Promise<BenchResult> {
  const folder = dataFolder(context, 'swf')
  const cluster = sharedCluster(folder, context.seed)
  const aloneMs = waitsAlone(cluster)
  const judged = (name: string, policy: Policy, asks = cluster): Figures => {
    context.progress(name)
    return figuresOf(cluster, attemptsOf(asks, policy), aloneMs)
  }
  const ours = ownPolicy(context.plant)
  const named = context.plant === 'many-names' ? withManyNames(cluster) : cluster
  return {
    figures: judged('muster', ours, named),
    peers: {
      fifo: judged('fifo', fifo()),
      'round-robin': judged('round-robin', roundRobin()),
      'dominant resource fairness, no memory': judged(
        'no memory',
        createPolicy(fifo(), [fairShare({ halfLifeMs: 0 })]),
      ),
    },
    notes: [
      `${cluster.tasks.length} tasks on ${cluster.workers.length} workers; the log has needs of ${new Set(cluster.tasks.map(({ needs }) => JSON.stringify(needs))).size} kinds`,
      'muster is fairShare with its defaults over fifo; a second of the log is a millisecond here',
    ],
  }
}

function ownPolicy(plant: string | undefined): Policy {
  if (plant === 'no-lanes') return fifo()
  return createPolicy(fifo(), [fairShare(plant === 'greedy-counts-more' ? { weights: { greedy: 20 } } : {})])
}

/** By turns, whatever tasks need and however long they take: each owner's n-th task before anybody's next. */
function roundRobin(): Policy {
  const turns = new Map<string, number>()
  return {
    name: 'round-robin',
    key: ({ definition: { owner = '' }, order }) => {
      const turn = (turns.get(owner) ?? 0) + 1
      turns.set(owner, turn)
      return [turn, order]
    },
    forRun: roundRobin,
  }
}

function withManyNames(cluster: SharedCluster): SharedCluster {
  const tasks = cluster.tasks.map((task) => (task.owner === 'greedy' ? { ...task, owner: task.id } : task))
  return { ...cluster, tasks }
}

function attemptsOf({ tasks, workers }: Workload, policy: Policy): readonly SimulatedAttempt[] {
  const attempts: SimulatedAttempt[] = []
  simulateSchedule({ workload: { tasks, workers }, policy, onAttempt: (attempt) => attempts.push(attempt) })
  return attempts
}

/** The longest wait of each modest owner that has a tenth of the workers for itself, in milliseconds. */
function waitsAlone({ tasks, workers, modest }: SharedCluster): ReadonlyMap<string, number> {
  return new Map(
    modest.map((owner) => {
      const own = tasks.filter((task) => task.owner === owner)
      const alone = attemptsOf({ tasks: own, workers: workers.slice(0, workers.length / 10) }, fifo())
      return [owner, Math.max(...alone.map(({ startMs }) => startMs))]
    }),
  )
}

function figuresOf(
  { tasks, workers, modest }: SharedCluster,
  attempts: readonly SimulatedAttempt[],
  aloneMs: ReadonlyMap<string, number>,
): Figures {
  const lastStarts = new Map<string, number>()
  for (const { task, startMs } of attempts) {
    const owner = tasks[task]?.owner ?? ''
    lastStarts.set(owner, Math.max(lastStarts.get(owner) ?? 0, startMs))
  }
  // Until the first of them has nothing more that waits.
  const untilMs = Math.min(...lastStarts.values())
  const held = new Map<string, { cpu: number; memory: number }>()
  for (const { task, startMs, endMs } of attempts) {
    const { owner = '', needs } = tasks[task] ?? {}
    const ms = Math.max(0, Math.min(endMs, untilMs) - startMs)
    const sums = held.get(owner) ?? { cpu: 0, memory: 0 }
    sums.cpu += (needs?.resources?.['cpu'] ?? 0) * ms
    sums.memory += (needs?.resources?.['memory'] ?? 0) * ms
    held.set(owner, sums)
  }
  const total = (name: string): number => workers.reduce((sum, { capacity }) => sum + (capacity[name] ?? 0), 0)
  const shares = [...held.values()].map(({ cpu, memory }) => Math.max(cpu / total('cpu'), memory / total('memory')))
  const longestMs = Math.max(...tasks.map(({ expectedMs = 0 }) => expectedMs))
  const ratios = modest.map((owner) => (lastStarts.get(owner) ?? NaN) / ((aloneMs.get(owner) ?? NaN) + longestMs))
  return { jain: jainIndex(shares), worst_wait_ratio: Math.max(...ratios) }
}
