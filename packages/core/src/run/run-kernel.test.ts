// Situations that once went wrong, each found by the simulation and written down by hand: plans change what a seed means,
// examples do not.
import { expect, test } from 'vitest'
import type { TaskDefinition } from '../model/task.ts'
import type { WorkerDefinition } from '../model/worker.ts'
import type { Policy } from '../ports/policy.ts'
import type { Entry } from './entry.ts'
import { explain } from './explain.ts'
import { fifo } from './fifo.ts'
import type { KernelSignal } from './judge-signal.ts'
import { Kernel } from './kernel.ts'
import { kernelOptions, type KernelOptionsInput } from './kernel-options.ts'
import { Replay } from './replay.ts'

test('a task that is to be skipped does not run though another lets it go', () => {
  const { kernel } = begin({ tasks: [task('a', { skip: 'no' }), task('b', { skip: 'no', dependsOn: [soft('a')] })] })
  expect(verdicts(kernel)).toEqual(['skipped', 'skipped'])
})

test('tasks that come after a cancel of the run never start', () => {
  const { kernel, step } = begin({ tasks: [task('a')], workers: [worker('w')] })
  step({ kind: 'cancel', scope: { kind: 'run' }, by: 'me' })
  const { entries } = step({ kind: 'add-tasks', tasks: [task('b'), task('c', { dependsOn: [soft('b')] })] })
  expect(kinds(entries)).not.toContain('launched')
  expect(verdicts(kernel)).toEqual([undefined, 'cancelled', 'cancelled'])
})

test('a worker that comes back without a label gets no task that needs it', () => {
  const needy = task('a', { needs: { labels: ['gpu'] }, dependsOn: ['b'] })
  const { step } = begin({
    tasks: [needy, task('b', { needs: { labels: ['gpu'] } })],
    workers: [worker('w', { labels: ['gpu'] })],
    options: { waitForWorkerMs: 100 },
  })
  step(joined('w'))
  expect(kinds(step(ended(1, 1)).entries)).toEqual(['ended'])
})

test('a class that waits for room on a worker learns that it will never have any for it', () => {
  const { step } = begin({
    tasks: [task('a', { needs: { labels: ['gpu'] } }), task('b', { needs: { labels: ['gpu'] } })],
    workers: [worker('w', { labels: ['gpu'] })],
  })
  expect(kinds(step(joined('w')).entries)).toEqual(['worker-joined', 'unplaceable'])
})

test('a task that was refused elsewhere is asked about a full worker when it has room', () => {
  const picky: Policy = {
    name: 'picky',
    key: (view) => view.order,
    admit: (view, { definition }) =>
      view.definition.id === 'b' && definition.id !== 'w'
        ? { by: 'picky', because: 'only w will do', wakesOn: 'worker' }
        : undefined,
  }
  const { step } = begin({ tasks: [task('a'), task('b')], workers: [worker('w'), worker('v')], policy: picky })
  expect(step(ended(0, 1)).entries).toContainEqual({ kind: 'launched', task: 1, n: 1, worker: 0 })
})

test('a task that was refused for want of room is asked about a worker that joins', () => {
  const careful: Policy = {
    name: 'careful',
    key: (view) => view.order,
    admit: (_, { definition }) =>
      definition.id === 'v' ? undefined : { by: 'careful', because: 'too small', wakesOn: 'capacity' },
  }
  const { step } = begin({ tasks: [task('a')], workers: [worker('w')], policy: careful })
  expect(step(joined('v')).entries).toContainEqual({ kind: 'launched', task: 0, n: 1, worker: 1 })
})

test('a task that sleeps until another is judged is woken by one that no worker could run', () => {
  let isOver = false
  const patient: Policy = {
    name: 'patient',
    key: (view) => view.order,
    admit: () => (isOver ? undefined : { by: 'patient', because: 'not yet', wakesOn: 'task-judged' }),
  }
  const { kernel, step } = begin({
    tasks: [
      task('a'),
      task('b', { needs: { labels: ['gpu'] }, dependsOn: [{ on: 'c', kind: 'soft', timeLimitMs: 10 }] }),
      task('c'),
    ],
    workers: [worker('w')],
    policy: patient,
  })
  isOver = true
  expect(kinds(step().entries)).toEqual([])
  expect(kinds(step.at(10).entries)).toEqual(['edge-expired', 'unplaceable', 'launched'])
  expect(kernel.placement.rejection(0)).toBeUndefined()
})

test('the class of a cancelled task gives its place to the class that is next', () => {
  const { step } = begin({
    tasks: [task('a'), task('b', { kind: 'e2e' }), task('c'), task('d', { kind: 'e2e' })],
    workers: [worker('w')],
  })
  step({ kind: 'cancel', scope: { kind: 'task', task: 'b' }, by: 'me' })
  expect(step(ended(0, 1)).entries).toContainEqual({ kind: 'launched', task: 2, n: 1, worker: 0 })
})

test('a pause outlives its owner, a drain does not', () => {
  const paused = begin({ tasks: [task('a')], workers: [], options: { waitForWorkerMs: 1000 } })
  paused.step({ kind: 'pause' })
  expect(kinds(paused.step({ kind: 'open', epoch: 2 }, joined('w')).entries)).not.toContain('launched')
  expect(kinds(paused.step({ kind: 'unpause' }).entries)).toContain('launched')
  const drained = begin({ tasks: [task('a')], workers: [], options: { waitForWorkerMs: 1000 } })
  drained.step({ kind: 'drain', by: 'me' })
  expect(kinds(drained.step({ kind: 'open', epoch: 2 }, joined('w')).entries)).toContain('launched')
})

test('an attempt that an interrupt of a former owner ended is lost, not charged', () => {
  const { kernel, step } = begin({ tasks: [task('a')], workers: [worker('w')] })
  step({ kind: 'interrupt', by: 'me' })
  step({ kind: 'open', epoch: 2 }, joined('w'))
  const { entries } = step(ended(0, 1, 'cancelled'))
  expect(entries).toContainEqual({ kind: 'lost', task: 0, n: 1, cause: 'coordinator' })
  expect(kernel.state.tasks.charged(0)).toBe(0)
})

test('a worker that did not join again after a resume takes its attempts along when it leaves', () => {
  const { step } = begin({ tasks: [task('a')], workers: [worker('w')] })
  step({ kind: 'open', epoch: 2 })
  const { entries } = step({ kind: 'worker-left', worker: 'w', because: 'gone' })
  expect(entries).toContainEqual({ kind: 'lost', task: 0, n: 1, cause: 'worker' })
})

test('the deadline also ends what may run on after too many failures', () => {
  const { step } = begin({
    tasks: [task('a'), task('b')],
    workers: [worker('w'), worker('v')],
    options: { maxFailures: 1, deadlineMs: 100 },
  })
  step(ended(0, 1, 'failed'))
  expect(kinds(step.at(100).entries)).toEqual(['cancel-requested', 'cancelling'])
})

test('a signal that names half a task names none', () => {
  const { step } = begin({ tasks: [task('a'), task('b', { dependsOn: ['a'] })], workers: [worker('w')] })
  const { entries, notes } = step(ended(0.5, 1))
  expect([entries.length, notes.length]).toEqual([0, 1])
})

test('a journal with several owners is decided anew as each of them decided', () => {
  const tasks = Array.from({ length: 8 }, (_, i) => task(`t${String(i)}`))
  const first = begin({ tasks, workers: ['u', 'v', 'w'].map((id) => worker(id)) })
  const lost = (handle: number): KernelSignal => ({
    kind: 'attempt-lost',
    attempt: { run: 'r', task: handle, n: 1 },
    cause: 'coordinator',
  })
  first.step(ended(0, 1), ended(2, 1))
  const second = new Kernel(fifo())
  for (const entries of first.journal) second.evolve(entries, 0)
  const { entries } = second.step(
    [{ kind: 'open', epoch: 2 }, joined('w'), joined('v'), joined('u'), lost(3), lost(1)],
    0,
  )
  const replay = new Replay(fifo())
  for (const row of [...first.journal, entries]) replay.take({ atMs: 0, wallMs: 0, entries: row })
  expect(replay.result.parting).toBeUndefined()
})

test('a due time of a former wait does not end a later one before its turn', () => {
  const retry = { maxAttempts: 9, baseDelayMs: 0 }
  const first = begin({ tasks: [task('a', { retry }), task('b', { retry })], workers: [worker('w'), worker('v')] })
  first.step(ended(0, 1, 'failed'))
  const second = new Kernel(fifo())
  for (const entries of first.journal) second.evolve(entries, 0)
  const { entries } = second.step(
    [{ kind: 'open', epoch: 2 }, joined('w'), joined('v'), ended(1, 1, 'failed'), ended(0, 2, 'failed')],
    0,
  )
  const waits = entries.filter(({ kind }) => kind === 'delay-elapsed')
  expect(waits).toEqual([
    { kind: 'delay-elapsed', task: 1 },
    { kind: 'delay-elapsed', task: 0 },
  ])
})

test('tasks that are handed in again are no change, whole or in chunks, new ones beside them are', () => {
  const { kernel, step } = begin({ tasks: [task('a')] })
  const chunks: readonly KernelSignal[] = [
    { kind: 'add-tasks', tasks: [task('b'), task('c')], more: true },
    { kind: 'add-tasks', tasks: [task('d')] },
  ]
  const [first] = chunks
  if (first !== undefined) step(first, first, ...chunks)
  expect(kinds(step(...chunks).entries)).not.toContain('tasks-added')
  step({ kind: 'add-tasks', tasks: [task('a'), task('e')] })
  expect(kernel.state.tasks.definitions.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e'])
})

test('a leave of a former life takes nothing along, whenever it comes', () => {
  const { kernel, step } = begin({ tasks: [task('a'), task('b')], options: { waitForWorkerMs: 1000 } })
  step(joined('w', 1))
  expect(kinds(step(joined('w', 2)).entries)).toEqual([
    'worker-left',
    'lost',
    'retrying',
    'worker-joined',
    'delay-elapsed',
    'launched',
  ])
  for (const kind of ['worker-left', 'worker-draining'] as const) {
    const { entries, notes } = step({ kind, worker: 'w', because: 'its lease is over', incarnation: 1 })
    expect([entries, notes]).toEqual([[], ['life 1 of worker w is over']])
  }
  expect(kernel.state.openAttempt(0)).toBeDefined()
  expect(kinds(step({ kind: 'worker-left', worker: 'w', because: 'gone', incarnation: 2 }).entries)).toContain('lost')
})

test('a worker that has left comes back as a new life only, also for a new owner', () => {
  const { step } = begin({ tasks: [task('a')], options: { waitForWorkerMs: 1000 } })
  step(joined('w', 1), { kind: 'worker-left', worker: 'w', because: 'gone', incarnation: 1 })
  expect(step(joined('w', 1)).entries).toEqual([])
  expect(kinds(step({ kind: 'open', epoch: 2 }, joined('w', 1)).entries)).toEqual(['run-opened'])
  expect(kinds(step(joined('w', 2)).entries)).toEqual(['worker-joined', 'launched'])
})

test('a leave that overtakes the join of its life leaves nobody behind', () => {
  const { step } = begin({ tasks: [task('a')], options: { waitForWorkerMs: 1000 } })
  step(joined('w', 1))
  const { entries } = step({ kind: 'worker-draining', worker: 'w', incarnation: 2 })
  expect(kinds(entries)).toEqual(['worker-left', 'lost', 'retrying', 'worker-draining', 'delay-elapsed'])
  expect(step(joined('w', 2)).entries).toEqual([])
})

test('a worker that goes on under a new owner keeps its attempts', () => {
  const { kernel, step } = begin({ tasks: [task('a')], options: { waitForWorkerMs: 1000 } })
  step(joined('w', 7))
  expect(kinds(step({ kind: 'open', epoch: 2 }, joined('w', 7)).entries)).toEqual(['run-opened', 'worker-joined'])
  expect(kernel.state.openAttempt(0)?.n).toBe(1)
})

test('the source that is closed in the middle of a batch closes when that is whole', () => {
  const { kernel, step } = begin({ tasks: [], workers: [worker('w')] })
  step({ kind: 'add-tasks', tasks: [], groups: [{ id: 'g', concurrency: 1 }], more: true })
  step({ kind: 'add-tasks', tasks: [task('a', { groups: ['g'] })], more: true }, { kind: 'close-source' })
  expect(step({ kind: 'close-source' }).notes).toHaveLength(1)
  expect(kinds(step({ kind: 'add-tasks', tasks: [task('b')] }).entries)).toEqual(['tasks-added', 'launched'])
  expect(kernel.state.tasks.groupLimit(0)).toBe(1)
  expect(step({ kind: 'add-tasks', tasks: [task('c')] }).notes).toHaveLength(1)
  step(ended(0, 1))
  expect(kinds(step(ended(1, 1)).entries)).toEqual(['ended', 'finished'])
})

test('a batch whose groups come twice is not begun anew', () => {
  const { step } = begin({ tasks: [], workers: [worker('w')] })
  const groups: KernelSignal = { kind: 'add-tasks', tasks: [], groups: [{ id: 'g' }], more: true }
  step(groups, { kind: 'add-tasks', tasks: [task('a')] }, groups, { kind: 'close-source' })
  expect(kinds(step(ended(0, 1)).entries)).toEqual(['ended', 'finished'])
})

test('a wait for a retry counts the time in which nobody owned the run, and no clock that went back', () => {
  const retry = { maxAttempts: 2, baseDelayMs: 1000, jitter: 0 }
  const reopened = (downMs: number): { readonly entries: readonly Entry[]; readonly nextDueMs: number | undefined } => {
    const { kernel, step } = begin({ tasks: [task('a', { retry })], workers: [worker('w')] })
    step(ended(0, 1, 'failed'))
    const { entries } = step({ kind: 'open', epoch: 2, downMs }, joined('w'))
    return { entries, nextDueMs: kernel.nextDueMs }
  }
  expect(reopened(400)).toMatchObject({ entries: [{ kind: 'run-opened', downMs: 400 }, {}], nextDueMs: 600 })
  expect(kinds(reopened(3_600_000).entries)).toEqual(['run-opened', 'worker-joined', 'delay-elapsed', 'launched'])
  expect(reopened(-3_600_000)).toMatchObject({ entries: [{ kind: 'run-opened', epoch: 2 }, {}], nextDueMs: 1000 })
  expect(reopened(-3_600_000).entries[0]).not.toHaveProperty('downMs')
})

test('who would not wait any longer says for whom and how long, and stands itself in the way of others', () => {
  const hasty = task('hasty', { dependsOn: [{ on: 'slow', timeLimitMs: 100 }] })
  const { kernel, step } = begin({
    tasks: [task('slow'), hasty, task('after', { dependsOn: ['hasty'] })],
    workers: [worker('w')],
  })
  step.at(100)
  step(ended(0, 1))
  expect([0, 1, 2].map((each) => kernel.state.verdict(each))).toEqual([
    { kind: 'passed' },
    { kind: 'blocked', by: 'slow', limitMs: 100 },
    { kind: 'blocked', by: 'hasty' },
  ])
  expect(explain(kernel, 'hasty').sentences).toEqual([
    'It never ran: slow had not passed within 100 ms, the time limit of the dependency.',
  ])
})

test('a task refused until several times is asked about at the first of them, whoever refused last', () => {
  const untilMs: Readonly<Record<string, number | undefined>> = { u: 300, v: 100 }
  const policy: Policy = {
    ...fifo(),
    admit: ({ nowMs = 0 }, { definition: { id } }) => {
      const atMs = untilMs[id]
      if (atMs === undefined) return { by: 'late', because: 'never', wakesOn: 'worker' }
      return nowMs >= atMs ? undefined : { by: 'late', because: 'not yet', wakesOn: 'time', atMs }
    },
  }
  for (const ids of [
    ['u', 'v', 'w'],
    ['w', 'v', 'u'],
    ['v', 'u', 'w'],
  ]) {
    const { kernel, step } = begin({ tasks: [task('a')], workers: ids.map((id) => worker(id)), policy })
    expect(kernel.nextDueMs).toBe(100)
    expect(step.at(100).entries).toMatchObject([{ kind: 'launched', worker: ids.indexOf('v') }])
  }
})

test('a refusal that waits for a change and names a time is asked about at that time though nothing changes', () => {
  const policy: Policy = {
    ...fifo(),
    permit: ({ nowMs = 0 }) =>
      nowMs >= 50 ? undefined : { by: 'held', because: 'not yet', wakesOn: 'task-judged', atMs: 50 },
  }
  const { step } = begin({ tasks: [task('a')], workers: [worker('w')], policy })
  expect(kinds(step.at(50).entries)).toEqual(['launched'])
})

interface Situation {
  readonly tasks: readonly TaskDefinition[]
  readonly workers?: readonly WorkerDefinition[]
  readonly options?: KernelOptionsInput
  readonly policy?: Policy
}

interface Stepped {
  readonly entries: readonly Entry[]
  readonly notes: readonly string[]
}

function begin({ tasks, workers = [], options = {}, policy = fifo() }: Situation): {
  readonly kernel: Kernel
  readonly step: ((...signals: readonly KernelSignal[]) => Stepped) & { readonly at: (atMs: number) => Stepped }
  readonly journal: readonly (readonly Entry[])[]
} {
  const kernel = new Kernel(policy)
  const journal: (readonly Entry[])[] = []
  let nowMs = 0
  const take = (signals: readonly KernelSignal[]): Stepped => {
    const step = kernel.step(signals, nowMs)
    journal.push(step.entries)
    return step
  }
  take([
    { kind: 'begin', run: 'r', name: 'r', seed: 1, options: kernelOptions.parse(options) },
    { kind: 'open', epoch: 1 },
    { kind: 'add-tasks', tasks },
    ...workers.map((definition): KernelSignal => ({ kind: 'worker-joined', worker: definition })),
  ])
  const at = (atMs: number): Stepped => {
    nowMs = atMs
    return take([])
  }
  return { kernel, step: Object.assign((...signals: readonly KernelSignal[]) => take(signals), { at }), journal }
}

function task(id: string, rest: Partial<TaskDefinition> = {}): TaskDefinition {
  return { id, kind: 'unit', ...rest }
}

function soft(on: string): { readonly on: string; readonly kind: 'soft' } {
  return { on, kind: 'soft' }
}

function worker(id: string, rest: Partial<WorkerDefinition> = {}): WorkerDefinition {
  return { id, engine: 'test', kinds: ['unit', 'e2e'], capacity: { slots: 1 }, ...rest }
}

function joined(id: string, incarnation?: number): KernelSignal {
  return { kind: 'worker-joined', worker: worker(id), incarnation }
}

function ended(handle: number, n: number, result: 'passed' | 'failed' | 'cancelled' = 'passed'): KernelSignal {
  return { kind: 'attempt-ended', attempt: { run: 'r', task: handle, n }, outcome: { result, durationMs: 1 } }
}

function kinds(entries: readonly Entry[]): readonly string[] {
  return entries.map(({ kind }) => kind)
}

function verdicts(kernel: Kernel): readonly (string | undefined)[] {
  return kernel.state.tasks.definitions.map((_, handle) => kernel.state.verdict(handle)?.kind)
}
