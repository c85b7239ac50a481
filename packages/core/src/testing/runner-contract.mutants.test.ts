// Does the contract of runners bite? A runner made of plain data keeps it; each planted fault breaks one promise of it and
// must be caught.
import { describe, expect, test } from 'vitest'
import { failureFromError } from '../failure/failure-from-error.ts'
import type { CaseResult, Outcome, Result } from '../model/outcome.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { ExecutableTask, ExecutionContext } from '../ports/executor.ts'
import { type PlannedTask, runnerContract, type RunnerRole, type RunnerSubject } from './runner-contract.ts'

const one = (role: RunnerRole, result: Result, results: readonly Result[] = [result]): PlannedTask => ({
  id: `${role}.js`,
  culprit: result === 'failed' ? 'the case' : undefined,
  cases: [{ path: ['the case'], results }],
})

const tasks: Readonly<Record<RunnerRole, PlannedTask>> = {
  passing: one('passing', 'passed'),
  failing: one('failing', 'failed'),
  skipping: {
    id: 'skipping.js',
    cases: [
      { path: ['the case'], results: ['passed'] },
      { path: ['left out'], results: ['skipped'] },
    ],
  },
  flaky: one('flaky', 'passed'),
  printing: one('printing', 'passed'),
  killing: one('killing', 'failed'),
  exiting: one('exiting', 'failed'),
  looping: one('looping', 'failed', ['timed-out', 'cancelled']),
  empty: { id: 'empty.js', cases: [] },
  broken: { id: 'broken.js', cases: [] },
}

/** What the model may do otherwise. */
interface Fault {
  readonly found?: (tasks: readonly TaskDefinition[], select: readonly string[]) => readonly TaskDefinition[]
  readonly options?: unknown
  readonly cases?: (cases: readonly CaseResult[], file: string) => readonly CaseResult[]
  readonly outcome?: (outcome: Outcome, file: string, context: ExecutionContext) => Outcome
  readonly prints?: string
  readonly ignoresStop?: boolean
  /** Files whose execution throws. */
  readonly throwsOn?: readonly string[]
}

function subjectWith(fault: Fault): RunnerSubject {
  const all = Object.values(tasks).map(({ id }): TaskDefinition => ({
    id,
    kind: 'model',
    file: id,
    payload: { file: id },
  }))
  return {
    tasks,
    root: '/project',
    env: {},
    runner: {
      name: 'model',
      executor: { module: 'file:///model.js', options: fault.options ?? {} },
      discover: async ({ select }) => {
        const chosen = all.filter(({ id }) => select.length === 0 || select.includes(id))
        return { tasks: (fault.found ?? ((found) => found))(chosen, select) }
      },
    },
    carryOut: async (task, context) => {
      const file = fileOf(task)
      if (fault.throwsOn?.includes(file) === true) throw new Error('the case')
      const { outcome, cases } = await execute(file, context, fault)
      for (const each of fault.cases?.(cases, file) ?? cases) context.caseEnded(each)
      return { outcome: fault.outcome?.(outcome, file, context) ?? outcome }
    },
  }
}

async function execute(
  file: string,
  context: ExecutionContext,
  fault: Fault,
): Promise<{ readonly outcome: Outcome; readonly cases: readonly CaseResult[] }> {
  const done = (result: Result, cases: readonly CaseResult[] = []) => ({
    outcome: {
      result,
      durationMs: 0,
      ...(result === 'passed' ? {} : { failure: failureFromError(new Error('the case')) }),
    },
    cases,
  })
  const planned = Object.values(tasks).find(({ id }) => id === file)
  if (planned === undefined) return done('failed')
  if (context.signal.aborted && fault.ignoresStop !== true) return done('cancelled')
  if (file === 'printing.js') {
    context.log(fault.prints ?? 'to stdout\n')
    context.log('to stderr\n', 'stderr')
  }
  const results = planned.cases.map(({ path, results: [result = 'passed'] }): CaseResult => ({
    path,
    durationMs: 0,
    result,
    ...(file === 'flaky.js' ? { retries: 1 } : {}),
  }))
  if (file === 'looping.js') {
    context.log('looping\n')
    const result =
      context.signal.reason instanceof Error && context.signal.reason.name === 'TimeoutError'
        ? 'timed-out'
        : 'cancelled'
    return done(
      result,
      results.map((each) => ({ ...each, result })),
    )
  }
  return done(/failing|killing|exiting|empty|broken/.test(file) ? 'failed' : 'passed', results)
}

async function broken(fault: Fault): Promise<readonly string[]> {
  const subject = subjectWith(fault)
  const names: string[] = []
  for (const { name, run } of runnerContract) await run(subject).catch(() => names.push(name))
  return names
}

test('a runner that keeps every promise passes', async () => expect(await broken({})).toEqual([]))

test('so does one that throws where a file is broken or gone: a throw is a failed attempt', async () => {
  expect(await broken({ throwsOn: ['broken.js', 'empty.js', 'gone-by-now.js'] })).toEqual([])
})

const green = (role: RunnerRole): Fault => ({
  outcome: (outcome, file) => (file === `${role}.js` ? { result: 'passed', durationMs: 0 } : outcome),
})

describe('each planted fault is caught', () => {
  const faults: Readonly<Record<string, Fault>> = {
    'a file is not found': { found: (found) => found.slice(1) },
    'a file is found twice': { found: (found) => [...found, ...found.slice(0, 1)] },
    'a file is found that is none': { found: (found) => [...found, { id: 'README.md', kind: 'model' }] },
    'the order changes': { found: shuffling() },
    'the kind is not that of the runner': { found: (found) => found.map((task) => ({ ...task, kind: 'other' })) },
    'a task does not survive JSON': {
      found: (found) => found.map((task) => ({ ...task, payload: { file: task.id, at: new Date(0) } })),
    },
    'the options do not survive JSON': { options: { pattern: /x/ } },
    'a selection is ignored': { found: (found, select) => (select.length > 0 ? [{ id: 'x', kind: 'model' }] : found) },
    'a case is dropped': { cases: (cases) => cases.slice(1) },
    'a case is told twice': { cases: (cases) => [...cases, ...cases.slice(0, 1)] },
    'a failed case is called passed': { cases: (cases) => cases.map((each) => ({ ...each, result: 'passed' })) },
    'a skipped case is called failed': {
      cases: (cases) => cases.map((each) => (each.result === 'skipped' ? { ...each, result: 'failed' } : each)),
    },
    'retries are not told': {
      cases: (cases) => cases.map(({ path, result, durationMs }) => ({ path, result, durationMs })),
    },
    'a failure is green': green('failing'),
    'a killed process is green': green('killing'),
    'an early exit is green': green('exiting'),
    'an empty file is green': green('empty'),
    'a broken file is green': green('broken'),
    'a loop is green': green('looping'),
    'the culprit is not named': {
      outcome: ({ failure, ...outcome }) =>
        failure === undefined ? outcome : { ...outcome, failure: { ...failure, message: 'no' } },
    },
    'no reason is given': { outcome: ({ result, durationMs }) => ({ result, durationMs }) },
    'a cancel before the start is ignored': { ignoresStop: true },
    'the executor throws on a passing file': { throwsOn: ['passing.js'] },
    'the executor throws instead of reporting': { throwsOn: ['failing.js'] },
    'output is lost': { prints: '' },
    'a failure stays for the next file': { outcome: sticky() },
    'a file that is gone is green': {
      outcome: (outcome, file) => (file === 'gone-by-now.js' ? { result: 'passed', durationMs: 0 } : outcome),
    },
  }
  test.each(Object.entries(faults))('%s', async (_name, fault) => {
    expect(await broken(fault)).not.toEqual([])
  })
})

function shuffling(): NonNullable<Fault['found']> {
  let turns = 0
  return (found) => ((turns += 1) % 2 === 0 ? found.toReversed() : found)
}

function sticky(): NonNullable<Fault['outcome']> {
  let kept: Outcome | undefined
  return (outcome, file) => {
    const told = kept ?? outcome
    kept = file === 'killing.js' ? outcome : undefined
    return told
  }
}

function fileOf({ payload }: ExecutableTask): string {
  return typeof payload === 'object' && payload !== null && 'file' in payload ? String(payload.file) : ''
}
