// Three teams are promised shares of a hundred workers, and their demand comes in turns: each borrows what the others leave,
// is reclaimed from, and pays back. A witness counts from the attempts alone, by rules written down here a second time.
import type { Policy, TaskDefinition, WorkerDefinition } from '@muster/core'
import {
  createPolicy,
  definePlugin,
  fifo,
  type LoanEntry,
  type QuotaOptions,
  quotas,
  type SimulatedAttempt,
  simulateSchedule,
} from '@muster/scheduler'
import type { Bench, BenchContext, BenchResult, Figures } from '../bench.ts'
import { drawFrom } from '../draw.ts'

export const bench: Bench = {
  name: 'quotas',
  summary: 'three teams of 50/30/20 that borrow, are reclaimed from and pay back: 5,000 tasks on 100 workers',
  figures: {
    breaches: 'moments at which a team held more than it may, or borrowed what another keeps for itself',
    loops: 'attempts that took their place by pre-emption and lost it by pre-emption',
    idle_while_allowed: 'moments at which a worker stood idle though a task waited that was allowed to have it',
  },
  faults: {
    'no-borrowing-limit': 'teams may borrow as much as there is',
    'no-lending-limit': 'teams keep nothing for themselves',
    'no-borrowing': 'nobody may borrow',
    'mutual-pre-emption': 'whoever waits takes the place of any other team',
  },
  run: async (context) => measured(context),
}

/** Workers that a team is promised, may hold, and keeps for itself. */
interface Team {
  readonly nominal: number
  readonly most: number
  readonly kept: number
}

const teams: ReadonlyMap<string, Team> = new Map([
  ['a', { nominal: 50, most: 100, kept: 25 }],
  ['b', { nominal: 30, most: 60, kept: 15 }],
  ['c', { nominal: 20, most: 40, kept: 10 }],
])
const tasksInAll = 5000
const turnMs = 3000

interface Demand {
  readonly tasks: readonly TaskDefinition[]
  readonly workers: readonly WorkerDefinition[]
  readonly arrivesAtMs: readonly number[]
}

async function measured({ seed, plant }: BenchContext): Promise<BenchResult> {
  const demand = demandOf(seed)
  const loans = { borrowed: 0, 'paid-back': 0, reclaimed: 0 }
  const ours = ownPolicy(plant, ({ kind }) => loans[kind]++)
  const figures = judged(demand, ours)
  return {
    figures,
    peers: {
      fifo: judged(demand, fifo()),
      'fixed shares, nothing lent': judged(demand, ownPolicy('no-borrowing')),
      'borrowing without reclaim': judged(demand, createPolicy(fifo(), [quotas({ ...asked(), reclaim: false })])),
    },
    notes: [
      `${demand.tasks.length} tasks; ${loans.borrowed} attempts ran on loans, ${loans.reclaimed} of them were reclaimed, ${loans['paid-back']} ended by themselves`,
      'a team that holds what another keeps for itself only because that one had left it to a third is no breach: it is within its own',
    ],
  }
}

function asked(borrowing = 1, lending = 0.5): QuotaOptions {
  const shares = Object.fromEntries(
    [...teams].map(([team, { nominal }]) => [team, { nominal: nominal / 100, borrowing, lending }]),
  )
  return { shares }
}

function ownPolicy(plant: string | undefined, onLoan?: (entry: LoanEntry) => void): Policy {
  const options =
    plant === 'no-borrowing-limit'
      ? asked(100)
      : plant === 'no-lending-limit'
        ? asked(1, 1)
        : plant === 'no-borrowing'
          ? asked(0)
          : asked()
  const own = quotas(options, { onLoan })
  return createPolicy(
    fifo(),
    plant === 'mutual-pre-emption' ? [quotas({ ...options, reclaim: false }), envious()] : [own],
  )
}

/** Takes a place from any other team after it was held for a while. */
function envious(): ReturnType<typeof definePlugin> {
  const running = new Map<number, { readonly owner: string; readonly sinceMs: number }>()
  const waiting = new Map<number, string>()
  return definePlugin({
    name: 'envious',
    key: ({ task }) => {
      waiting.set(task.handle, task.owner)
      return 0
    },
    preempts: ({ nowMs, allows }) => {
      for (const [beneficiary, owner] of [...waiting].slice(0, 20)) {
        for (const [victim, held] of running) {
          if (held.owner !== owner && nowMs - held.sinceMs >= 200 && allows(victim, beneficiary))
            return { victim, beneficiary, because: 'it waits' }
        }
      }
      return undefined
    },
    observe: (happening) => {
      if (happening.kind === 'launched') {
        const { handle, definition } = happening.task
        waiting.delete(handle)
        running.set(handle, { owner: definition.owner ?? '', sinceMs: happening.atMs })
      } else if (happening.kind === 'ended' || happening.kind === 'lost') running.delete(happening.task.handle)
      return undefined
    },
    forRun: envious,
  })
}

/** Teams flood the workers by turns, and send a little all the time. */
function demandOf(seed: number): Demand {
  const draw = drawFrom(seed)
  const names = [...teams.keys()]
  const tasks: TaskDefinition[] = []
  const arrivesAtMs: number[] = []
  for (let turn = 0; tasks.length < tasksInAll; turn++) {
    for (let at = 0; at < 420 && tasks.length < tasksInAll; at++) {
      const owner = draw(10) < 8 ? names[turn % names.length] : names[draw(names.length)]
      tasks.push({ id: `t${tasks.length}`, kind: 'test', owner, expectedMs: 400 + draw(1200) })
      arrivesAtMs.push(turn * turnMs + draw(at < 210 ? 50 : turnMs))
    }
  }
  const workers = Array.from({ length: 100 }, (_, at): WorkerDefinition => {
    return { id: `w${at}`, engine: 'simulated', kinds: ['test'], capacity: { slots: 1 } }
  })
  return { tasks, workers, arrivesAtMs }
}

function judged(demand: Demand, policy: Policy): Figures {
  const attempts: SimulatedAttempt[] = []
  const { tasks, workers } = demand
  const arrivals = new Map(tasks.map(({ id }, at) => [id, demand.arrivesAtMs[at] ?? 0]))
  simulateSchedule({
    workload: { tasks, workers, arrivesAtMs: ({ id }) => arrivals.get(id) ?? 0 },
    policy,
    onAttempt: (attempt) => attempts.push(attempt),
  })
  return witness(demand, attempts)
}

/** What really happened, moment by moment. */
function witness({ tasks, workers, arrivesAtMs }: Demand, attempts: readonly SimulatedAttempt[]): Figures {
  const moments = new Map<number, { came: number[]; began: SimulatedAttempt[]; ended: SimulatedAttempt[] }>()
  const momentAt = (atMs: number): { came: number[]; began: SimulatedAttempt[]; ended: SimulatedAttempt[] } => {
    const known = moments.get(atMs)
    if (known !== undefined) return known
    const made = { came: [], began: [], ended: [] }
    moments.set(atMs, made)
    return made
  }
  for (const [task, atMs] of arrivesAtMs.entries()) momentAt(atMs).came.push(task)
  for (const attempt of attempts) {
    momentAt(attempt.startMs).began.push(attempt)
    momentAt(attempt.endMs).ended.push(attempt)
  }
  const ownerOf = (task: number): string => tasks[task]?.owner ?? ''
  const held = new Map<string, number>()
  const waiting = new Map<string, number>()
  const move = (counts: Map<string, number>, owner: string, by: number): void => {
    counts.set(owner, (counts.get(owner) ?? 0) + by)
  }
  const takenAt = new Set(
    attempts.filter(({ isPreempted }) => isPreempted).map(({ worker, endMs }) => `${worker} ${endMs}`),
  )
  let breaches = 0
  let idle = 0
  for (const [, { came, began, ended }] of [...moments].sort(([a], [b]) => a - b)) {
    for (const task of came) move(waiting, ownerOf(task), 1)
    for (const { task, isPreempted } of ended) {
      move(held, ownerOf(task), -1)
      if (isPreempted) move(waiting, ownerOf(task), 1)
    }
    for (const { task } of began) {
      move(held, ownerOf(task), 1)
      move(waiting, ownerOf(task), -1)
    }
    const all = [...held.values()].reduce((sum, count) => sum + count, 0)
    const keptFrom = (owner: string): number =>
      [...teams].reduce(
        (sum, [team, { kept }]) => sum + (team === owner ? 0 : Math.max(0, kept - (held.get(team) ?? 0))),
        0,
      )
    for (const [team, { nominal, most }] of teams) {
      const own = held.get(team) ?? 0
      const hasBegun = began.some(({ task }) => ownerOf(task) === team)
      if (own > most || (hasBegun && own > nominal && all + keptFrom(team) > workers.length)) breaches++
      const mayHaveOne = own < nominal || (own < most && all + 1 + keptFrom(team) <= workers.length)
      if (all < workers.length && (waiting.get(team) ?? 0) > 0 && mayHaveOne) idle++
    }
  }
  const loops = attempts.filter(
    ({ worker, startMs, isPreempted }) => isPreempted && takenAt.has(`${worker} ${startMs}`),
  )
  return { breaches, loops: loops.length, idle_while_allowed: idle }
}
