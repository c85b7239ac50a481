// A run that is decided anew as it was decided is the same run; decided otherwise, it does the same work, in an order that its
// edges allow, and says from where on it is another one. The run that is recorded is driven by a loop that is as plain as can be.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Outcome } from '../model/outcome.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { WorkerDefinition } from '../model/worker.ts'
import type { Policy } from '../ports/policy.ts'
import type { CommitRecord } from '../run/entry.ts'
import { fifo } from '../run/fifo.ts'
import type { KernelSignal } from '../run/judge-signal.ts'
import { Kernel } from '../run/kernel.ts'
import { kernelOptions } from '../run/kernel-options.ts'
import { RecordedRun } from './recorded-run.ts'
import { whatIf, type WhatIf } from './what-if.ts'

interface Life {
  readonly ms: number
  readonly fails: number
  readonly before: readonly number[]
  readonly lateMs: number
}

const anyLives: fc.Arbitrary<readonly Life[]> = fc.array(
  fc.record({
    ms: fc.integer({ min: 1, max: 20 }),
    fails: fc.nat({ max: 2 }),
    before: fc.array(fc.nat(), { maxLength: 2 }),
    lateMs: fc.constantFrom(0, 0, 0, 7, 30),
  }),
  { minLength: 1, maxLength: 15 },
)
const anyWorkers: fc.Arbitrary<readonly WorkerDefinition[]> = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 })
  .map((all) => all.map((slots, i) => ({ id: `w${i}`, engine: 'e', kinds: ['k'], capacity: { slots } })))

const lastFirst: Policy = { name: 'last-first', key: ({ handle }) => -handle }
const anyPolicy = fc.constantFrom(fifo(), lastFirst)
const options = kernelOptions.parse({ retry: { maxAttempts: 2, baseDelayMs: 3, jitter: 0 } })

/** Tasks that come late come in batches of their own and depend on nothing. */
function tasksOf(lives: readonly Life[]): readonly TaskDefinition[] {
  return lives.map(({ before, lateMs }, i) => ({
    id: `t${i}`,
    kind: 'k',
    ...(i === 0 || lateMs > 0
      ? {}
      : {
          dependsOn: [...new Set(before.map((at) => at % i))]
            .filter((at) => lives[at]?.lateMs === 0)
            .map((at) => ({ on: `t${at}`, kind: 'soft' as const })),
        }),
  }))
}

/** Runs it; `until` is when its owner lets go. */
function record(
  lives: readonly Life[],
  workers: readonly WorkerDefinition[],
  policy: Policy,
  until = Infinity,
): RecordedRun {
  const kernel = new Kernel(policy)
  const recorded = new RecordedRun()
  const tasks = tasksOf(lives)
  const script = [0, 7, 30].map((atMs): { readonly atMs: number; readonly signal: KernelSignal } => ({
    atMs,
    signal: { kind: 'add-tasks', tasks: tasks.filter((_, i) => lives[i]?.lateMs === atMs) },
  }))
  script.push({ atMs: 30, signal: { kind: 'close-source' } })
  const running: { readonly atMs: number; readonly task: number; readonly n: number; readonly order: number }[] = []
  let order = 0
  const lifeOf = (task: number): Life | undefined => lives[Number(kernel.state.tasks.id(task).slice(1))]
  const step = (signals: readonly KernelSignal[], atMs: number): void => {
    const { entries } = kernel.step(signals, atMs)
    const commit: CommitRecord = { atMs: kernel.state.atMs, wallMs: 0, entries }
    recorded.take(commit)
    for (const entry of entries) {
      if (entry.kind === 'launched')
        running.push({ atMs: atMs + (lifeOf(entry.task)?.ms ?? 0), task: entry.task, n: entry.n, order: order++ })
    }
  }
  const begin: readonly KernelSignal[] = [
    { kind: 'begin', run: 'r', name: 'r', seed: 1, options },
    { kind: 'open', epoch: 1 },
    ...workers.map((worker) => ({ kind: 'worker-joined', worker }) as const),
  ]
  for (let nowMs = 0, isFirst = true; nowMs < until && kernel.state.phase !== 'over'; isFirst = false) {
    running.sort((a, b) => a.atMs - b.atMs || a.order - b.order)
    const due = running.filter(({ atMs }) => atMs <= nowMs)
    running.splice(0, due.length)
    const ends = due.map(({ task, n }): KernelSignal => {
      const result: Outcome['result'] = n <= (lifeOf(task)?.fails ?? 0) ? 'failed' : 'passed'
      const failure = {
        category: 'assertion',
        fault: 'test',
        transient: true,
        message: 'no',
        fingerprint: 'f',
        evidence: [],
      } as const
      const outcome = { result, durationMs: 1, ...(result === 'failed' ? { failure } : {}) }
      return { kind: 'attempt-ended', attempt: { run: 'r', task, n }, outcome }
    })
    const arrived = script.filter(({ atMs }) => atMs <= nowMs)
    script.splice(0, arrived.length)
    step([...(isFirst ? begin : []), ...ends, ...arrived.map(({ signal }) => signal)], nowMs)
    nowMs = Math.max(
      nowMs,
      Math.min(...running.map(({ atMs }) => atMs), ...script.map(({ atMs }) => atMs), kernel.nextDueMs ?? Infinity),
    )
  }
  return recorded
}

const ask = (recorded: RecordedRun, policy: Policy, workers: readonly WorkerDefinition[]): WhatIf =>
  whatIf({ recorded, policy, workers, graphOf: () => ({}) })

test('decided as it was, a run is the same run', () => {
  fc.assert(
    fc.property(anyLives, anyWorkers, anyPolicy, (lives, workers, policy) => {
      const { then, now, imputed, parting } = ask(record(lives, workers, policy), policy, workers)
      expect(now).toEqual(then)
      expect(parting).toBeUndefined()
      expect(imputed).toEqual({ attempts: 0, share: 0 })
    }),
  )
})

test('decided otherwise, it is the same work: every verdict, every attempt, all busy time', () => {
  let parted = 0
  fc.assert(
    fc.property(anyLives, anyWorkers, anyWorkers, (lives, workers, others) => {
      const { then, now, imputed, parting } = ask(record(lives, workers, fifo()), lastFirst, others)
      expect(now.totals).toEqual(then.totals)
      expect(now.attempts).toBe(then.attempts)
      expect(imputed.attempts).toBe(0)
      const busy = ({ workers: shares }: WhatIf['now']): number => shares.reduce((sum, { busyMs }) => sum + busyMs, 0)
      expect(busy(now)).toBeCloseTo(busy(then))
      expect(now.workers.map(({ worker, slots }) => [worker, slots])).toEqual(
        others.map(({ id, capacity }) => [id, capacity['slots']]),
      )
      for (const { busyMs, slots } of now.workers) expect(busyMs).toBeLessThanOrEqual(slots * now.makespanMs + 1e-9)
      if (parting !== undefined) parted++
    }),
  )
  expect(parted).toBeGreaterThan(10)
})

test('what was never recorded is assumed, and said to be', () => {
  fc.assert(
    fc.property(anyLives, anyWorkers, fc.integer({ min: 1, max: 40 }), (lives, workers, until) => {
      const recorded = record(lives, workers, fifo(), until)
      const { now, imputed } = ask(recorded, lastFirst, workers)
      const kept = [...recorded.launches()].length
      expect(imputed.attempts).toBeLessThanOrEqual(now.attempts)
      expect(now.attempts - imputed.attempts).toBeLessThanOrEqual(kept)
      expect(imputed.share).toBeCloseTo(now.attempts === 0 ? 0 : imputed.attempts / now.attempts)
      if (recorded.state.sourceClosed) expect(now.totals.open).toBe(0)
    }),
  )
})
