// What shares promise, seen from outside: attempts as a witness heard of them, added up anew.
import type { TaskDefinition, WorkerDefinition } from '@muster/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPolicy } from '../pipeline/create-policy.ts'
import type { PluginProblem } from '../pipeline/plugin-guard.ts'
import { type SimulatedAttempt, simulateSchedule, type SimulatedSchedule } from '../simulate/simulate-schedule.ts'
import { fifo } from '../strategies/fifo.ts'
import type { LoanEntry } from './loans.ts'
import { ownerShares } from './owner-shares.ts'
import { type OwnerShareOptions, type QuotaShare, readShareOptions } from './share-options.ts'
import { ShareSession } from './share-session.ts'

interface Scenario {
  readonly tasks: readonly TaskDefinition[]
  readonly comes: readonly number[]
  readonly workers: readonly WorkerDefinition[]
  readonly options: OwnerShareOptions
}

const workersOf = (count: number): readonly WorkerDefinition[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `w${at}`,
    engine: 'e',
    kinds: ['k'],
    capacity: { slots: 2, cpu: 4 },
  }))

const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    shares: fc.constantFrom([0.5, 0.3, 0.2], [0.4, 0.4, 0.2], [0.6, 0.2, 0], [0.25, 0.25, 0.25]),
    borrowing: fc.constantFrom(0, 0.5, 1, 10),
    lending: fc.constantFrom(0, 0.5, 1),
    halfLifeMs: fc.constantFrom(0, 50, 3_600_000),
    adjust: fc.boolean(),
    count: fc.integer({ min: 1, max: 6 }),
    drawn: fc.array(
      fc.record({
        owner: fc.constantFrom('a', 'b', 'c', 'a/x', 'a/y', 'stranger'),
        expectedMs: fc.integer({ min: 1, max: 60 }),
        cpu: fc.constantFrom(0, 1, 2),
        atMs: fc.integer({ min: 0, max: 200 }),
      }),
      { minLength: 1, maxLength: 60 },
    ),
  })
  .map(({ shares, borrowing, lending, halfLifeMs, adjust, count, drawn }) => ({
    tasks: drawn.map(({ owner, expectedMs, cpu }, at) => ({
      id: `t${at}`,
      kind: 'k',
      owner,
      expectedMs,
      ...(cpu === 0 ? {} : { needs: { resources: { cpu } } }),
    })),
    comes: drawn.map(({ atMs }) => atMs),
    workers: workersOf(count),
    options: {
      fairShare: { halfLifeMs },
      quotas: {
        shares: Object.fromEntries(
          ['a', 'b', 'c'].map((owner, at) => [owner, { nominal: shares[at] ?? 0, borrowing, lending }]),
        ),
        ...(adjust ? { adjust: { everyMs: 40 } } : {}),
      },
    },
  }))

interface Played extends SimulatedSchedule {
  readonly attempts: readonly SimulatedAttempt[]
  readonly loans: readonly LoanEntry[]
  readonly problems: readonly PluginProblem[]
}

function play({ tasks, comes, workers, options }: Scenario): Played {
  const attempts: SimulatedAttempt[] = []
  const loans: LoanEntry[] = []
  const problems: PluginProblem[] = []
  const plugin = ownerShares(options, { onLoan: (entry) => loans.push(entry) })
  const schedule = simulateSchedule({
    workload: { tasks, workers, arrivesAtMs: ({ id }) => comes[Number(id.slice(1))] ?? 0 },
    policy: createPolicy(fifo(), [plugin], { onProblem: (problem) => problems.push(problem) }),
    onAttempt: (attempt) => attempts.push(attempt),
  })
  return { ...schedule, attempts, loans, problems }
}

test('every owner is served: all tasks pass, and the plugin is at no time wrong', () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const { verdicts, problems } = play(scenario)
      expect(problems).toEqual([])
      expect(verdicts).toEqual({ passed: scenario.tasks.length })
    }),
  )
})

test('nobody holds more than it may, but for one attempt that is coarser than its quota', () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const { quotas } = scenario.options
      const { attempts } = play({
        ...scenario,
        options: { ...scenario.options, quotas: { shares: quotas?.shares ?? {} } },
      })
      const { tasks, workers } = scenario
      for (const { startMs } of attempts) {
        for (const [owner, { nominal, borrowing = 0 }] of Object.entries(quotas?.shares ?? {})) {
          const open = attempts.filter((attempt) => {
            const own = tasks[attempt.task]?.owner ?? ''
            return (
              (own === owner || own.startsWith(`${owner}/`)) && attempt.startMs <= startMs && startMs < attempt.endMs
            )
          })
          const cpu = open.reduce((sum, { task }) => sum + (tasks[task]?.needs?.resources?.['cpu'] ?? 0), 0)
          const part = Math.max(open.length / (2 * workers.length), cpu / (4 * workers.length))
          expect(open.length <= 1 || part <= nominal * (1 + borrowing) + 1e-9, `${owner} holds ${part}`).toBe(true)
        }
      }
    }),
  )
})

/** One owner has everything before the others come. */
const anyContested = anyScenario.map((scenario): Scenario => {
  const tasks = scenario.tasks.map(({ id, expectedMs = 1 }, at): TaskDefinition => {
    return { id, kind: 'k', owner: at % 2 === 0 ? 'a' : at % 3 === 0 ? 'b' : 'c', expectedMs: expectedMs + 40 }
  })
  const shares: readonly (readonly [string, QuotaShare])[] = Object.entries(scenario.options.quotas?.shares ?? {}).map(
    ([owner, { nominal }]) => [owner, { nominal }] as const,
  )
  const comes = scenario.comes.map((atMs, at) => (at % 2 === 0 ? 0 : 1 + atMs))
  return { ...scenario, tasks, comes, options: { quotas: { shares: Object.fromEntries(shares) } } }
})

test('whoever took a place from another loses it to nobody', () => {
  let taken = 0
  fc.assert(
    fc.property(anyContested, (scenario) => {
      const { attempts, preemptions } = play(scenario)
      taken += preemptions
      const vacated = new Set(attempts.flatMap((each) => (each.isPreempted ? [`${each.worker} ${each.endMs}`] : [])))
      const begun = (each: SimulatedAttempt): boolean =>
        each.startMs < each.endMs && vacated.has(`${each.worker} ${each.startMs}`)
      // Two slots a worker: what began in the same moment beside it may be a loan of its own, so owners are compared.
      for (const lost of attempts.filter((each) => each.isPreempted && begun(each))) {
        const owner = scenario.tasks[lost.task]?.owner
        const causes = attempts.filter(
          (each) => each.isPreempted && each.worker === lost.worker && each.endMs === lost.startMs,
        )
        const gains = attempts.filter((each) => each.worker === lost.worker && each.startMs === lost.endMs)
        const isTurn = gains.some(({ task }) => causes.some((cause) => cause.task === task))
        expect(isTurn, `${owner ?? ''} gave the place back to the one it took it from`).toBe(false)
      }
    }),
    { numRuns: 300 },
  )
  expect(taken).toBeGreaterThan(10)
})

test('what was lent is given back, for as long as it was held', () => {
  let lent = 0
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const { loans, attempts } = play(scenario)
      const open = new Map<string, LoanEntry>()
      for (const entry of loans) {
        if (entry.kind === 'borrowed') {
          lent++
          open.set(entry.task, entry)
          continue
        }
        const loan = open.get(entry.task)
        open.delete(entry.task)
        expect(entry).toMatchObject({
          borrower: loan?.borrower,
          parts: loan?.parts,
          heldMs: entry.atMs - (loan?.atMs ?? NaN),
        })
        const attempt = attempts.find(({ task, endMs }) => `t${task}` === entry.task && endMs === entry.atMs)
        expect(attempt?.isPreempted).toBe(entry.kind === 'reclaimed')
      }
      expect(open.size).toBe(0)
    }),
  )
  expect(lent).toBeGreaterThan(50)
})

test('what is charged is what was held, and debts add up to nothing', () => {
  fc.assert(
    fc.property(anyScenario, ({ tasks, comes, workers, options: { quotas } }) => {
      const session = new ShareSession(readShareOptions({ fairShare: { halfLifeMs: 1e15 }, quotas }), {})
      const attempts: SimulatedAttempt[] = []
      simulateSchedule({
        workload: { tasks, workers, arrivesAtMs: ({ id }) => comes[Number(id.slice(1))] ?? 0 },
        policy: {
          name: 'watched',
          key: ({ order }) => order,
          lane: (task) => session.lane(task),
          laneKey: (lane) => {
            const key = session.laneKey(lane)
            return 'kind' in key ? { by: 'watched', because: key.because, wakesOn: key.wakesOn } : key
          },
          observe: (happening) => session.observe(happening),
        },
        onAttempt: (attempt) => attempts.push(attempt),
      })
      const cpuMs = attempts.reduce((sum, { task, startMs, endMs }) => {
        return sum + (tasks[task]?.needs?.resources?.['cpu'] ?? 0) * (endMs - startMs)
      }, 0)
      const slotMs = attempts.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)
      const { root, nodes } = session.tree
      const charged = root.used.reduce((sum, used) => sum + used, 0)
      expect(charged).toBeCloseTo(cpuMs + slotMs, 3)
      expect([...nodes, root].reduce((sum, { debt }) => sum + debt, 0)).toBeCloseTo(0, 6)
      expect(root.held.every((held) => held === 0)).toBe(true)
    }),
  )
})

test('no machine is idle while somebody could use it, and the greedy make nobody wait for all they have', () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const { tasks, comes, workers } = scenario
      const { attempts, startsMs } = play({ ...scenario, options: { fairShare: {} } })
      for (const [task, startMs] of startsMs.entries()) {
        for (let atMs = comes[task] ?? 0; atMs < startMs; atMs++) {
          for (const worker of workers.keys()) {
            const open = attempts.filter((each) => each.worker === worker && each.startMs <= atMs && atMs < each.endMs)
            const cpu = open.reduce((sum, each) => sum + (tasks[each.task]?.needs?.resources?.['cpu'] ?? 0), 0)
            const hasRoom = open.length < 2 && cpu + (tasks[task]?.needs?.resources?.['cpu'] ?? 0) <= 4
            expect(hasRoom, `t${task} waits at ${atMs} though w${worker} has room`).toBe(false)
          }
        }
      }
    }),
    { numRuns: 40 },
  )
})

test('one modest owner waits for a share of the machine, however much the greedy one sent before it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 20 }), (greedy, modest) => {
      const tasks = Array.from({ length: greedy + modest }, (_, at): TaskDefinition => {
        return { id: `t${at}`, kind: 'k', owner: at < greedy ? 'greedy' : 'modest', expectedMs: 10 }
      })
      const { startsMs } = play({ tasks, comes: [], workers: workersOf(2), options: { fairShare: {} } })
      // Half of four slots are its own: two at a time, 10 ms each, and one turn until the first is free.
      const bound = 10 * Math.ceil(modest / 2) + 10
      expect(Math.max(...startsMs.slice(greedy))).toBeLessThanOrEqual(bound)
    }),
  )
})
