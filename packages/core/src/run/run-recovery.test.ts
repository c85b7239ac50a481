// What the kernel makes of a ladder, one situation each: which rung comes next, what each of them changes about the next attempt
// and the run around it, and that what cannot be carried out is passed over.
import { expect, test } from 'vitest'
import { makeFailure } from '../failure/make-failure.ts'
import type { FailureCategory } from '../model/failure.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { WorkerDefinition } from '../model/worker.ts'
import { builtInStrategies } from '../recovery/built-in-strategies.ts'
import type { RecoveryStep } from '../recovery/recovery-step.ts'
import type { Entry } from './entry.ts'
import { explain } from './explain.ts'
import { fifo } from './fifo.ts'
import type { KernelSignal } from './judge-signal.ts'
import { Kernel } from './kernel.ts'
import { kernelOptions } from './kernel-options.ts'

test('a task climbs one rung with each failure of the category, and stays on the last', () => {
  const run = begin({ workers: [worker('w')], ladder: ['retry', 'restart', 'fresh-process'] })
  const taken = [1, 2, 3, 4].map((n) => run.retryOf(run.fail(0, n)))
  expect(taken.map((entry) => [entry?.recovery?.strategy, entry?.recovery?.level])).toEqual([
    ['retry', 1],
    ['restart', 2],
    ['fresh-process', 3],
    ['fresh-process', 3],
  ])
  expect(taken.map((entry) => entry?.recovery?.process)).toEqual([
    undefined,
    'fresh',
    'fresh-without-cache',
    'fresh-without-cache',
  ])
})

test('the report of each attempt says by which rung it was made', () => {
  const run = begin({ workers: [worker('w')], ladder: ['retry', 'restart'] })
  run.fail(0, 1)
  run.fail(0, 2)
  run.pass(0, 3)
  const { attempts } = run.kernel.state.taskReport(0)
  expect(attempts.map(({ recovery }) => recovery?.strategy)).toEqual([undefined, 'retry', 'restart'])
  expect(explain(run.kernel, 't0').sentences.join(' ')).toContain('level 2: restart')
})

test('what an attempt that was lost was to be, the next one is', () => {
  const run = begin({ workers: [worker('w')], ladder: ['restart', 'retry'] })
  run.fail(0, 1)
  run.later()
  run.step({ kind: 'attempt-lost', attempt: { run: 'r', task: 0, n: 2 }, cause: 'coordinator' })
  run.later()
  run.pass(0, 3)
  const { attempts } = run.kernel.state.taskReport(0)
  expect(attempts.map(({ recovery }) => recovery?.strategy)).toEqual([undefined, 'restart', 'restart'])
})

test('rungs that cannot be carried out are passed over: no fresh process, no other worker, nothing beside it', () => {
  const run = begin({
    workers: [{ ...worker('w'), freshProcesses: false }],
    ladder: ['restart', 'other-worker', 'reduced-concurrency', 'quarantine-worker', 'delay'],
  })
  expect(run.retryOf(run.fail(0, 1))?.recovery).toMatchObject({ strategy: 'delay', rung: 4 })
})

test('what such failures are met with is told as what can be done: with one worker there is no other', () => {
  const ladder = [{ strategy: 'other-worker', level: 3, effect: { kind: 'retry' }, because: 'default' }] as const
  const options = { ladder: [], steps: ladder, retry: { worker: 'other' } } as const
  const alone = begin({ workers: [worker('w')], ...options })
  const entry = alone.retryOf(alone.fail(0, 1))
  expect(entry?.recovery).toMatchObject({ strategy: 'retry', level: 1, because: 'default' })
  expect(entry?.prefers).toBeUndefined()
  const beside = begin({ workers: [worker('w'), worker('v')], ...options })
  expect(beside.retryOf(beside.fail(0, 1))).toMatchObject({
    recovery: { strategy: 'other-worker', level: 3 },
    prefers: 'other',
  })
})

test('where nothing of the ladder can be carried out the rule alone holds', () => {
  const run = begin({ workers: [worker('w')], ladder: ['other-worker', 'quarantine-worker'] })
  expect(run.retryOf(run.fail(0, 1))).toMatchObject({ because: 'may-pass', isPaid: true })
  expect(run.kernel.state.recoveries.size).toBe(0)
})

test('with reduced concurrency nothing starts while half as much runs, until it has recovered', () => {
  const run = begin({ workers: [worker('w', 4)], ladder: ['reduced-concurrency'], tasks: 8 })
  expect(run.retryOf(run.fail(0, 1))?.recovery).toMatchObject({ inFlight: 2 })
  expect(run.kernel.state.running.size).toBe(3)
  expect(explain(run.kernel, 't4').sentences[0]).toMatch(/2 attempts at a time.*t0/)
  expect(of(run.pass(1, 1), 'launched')).toEqual([])
  expect(of(run.pass(2, 1), 'launched')).toHaveLength(1)
  // The recovering one waits for a moment, then it goes first: it is the earliest.
  run.later()
  run.pass(3, 1)
  const open = (): readonly number[] => [...run.kernel.state.running]
  for (let task = open()[0]; !open().includes(0) && task !== undefined; task = open()[0]) run.pass(task, 1)
  expect(open().length).toBeLessThanOrEqual(2)
  run.pass(0, 2)
  expect(open().length).toBe(Math.min(4, run.kernel.state.openTasks))
})

test('a task that is cancelled while it recovers holds nobody back any more', () => {
  const run = begin({ workers: [worker('w', 4)], ladder: ['reduced-concurrency'], tasks: 8 })
  run.fail(0, 1)
  const entries = run.step({ kind: 'cancel', scope: { kind: 'task', task: 't0' }, by: 'somebody' })
  expect(of(entries, 'launched')).toHaveLength(1)
})

test('the worker is put out, and what failed there runs elsewhere', () => {
  const run = begin({ workers: [worker('w0'), worker('w1')], ladder: ['quarantine-worker'] })
  expect(run.kernel.state.attempts.worker(0)).toBe(0)
  const entries = run.fail(0, 1)
  expect(entries).toContainEqual(expect.objectContaining({ kind: 'quarantined', worker: 0 }))
  expect(of(run.later(), 'launched')).toMatchObject([{ n: 2, worker: 1 }])
})

test('the last worker that can do the work is not put out', () => {
  const run = begin({ workers: [worker('w0')], ladder: ['quarantine-worker', 'retry'] })
  const entries = run.fail(0, 1)
  expect(of(entries, 'quarantined')).toEqual([])
  expect(run.retryOf(entries)?.recovery?.strategy).toBe('retry')
})

test('where nothing ever helped the verdict stands, and says so', () => {
  const run = begin({ workers: [worker('w')], ladder: ['skip'] })
  expect(of(run.fail(0, 1), 'gave-up')).toMatchObject([{ because: 'nothing-helps' }])
  expect(run.kernel.state.verdict(0)?.kind).toBe('failed')
})

test('two tasks in a row that a rung does not help send the next one higher, three that are helped bring it down', () => {
  const run = begin({ workers: [worker('w', 8)], ladder: ['retry', 'restart', 'fresh-process'], tasks: 8 })
  const firstOf = (task: number): string | undefined => run.retryOf(run.fail(task, 1))?.recovery?.strategy
  // Found out twice that a plain retry does not help; the second rung does.
  for (const task of [0, 1]) {
    expect(firstOf(task)).toBe('retry')
    run.fail(task, 2)
    run.pass(task, 3)
  }
  // It has helped the second of them already.
  for (const task of [2, 3]) {
    expect(firstOf(task)).toBe('restart')
    run.pass(task, 2)
  }
  expect(firstOf(4)).toBe('retry')
})

test('who is resumed goes on at the same rung', () => {
  const run = begin({ workers: [worker('w')], ladder: ['retry', 'restart'] })
  run.fail(0, 1)
  const again = new Kernel(fifo())
  again.evolve(run.entries, run.kernel.state.atMs)
  expect([...again.state.recoveries]).toEqual([...run.kernel.state.recoveries])
  expect([...again.state.ladders]).toEqual([...run.kernel.state.ladders])
})

interface Begun {
  readonly kernel: Kernel
  readonly entries: Entry[]
  readonly step: (signal: KernelSignal) => readonly Entry[]
  /** Fails an attempt, and lets the wait after it pass. */
  readonly fail: (task: number, n: number, category?: FailureCategory) => readonly Entry[]
  readonly pass: (task: number, n: number) => readonly Entry[]
  readonly later: () => readonly Entry[]
  readonly retryOf: (entries: readonly Entry[]) => Extract<Entry, { kind: 'retrying' }> | undefined
}

/** A run whose unknown failures climb the built-in strategies of these names; waits are over at once unless a test looks. */
function begin({
  workers,
  ladder,
  steps: more = [],
  retry: rule = {},
  tasks = 1,
}: {
  readonly workers: readonly WorkerDefinition[]
  readonly ladder: readonly string[]
  readonly steps?: readonly RecoveryStep[]
  readonly retry?: { readonly worker?: 'other' }
  readonly tasks?: number
}): Begun {
  const steps = ladder.flatMap((name): readonly RecoveryStep[] => {
    const known = builtInStrategies.find((strategy) => strategy.name === name)
    return known === undefined
      ? []
      : [{ strategy: name, level: known.level, effect: known.effect, because: 'least-disturbing' }]
  })
  const kernel = new Kernel(fifo())
  const entries: Entry[] = []
  const keep = (made: readonly Entry[]): readonly Entry[] => {
    entries.push(...made)
    return made
  }
  const retry = { maxAttempts: 9, categories: { unknown: { ...rule, ladder: [...steps, ...more] } } }
  const definitions = Array.from({ length: tasks }, (_, i): TaskDefinition => ({ id: `t${String(i)}`, kind: 'unit' }))
  keep(
    kernel.step(
      [
        { kind: 'begin', run: 'r', name: 'r', seed: 7, options: kernelOptions.parse({ breakers: false, retry }) },
        { kind: 'open', epoch: 1 },
        ...workers.map((joining) => ({ kind: 'worker-joined', worker: joining }) as const),
        { kind: 'add-tasks', tasks: definitions },
        { kind: 'close-source' },
      ],
      0,
    ).entries,
  )
  const step = (signal: KernelSignal): readonly Entry[] => keep(kernel.step([signal], kernel.state.atMs).entries)
  const later = (): readonly Entry[] => keep(kernel.step([], kernel.nextDueMs ?? kernel.state.atMs).entries)
  const goOn = (task: number, n: number): void => {
    for (let i = 0; i < 20 && kernel.state.openAttempt(task)?.n !== n && kernel.nextDueMs !== undefined; i++) later()
  }
  return {
    kernel,
    entries,
    step,
    later,
    fail: (task, n, category = 'unknown') => {
      goOn(task, n)
      const failure = makeFailure({ category, message: 'no', evidence: [] })
      const outcome = { result: 'failed', durationMs: 1, failure } as const
      return step({ kind: 'attempt-ended', attempt: { run: 'r', task, n }, outcome })
    },
    pass: (task, n) => {
      goOn(task, n)
      const outcome = { result: 'passed', durationMs: 1 } as const
      return step({ kind: 'attempt-ended', attempt: { run: 'r', task, n }, outcome })
    },
    retryOf: (made) => of(made, 'retrying')[0],
  }
}

function worker(id: string, slots = 1): WorkerDefinition {
  return { id, engine: 'test', kinds: ['unit'], capacity: { slots }, freshProcesses: true }
}

function of<Kind extends Entry['kind']>(
  entries: readonly Entry[],
  kind: Kind,
): readonly Extract<Entry, { kind: Kind }>[] {
  return entries.filter((entry): entry is Extract<Entry, { kind: Kind }> => entry.kind === kind)
}
