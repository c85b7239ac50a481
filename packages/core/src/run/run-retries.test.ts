// What the kernel makes of retries, one situation each: who pays, which worker, how much is reserved, and what never runs twice.
import { expect, test } from 'vitest'
import { makeFailure } from '../failure/make-failure.ts'
import type { FailureCategory } from '../model/failure.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { WorkerDefinition } from '../model/worker.ts'
import type { Entry } from './entry.ts'
import { eventOf } from './events-of.ts'
import { fifo } from './fifo.ts'
import type { KernelSignal } from './judge-signal.ts'
import { Kernel } from './kernel.ts'
import { kernelOptions, type KernelOptionsInput } from './kernel-options.ts'

test('a run makes no more retries than its budget allows, and says what is left', () => {
  const tasks = Array.from({ length: 8 }, (_, i) => task(`t${i}`))
  const { step } = begin({
    tasks,
    workers: [worker('w', { slots: 8 })],
    options: { retry: retry({ budget: { floor: 3 } }) },
  })
  const entries = tasks.flatMap((_, i) => step(failed(i, 1, 'network')))
  expect(of(entries, 'retrying').map(({ budgetLeft }) => budgetLeft)).toEqual([2, 1, 0])
  expect(of(entries, 'gave-up')).toHaveLength(5)
  expect(of(entries, 'gave-up')[0]).toMatchObject({ because: 'budget-spent', budgetLeft: 0 })
})

test('looking for flakiness takes at most half of the budget, so that a retry that helps is still made', () => {
  const tasks = Array.from({ length: 8 }, (_, i) => task(`t${i}`))
  const { step } = begin({
    tasks,
    workers: [worker('w', { slots: 8 })],
    options: { retry: retry({ budget: { floor: 4 } }) },
  })
  const looked = tasks.slice(0, 6).flatMap((_, i) => step(failed(i, 1, 'assertion')))
  expect(of(looked, 'retrying').map(({ because }) => because)).toEqual(['detect-flakiness', 'detect-flakiness'])
  expect(of(looked, 'gave-up')[0]).toMatchObject({ because: 'budget-spent', budgetLeft: 2 })
  expect(of(step(failed(6, 1, 'network')), 'retrying')).toMatchObject([{ because: 'may-pass', budgetLeft: 1 }])
})

test('the budget of a run is a share of its tasks', () => {
  const tasks = Array.from({ length: 40 }, (_, i) => task(`t${i}`))
  const budget = { share: 0.1, floor: 0 }
  const { step } = begin({ tasks, workers: [worker('w', { slots: 40 })], options: { retry: retry({ budget }) } })
  const entries = tasks.flatMap((_, i) => step(failed(i, 1, 'network')))
  expect(of(entries, 'retrying')).toHaveLength(4)
})

test('tasks that fail at the same moment are not tried again in step', () => {
  const tasks = Array.from({ length: 20 }, (_, i) => task(`t${i}`))
  const options = { retry: retry({ baseDelayMs: 20, budget: null }) }
  const { step } = begin({ tasks, workers: [worker('w', { slots: 20 })], options })
  const entries = tasks.flatMap((_, i) => step(failed(i, 1, 'timeout')))
  expect(new Set(of(entries, 'retrying').map(({ dueMs }) => dueMs)).size).toBe(20)
})

test('a timeout is tried again on another worker where one has room', () => {
  const { step, kernel } = begin({ tasks: [task('a')], workers: [worker('w0'), worker('w1')] })
  expect(of(step(failed(0, 1, 'timeout')), 'retrying')[0]).toMatchObject({ because: 'may-pass', prefers: 'other' })
  expect(of(later(kernel), 'launched')).toMatchObject([{ n: 2, worker: 1 }])
})

test('where only the same worker has room, that is better than none', () => {
  const { step, kernel } = begin({ tasks: [task('a')], workers: [worker('w0')] })
  step(failed(0, 1, 'timeout'))
  expect(of(later(kernel), 'launched')).toMatchObject([{ n: 2, worker: 0 }])
})

test('what ran out of memory reserves more of it, as far as some worker has it', () => {
  const needs = { resources: { memory: 3, cpu: 1 } }
  const { step, kernel } = begin({
    tasks: [task('a', { needs })],
    workers: [worker('w0', { memory: 4, cpu: 4 }), worker('w1', { memory: 5, cpu: 4 })],
  })
  const [retrying] = of(step(failed(0, 1, 'resource', { code: 'memory' })), 'retrying')
  expect(retrying?.resources).toEqual({ cpu: 1, memory: 5, slots: 1 })
  expect(of(later(kernel), 'launched')).toMatchObject([{ n: 2, worker: 1 }])
})

test('a whole worker may be asked for', () => {
  const { step } = begin({
    tasks: [task('a')],
    workers: [worker('w0', { slots: 4 })],
    options: { retry: retry({ categories: { timeout: { reservation: 'whole-worker' } } }) },
  })
  expect(of(step(failed(0, 1, 'timeout')), 'retrying')[0]?.resources).toEqual({ slots: 4 })
})

test('what the infrastructure ended is not charged: it is tried again unasked, three times in all', () => {
  const { step, kernel } = begin({ tasks: [task('a')], workers: [worker('w')], options: {} })
  for (const n of [1, 2]) {
    expect(of(step(failed(0, n, 'infrastructure')), 'retrying')[0]).toMatchObject({ because: 'not-its-fault' })
    later(kernel)
  }
  expect(of(step(failed(0, 3, 'infrastructure')), 'gave-up')[0]).toMatchObject({ because: 'lost-too-often' })
})

test('nothing else is tried again unless somebody asks for it, and nobody is told that it was not', () => {
  const { step, kernel } = begin({ tasks: [task('a')], workers: [worker('w')], options: {} })
  const entries = step(failed(0, 1, 'network'))
  expect(of(entries, 'gave-up')[0]).toMatchObject({ because: 'exhausted' })
  expect(entries.map((entry) => eventOf(kernel.state, entry, 1)?.kind)).not.toContain('task-gave-up')
})

test('an assertion is tried again to detect flakiness, and marked so', () => {
  const { step } = begin({ tasks: [task('a')], workers: [worker('w')] })
  expect(of(step(failed(0, 1, 'assertion')), 'retrying')[0]).toMatchObject({ because: 'detect-flakiness' })
})

test('a server that asks to be left alone is, and the event says so', () => {
  const { step, kernel } = begin({ tasks: [task('a')], workers: [worker('w')] })
  const entries = step(failed(0, 1, 'network', { retryAfterMs: 60_000 }))
  const [retrying] = of(entries, 'retrying')
  expect(retrying?.dueMs).toBeGreaterThanOrEqual(60_000)
  expect(retrying?.dueMs).toBeLessThanOrEqual(61_000)
  expect(retrying === undefined ? undefined : eventOf(kernel.state, retrying, 1)).toMatchObject({
    kind: 'task-retrying',
    because: 'may-pass',
    attemptsLeft: 2,
    retryAfterMs: 60_000,
  })
})

test('what must not run twice does not, though its worker died under it', () => {
  const { step } = begin({ tasks: [task('a', { idempotent: false })], workers: [worker('w')] })
  const entries = step({ kind: 'worker-left', worker: 'w', because: 'it is gone' })
  expect(of(entries, 'gave-up')[0]).toMatchObject({ because: 'not-idempotent' })
})

test('what must not run twice is placed again where a worker refused it', () => {
  const { step } = begin({ tasks: [task('a', { idempotent: false })], workers: [worker('w')] })
  const entries = step({ kind: 'attempt-refused', attempt: { run: 'r', task: 0, n: 1 }, because: 'full' })
  expect(of(entries, 'retrying')[0]).toMatchObject({ because: 'refused' })
})

test('no attempt begins after the time for all of them is over', () => {
  const { step } = begin({
    tasks: [task('a')],
    workers: [worker('w')],
    options: { retry: retry({ maxTotalMs: 500, jitter: 0, categories: { network: { baseDelayMs: 1000 } } }) },
  })
  expect(of(step(failed(0, 1, 'network')), 'gave-up')[0]).toMatchObject({ because: 'out-of-time' })
})

test('retries that a breaker held up come back one by one when it closes', () => {
  const tasks = Array.from({ length: 8 }, (_, i) => task(`t${i}`, { needs: { uses: ['shop-api'] } }))
  const options = { retry: 3, breakers: { resource: { openMs: 20_000 } } }
  const { step, kernel } = begin({ tasks, workers: [worker('w', { slots: 8 })], options })
  for (let i = 0; i < 8; i++) step(failed(i, 1, 'network'))
  let probe: readonly Entry[] = []
  while (of(probe, 'launched').length === 0) probe = later(kernel)
  expect(of(probe, 'launched')).toHaveLength(1)
  const about = of(probe, 'launched')[0]?.task ?? 0
  const attempt = { run: 'r', task: about, n: 2 }
  const outcome = { result: 'passed', durationMs: 1 } as const
  const { entries } = kernel.step([{ kind: 'attempt-ended', attempt, outcome }], kernel.state.atMs)
  const back = of(entries, 'retrying')
  expect(back.map(({ because, isPaid }) => [because, isPaid])).toEqual(Array(7).fill(['recovered', undefined]))
  expect(new Set(back.map(({ dueMs }) => Math.round(dueMs))).size).toBe(7)
  expect(of(entries, 'launched')).toEqual([])
})

type Retry = Exclude<NonNullable<KernelOptionsInput['retry']>, number>

function retry(more: Retry): Retry {
  return { maxAttempts: 3, ...more }
}

function begin({
  tasks,
  workers,
  options = { retry: 3 },
}: {
  readonly tasks: readonly TaskDefinition[]
  readonly workers: readonly WorkerDefinition[]
  readonly options?: KernelOptionsInput
}): { readonly kernel: Kernel; readonly step: (signal: KernelSignal) => readonly Entry[] } {
  const kernel = new Kernel(fifo())
  kernel.step(
    [
      { kind: 'begin', run: 'r', name: 'r', seed: 7, options: kernelOptions.parse({ breakers: false, ...options }) },
      { kind: 'open', epoch: 1 },
      ...workers.map((joining) => ({ kind: 'worker-joined', worker: joining }) as const),
      { kind: 'add-tasks', tasks },
      { kind: 'close-source' },
    ],
    0,
  )
  return { kernel, step: (signal) => kernel.step([signal], 0).entries }
}

/** What happens once the next wait is over. */
function later(kernel: Kernel): readonly Entry[] {
  return kernel.step([], kernel.nextDueMs ?? 0).entries
}

function task(id: string, more: Partial<TaskDefinition> = {}): TaskDefinition {
  return { id, kind: 'unit', ...more }
}

function worker(id: string, capacity: Readonly<Record<string, number>> = {}): WorkerDefinition {
  return { id, engine: 'test', kinds: ['unit'], capacity: { slots: 1, ...capacity } }
}

function failed(
  about: number,
  n: number,
  category: FailureCategory,
  more: { readonly code?: string; readonly retryAfterMs?: number } = {},
): KernelSignal {
  const failure = makeFailure({ category, message: 'no', evidence: [], ...more })
  return {
    kind: 'attempt-ended',
    attempt: { run: 'r', task: about, n },
    outcome: { result: 'failed', durationMs: 1, failure },
  }
}

function of<Kind extends Entry['kind']>(
  entries: readonly Entry[],
  kind: Kind,
): readonly Extract<Entry, { kind: Kind }>[] {
  return entries.filter((entry): entry is Extract<Entry, { kind: Kind }> => entry.kind === kind)
}
