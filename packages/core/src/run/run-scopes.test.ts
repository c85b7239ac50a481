// What the kernel makes of an attempt that failed by cases that can be run alone: which run again, what a loss does to that, and
// that whoever reads the journal back asks for the same ones.
import { expect, test } from 'vitest'
import { makeFailure } from '../failure/make-failure.ts'
import type { CaseName, Outcome } from '../model/outcome.ts'
import type { RunRetryOptions } from '../retry/retry-options.ts'
import type { Entry } from './entry.ts'
import { explain } from './explain.ts'
import { fifo } from './fifo.ts'
import type { KernelSignal } from './judge-signal.ts'
import { Kernel } from './kernel.ts'
import { kernelOptions } from './kernel-options.ts'

const names = (...titles: readonly string[]): readonly CaseName[] => titles.map((title) => ({ path: [title] }))
const twenty = { passed: 18, failed: 2, skipped: 0, flaky: 0 }

test('only the failed cases run again, and it is said how many', () => {
  const { kernel, step, entries } = begin()
  const [retrying] = of(step(failed(1, names('a', 'b'), twenty)), 'retrying')
  expect(retrying?.scope).toEqual({ cases: names('a', 'b'), of: 20 })
  expect(explain(kernel, 't').sentences[0]).toContain('(re-running 2 of 20 cases)')
  expect(of(later(kernel, entries), 'launched')).toMatchObject([{ n: 2, cases: 2 }])
  expect(explain(kernel, 't').sentences[0]).toContain('(re-running 2 of 20 cases)')
  step({ kind: 'attempt-ended', attempt: { run: 'r', task: 0, n: 2 }, outcome: { result: 'passed', durationMs: 1 } })
  expect(kernel.state.verdict(0)).toEqual({ kind: 'flaky', failedAttempts: 1 })
  expect(kernel.state.taskReport(0).attempts.map(({ scope }) => scope?.cases.length)).toEqual([undefined, 2])
})

test('an attempt that is lost or refused is made again with the same cases', () => {
  const { kernel, step, entries } = begin()
  step(failed(1, names('a', 'b'), twenty))
  later(kernel, entries)
  const [lost] = of(
    step({ kind: 'attempt-lost', attempt: { run: 'r', task: 0, n: 2 }, cause: 'coordinator' }),
    'retrying',
  )
  expect(lost?.scope?.cases).toEqual(names('a', 'b'))
  later(kernel, entries)
  const [refused] = of(
    step({ kind: 'attempt-refused', attempt: { run: 'r', task: 0, n: 3 }, because: 'full' }),
    'retrying',
  )
  expect(refused?.scope?.of).toBe(20)
})

test('fewer and fewer run, and all of them where that has not helped', () => {
  const { kernel, step, entries } = begin({ maxAttempts: 9 })
  const scopes: (number | undefined)[] = []
  const fails: readonly (readonly [readonly CaseName[], Outcome['cases']])[] = [
    [names('a', 'b'), twenty],
    [names('a'), { passed: 1, failed: 1, skipped: 0, flaky: 0 }],
    [names('a'), { passed: 0, failed: 1, skipped: 0, flaky: 0 }],
    [names('a'), { passed: 19, failed: 1, skipped: 0, flaky: 0 }],
  ]
  fails.forEach(([cases, counts], at) => {
    scopes.push(of(step(failed(at + 1, cases, counts)), 'retrying')[0]?.scope?.cases.length)
    later(kernel, entries)
  })
  expect(scopes).toEqual([2, 1, undefined, 1])
})

test.each<[string, readonly CaseName[] | undefined, Outcome['cases'], RunRetryOptions]>([
  ['nobody says that they can be run alone', undefined, twenty, {}],
  ['none is named', [], twenty, {}],
  ['all of them failed', names('a', 'b'), { passed: 0, failed: 2, skipped: 0, flaky: 0 }, {}],
  ['it is not known how many there are', names('a'), undefined, {}],
  ['the run says so', names('a', 'b'), twenty, { scope: 'task' }],
  ['it is said of the category', names('a', 'b'), twenty, { categories: { timeout: { scope: 'task' } } }],
])('the whole task runs again where %s', (_what, cases, counts, retry) => {
  const { kernel, step, entries } = begin(retry)
  expect(of(step(failed(1, cases, counts)), 'retrying')[0]?.scope).toBeUndefined()
  expect(of(later(kernel, entries), 'launched')[0]?.cases).toBeUndefined()
})

test('whoever reads the journal back asks for the same cases', () => {
  const { kernel, step, entries } = begin()
  step(failed(1, names('a', 'b'), twenty))
  const before = new Kernel(fifo())
  before.evolve(entries, 0)
  expect([...before.state.scopes]).toEqual([...kernel.state.scopes])
  later(kernel, entries)
  const after = new Kernel(fifo())
  after.evolve(entries, kernel.state.atMs)
  expect([...after.state.scopesOfRows]).toEqual([[1, { cases: names('a', 'b'), of: 20 }]])
  expect(after.state.scopes.size).toBe(0)
})

function begin(more: RunRetryOptions = {}): {
  readonly kernel: Kernel
  readonly step: (signal: KernelSignal) => readonly Entry[]
  /** Everything that was decided. */
  readonly entries: Entry[]
} {
  const kernel = new Kernel(fifo())
  const options = kernelOptions.parse({ breakers: false, retry: { maxAttempts: 3, ...more } })
  const worker = { id: 'w', engine: 'test', kinds: ['unit'], capacity: { slots: 1 } }
  const first = kernel.step(
    [
      { kind: 'begin', run: 'r', name: 'r', seed: 7, options },
      { kind: 'open', epoch: 1 },
      { kind: 'worker-joined', worker },
      { kind: 'add-tasks', tasks: [{ id: 't', kind: 'unit' }] },
      { kind: 'close-source' },
    ],
    0,
  )
  const entries = [...first.entries]
  const step = (signal: KernelSignal): readonly Entry[] => {
    const decided = kernel.step([signal], kernel.state.atMs).entries
    entries.push(...decided)
    return decided
  }
  return { kernel, step, entries }
}

/** What happens once the next wait is over. */
function later(kernel: Kernel, entries: Entry[]): readonly Entry[] {
  const decided = kernel.step([], kernel.nextDueMs ?? kernel.state.atMs).entries
  entries.push(...decided)
  return decided
}

function failed(n: number, failedCases: readonly CaseName[] | undefined, cases: Outcome['cases']): KernelSignal {
  const failure = makeFailure({ category: 'timeout', message: 'no', evidence: [] })
  const outcome = { result: 'failed', durationMs: 1, failure, failedCases, cases } as const
  return { kind: 'attempt-ended', attempt: { run: 'r', task: 0, n }, outcome }
}

function of<Kind extends Entry['kind']>(
  entries: readonly Entry[],
  kind: Kind,
): readonly Extract<Entry, { kind: Kind }>[] {
  return entries.filter((entry): entry is Extract<Entry, { kind: Kind }> => entry.kind === kind)
}
