// Whether retries make an outage worse. Everything that runs needs one dependency, which is down for a minute of virtual time;
// the real kernel decides, and the dependency itself counts who knocks, so the figures do not depend on what the kernel says.
import { failureFromError } from '@muster/core/failure'
import { Kernel, kernelOptions, type TaskDefinition } from '@muster/core'
import type { Bench, BenchResult } from '../bench.ts'
import { drawFrom } from '../draw.ts'

const run = 'storm'
const tasks = 1000
const workers = 50
const downFromMs = 10_000
const downToMs = 70_000
/** Longest virtual time of a run that hangs. */
const patienceMs = 3_600_000

type Signals = Parameters<Kernel['step']>[0]
type Options = ReturnType<typeof kernelOptions.parse>

export const bench: Bench = {
  name: 'retry-storm',
  summary: '1,000 tasks on 50 workers need one dependency, which is down from second 10 to second 70 of virtual time',
  figures: {
    attempts_ratio: 'attempts that were no probes / tasks; at most 1.1 is the promise',
    in_step: 'pairs of retries that knock in the same millisecond',
    breaker_cycle: '1 where the breaker opened, half-opened and closed, and nothing but probes knocked in between',
  },
  faults: {
    'no-breakers': 'turns the circuit breakers off: only the budget is left',
    'no-budget': 'turns the budget of the run off as well',
    'no-jitter': 'has no breakers, and waits for the whole wait each time',
  },
  run: async ({ plant, seed }) => judge(storm(optionsOf(plant), seed)),
}

function optionsOf(plant: string | undefined): Options {
  const budget = plant === 'no-budget' ? { budget: null } : {}
  const jitter = plant === 'no-jitter' ? { jitter: 0 } : {}
  const breakers = plant === undefined ? {} : { breakers: false as const }
  return kernelOptions.parse({ retry: { maxAttempts: 3, ...budget, ...jitter }, ...breakers })
}

/** One knock at the dependency: an attempt that began. */
interface Knock {
  readonly atMs: number
  readonly task: number
  readonly n: number
  readonly isProbe: boolean
}

interface Storm {
  readonly knocks: readonly Knock[]
  readonly breaker: readonly string[]
  readonly verdicts: Readonly<Record<string, number>>
  readonly endedAtMs: number
}

interface Ending {
  readonly atMs: number
  readonly task: number
  readonly n: number
  readonly hasPassed: boolean
}

/** Runs the storm: what is launched knocks at once, and fails within a tenth of a second while nobody answers. */
function storm(options: Options, seed: number): Storm {
  const draw = drawFrom(seed)
  const definitions = Array.from({ length: tasks }, (_, i): TaskDefinition => {
    return { id: `task-${i}`, kind: 'e2e', needs: { uses: ['shop-api'] } }
  })
  const kernel = new Kernel({ name: 'first come', key: ({ handle }) => handle })
  const knocks: Knock[] = []
  const breaker: string[] = []
  let endings: Ending[] = []
  let nowMs = 0
  let isHalfOpen = false
  let signals: Signals = [
    { kind: 'begin', run, name: run, seed, options },
    { kind: 'open', epoch: 1 },
    ...Array.from({ length: workers }, (_, i) => {
      return {
        kind: 'worker-joined',
        worker: { id: `w${i}`, engine: 'virtual', kinds: ['e2e'], capacity: { slots: 1 } },
      } as const
    }),
    { kind: 'add-tasks', tasks: definitions },
    { kind: 'close-source' },
  ]
  for (;;) {
    for (const entry of kernel.step(signals, nowMs).entries) {
      if (entry.kind === 'breaker' && entry.key.startsWith('resource:')) {
        breaker.push(entry.state.kind)
        isHalfOpen = entry.state.kind === 'half-open'
      }
      if (entry.kind !== 'launched') continue
      knocks.push({ atMs: nowMs, task: entry.task, n: entry.n, isProbe: isHalfOpen })
      endings.push(endingOf(entry, nowMs, draw))
    }
    const nextMs = Math.min(kernel.nextDueMs ?? Infinity, ...endings.map(({ atMs }) => atMs))
    if (nextMs > patienceMs) break
    nowMs = Math.max(nowMs, nextMs)
    signals = endings.filter(({ atMs }) => atMs <= nowMs).map(signalOf)
    endings = endings.filter(({ atMs }) => atMs > nowMs)
  }
  return { knocks, breaker, verdicts: kernel.state.verdictCounts, endedAtMs: nowMs }
}

function endingOf(
  { task, n }: { readonly task: number; readonly n: number },
  nowMs: number,
  draw: (below: number) => number,
): Ending {
  const fullMs = 500 + draw(1500)
  const isUp = nowMs < downFromMs || nowMs >= downToMs
  if (!isUp) return { atMs: nowMs + 20 + draw(80), task, n, hasPassed: false }
  // Whoever was talking when it went down notices within a moment.
  if (nowMs < downFromMs && nowMs + fullMs > downFromMs)
    return { atMs: downFromMs + draw(100), task, n, hasPassed: false }
  return { atMs: nowMs + fullMs, task, n, hasPassed: true }
}

function signalOf({ atMs, task, n, hasPassed }: Ending): Signals[number] {
  const attempt = { run, task, n }
  if (hasPassed) return { kind: 'attempt-ended', attempt, outcome: { result: 'passed', durationMs: atMs } }
  const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:443'), { code: 'ECONNREFUSED' })
  return {
    kind: 'attempt-ended',
    attempt,
    outcome: { result: 'failed', durationMs: 50, failure: failureFromError(refused) },
  }
}

function judge({ knocks, breaker, verdicts, endedAtMs }: Storm): BenchResult {
  const probes = knocks.filter(({ isProbe }) => isProbe)
  const retries = knocks.filter(({ n }) => n > 1)
  const refused = knocks.filter(({ atMs }) => atMs >= downFromMs && atMs < downToMs)
  const counted = Object.entries(verdicts).filter(([, count]) => count > 0)
  const notes = [
    `${knocks.length} attempts, ${probes.length} of them probes, ${retries.length} retries; ${refused.length} knocked while nobody answered`,
    `verdicts: ${counted.map(([kind, count]) => `${count} ${kind}`).join(', ')}; ended at ${Math.round(endedAtMs / 1000)} s`,
    breaker.length === 0 ? 'there was no breaker' : `the breaker: ${breaker.join(', ')}`,
  ]
  return {
    figures: {
      attempts_ratio: (knocks.length - probes.length) / tasks,
      in_step: pairsInStep(retries),
      breaker_cycle: isCycle(breaker) ? 1 : 0,
    },
    notes,
  }
}

function pairsInStep(knocks: readonly Knock[]): number {
  const byMs = new Map<number, number>()
  for (const { atMs } of knocks) byMs.set(Math.floor(atMs), (byMs.get(Math.floor(atMs)) ?? 0) + 1)
  let pairs = 0
  for (const together of byMs.values()) pairs += (together * (together - 1)) / 2
  return pairs
}

/** It opened first and closed last, and half-opened before each time that it closed. */
function isCycle(states: readonly string[]): boolean {
  const isInOrder = states.every((state, i) => state !== 'closed' || states[i - 1] === 'half-open')
  return states[0] === 'open' && states.includes('half-open') && states.at(-1) === 'closed' && isInOrder
}
