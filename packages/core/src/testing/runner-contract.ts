// What every runner promises, one case a promise: whatever a test file does, each of its planned cases is reported exactly
// once, the culprit is named, and nothing turns green that did not run. It knows no test framework and no runner: the
// subject brings a project whose files do what their names say.
import { failureFromError } from '../failure/failure-from-error.ts'
import type { CaseResult, Outcome, Result } from '../model/outcome.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { ExecutableTask } from '../ports/executor.ts'
import type { Runner } from '../ports/runner.ts'
import { type CarryOut, executable, RunnerTrial, type TrialStop } from './runner-trial.ts'

/**
 * What a file of the subject's project does.
 *
 * - `passing`, `failing`, `skipping`: has a case that passes; one that fails besides one that passes; one that its author
 *   skipped besides one that passes.
 * - `flaky`: a case fails at first and passes when the runner tries it again by itself.
 * - `printing`: prints `to stdout` and `to stderr` and passes.
 * - `killing`: a case ends its own process by SIGKILL; `exiting`: a case ends it by `exit(0)`.
 * - `looping`: writes `looping` to standard output at once, then never lets go of the processor.
 * - `empty`: holds no test; `broken`: cannot be loaded.
 */
export type RunnerRole =
  'passing' | 'failing' | 'skipping' | 'flaky' | 'printing' | 'killing' | 'exiting' | 'looping' | 'empty' | 'broken'

/** One case as the author of the project planned it. */
export interface PlannedCase {
  readonly path: readonly string[]
  /** How it ends; several where it may not have run, because of what another case did. */
  readonly results: readonly Result[]
}

/** One file of the subject's project. */
export interface PlannedTask {
  readonly id: string
  readonly cases: readonly PlannedCase[]
  /** Words that a failure of it must hold, to name the culprit. @defaultValue none */
  readonly culprit?: string | undefined
}

/** A runner to be tried on a project. */
export interface RunnerSubject {
  readonly runner: Runner
  /** Folder of the project, absolute. */
  readonly root: string
  /** Every task of the project, by what its file does. A role that the runner cannot play is left out. */
  readonly tasks: Readonly<Partial<Record<RunnerRole, PlannedTask>>>
  /** Environment for the attempts. */
  readonly env: Readonly<Record<string, string>>
  /**
   * Carries out one attempt with the runner's executor, in a process where it may do anything. Where it rejects, because the
   * executor threw or its process is gone, the attempt has failed.
   */
  readonly carryOut: CarryOut
}

/** One promise. */
export interface RunnerContractCase {
  readonly name: string
  /** Roles that the subject must have; without them the case throws. */
  readonly needs: readonly RunnerRole[]
  /** Resolves where the promise is kept; rejects with a sentence where it is broken. */
  readonly run: (subject: RunnerSubject) => Promise<void>
}

/**
 * The contract of the `Runner` port and of the executor behind it.
 *
 * @example
 * ```ts
 * for (const { name, needs, run } of runnerContract) {
 *   test.skipIf(needs.some((role) => !(role in subject.tasks)))(name, () => run(subject))
 * }
 * ```
 */
export const runnerContract: readonly RunnerContractCase[] = [
  {
    name: 'discovery finds every planned task once, in the same order each time',
    needs: [],
    run: async (subject) => {
      const first = await discover(subject)
      same(ids(first).toSorted(), plannedIds(subject), 'the ids found')
      same(ids(await discover(subject)), ids(first), 'the ids found the second time')
    },
  },
  {
    name: 'tasks are of the kind of their runner, and survive JSON',
    needs: [],
    run: async (subject) => {
      for (const task of await discover(subject)) {
        same(task.kind, subject.runner.name, `the kind of ${task.id}`)
        if (!isPlain(task)) fail(`${task.id} to be plain data that survives JSON, got ${show(task)}`)
      }
      const { executor } = subject.runner
      if (!isPlain(executor.options)) fail('the options of the executor to be plain data that survives JSON')
      if (!executor.module.startsWith('file:')) fail(`the executor's module to be a file: URL, got ${executor.module}`)
    },
  },
  {
    name: 'a selection finds what it names and nothing else',
    needs: ['passing'],
    run: async (subject) => {
      const [task] = (await discover(subject)).filter(({ id }) => id === subject.tasks.passing?.id)
      const found = await discover(subject, [task?.file ?? task?.id ?? ''])
      same(ids(found), [subject.tasks.passing?.id], 'the ids found')
      same(ids(await discover(subject, ['there-is-no/such-file'])), [], 'the ids found for a file that is not there')
    },
  },
  planned('passing', 'passed'),
  planned('failing', 'failed'),
  planned('skipping', 'passed'),
  planned('flaky', 'passed', (cases) => {
    if (!cases.some(({ result, retries = 0 }) => result === 'passed' && retries > 0)) {
      fail(`a case that passed with retries above 0, got ${show(cases)}`)
    }
  }),
  planned('killing', 'failed'),
  planned('exiting', 'failed'),
  planned('empty', 'failed'),
  planned('broken', 'failed'),
  stopped('timed-out'),
  stopped('cancelled'),
  {
    name: 'an attempt that was cancelled before it began runs nothing and is not passed',
    needs: ['passing'],
    run: async (subject) => {
      const trial = new RunnerTrial(subject.root, subject.env)
      trial.stop('cancelled')
      const { result } = await attempt(subject, 'passing', trial)
      if (result === 'passed' || result === 'skipped') fail(`an attempt that was cancelled not to be ${result}`)
      if (trial.cases.some((one) => one.result === 'passed')) fail('no case to run after the cancel')
    },
  },
  {
    name: 'what a test prints is captured',
    needs: ['printing'],
    run: async (subject) => {
      const trial = new RunnerTrial(subject.root, subject.env)
      same((await attempt(subject, 'printing', trial)).result, 'passed', 'the result')
      if (!trial.stdout.includes('to stdout')) fail(`"to stdout" in what was printed, got ${show(trial.stdout)}`)
      if (!trial.stderr.includes('to stderr')) fail(`"to stderr" in what was printed, got ${show(trial.stderr)}`)
    },
  },
  {
    name: 'whatever ran before it, a passing file passes',
    needs: ['passing'],
    run: async (subject) => {
      for (const role of ['failing', 'killing', 'exiting', 'broken', 'empty'] as const) {
        if (subject.tasks[role] === undefined) continue
        await attempt(subject, role, new RunnerTrial(subject.root, subject.env))
        const { outcome, trial } = await carryOut(subject, 'passing')
        same(outcome.result, 'passed', `the result of a passing file after a ${role} one`)
        checkCases(subject, 'passing', trial.cases)
      }
    },
  },
  {
    name: 'a file that is gone by the time it runs is not passed',
    needs: ['passing'],
    run: async (subject) => {
      const task = await taskOf(subject, 'passing')
      const file = task.file ?? task.id
      const gone: unknown = JSON.parse(
        JSON.stringify(executable(task)).replaceAll(JSON.stringify(file), '"gone-by-now.js"'),
      )
      const trial = new RunnerTrial(subject.root, subject.env)
      const outcome = await carriedOut(subject, asTask(gone, task), trial)
      if (outcome.result === 'passed') fail('a file that is gone not to pass')
    },
  },
]

/** The promise about a file that does what `role` says. */
function planned(role: RunnerRole, result: Result, check?: (cases: readonly CaseResult[]) => void): RunnerContractCase {
  return {
    name: `a ${role} file is ${result}, and each of its cases is reported once`,
    needs: [role],
    run: async (subject) => {
      const { outcome, trial } = await carryOut(subject, role)
      same(outcome.result, result, `the result of the ${role} file (${show(outcome)})`)
      checkCases(subject, role, trial.cases)
      checkFailure(subject, role, outcome)
      check?.(trial.cases)
    },
  }
}

/** The promise about a file that never lets go. */
function stopped(why: TrialStop): RunnerContractCase {
  return {
    name: `a looping file that is ${why} comes to an end, names what ran, and the next file runs`,
    needs: ['looping', 'passing'],
    run: async (subject) => {
      const trial = new RunnerTrial(subject.root, subject.env)
      trial.stopAfter('looping', why)
      const outcome = await attempt(subject, 'looping', trial)
      if (outcome.result === 'passed' || outcome.result === 'skipped')
        fail(`a looping file not to be ${outcome.result}`)
      checkCases(subject, 'looping', trial.cases)
      checkFailure(subject, 'looping', outcome)
      same((await carryOut(subject, 'passing')).outcome.result, 'passed', 'the result of the next file')
    },
  }
}

async function carryOut(
  subject: RunnerSubject,
  role: RunnerRole,
): Promise<{ readonly outcome: Outcome; readonly trial: RunnerTrial }> {
  const trial = new RunnerTrial(subject.root, subject.env)
  return { outcome: await attempt(subject, role, trial), trial }
}

async function attempt(subject: RunnerSubject, role: RunnerRole, trial: RunnerTrial): Promise<Outcome> {
  const task = await taskOf(subject, role)
  return carriedOut(subject, executable(task), trial)
}

/** An executor that throws has failed its attempt, as every engine sees it. */
async function carriedOut(subject: RunnerSubject, task: ExecutableTask, { context }: RunnerTrial): Promise<Outcome> {
  try {
    return (await subject.carryOut(task, context)).outcome
  } catch (error) {
    return { result: 'failed', durationMs: 0, failure: failureFromError(error, ['the executor threw']) }
  }
}

async function taskOf(subject: RunnerSubject, role: RunnerRole): Promise<TaskDefinition> {
  const wanted = subject.tasks[role]?.id ?? fail(`the subject to have a ${role} task, got none`)
  const found = (await discoverOnce(subject)).find(({ id }) => id === wanted)
  return found ?? fail(`discovery to find ${wanted}, got nothing of that id`)
}

const discovered = new WeakMap<RunnerSubject, Promise<readonly TaskDefinition[]>>()

/** The project does not change while it is tried, and some runners take their time to find their files. */
function discoverOnce(subject: RunnerSubject): Promise<readonly TaskDefinition[]> {
  const known = discovered.get(subject) ?? discover(subject)
  discovered.set(subject, known)
  return known
}

async function discover(
  { runner, root }: RunnerSubject,
  select: readonly string[] = [],
): Promise<readonly TaskDefinition[]> {
  return (await runner.discover({ root, select, signal: new AbortController().signal })).tasks
}

function checkCases({ tasks }: RunnerSubject, role: RunnerRole, reported: readonly CaseResult[]): void {
  const wanted = tasks[role]?.cases ?? []
  same(reported.map(nameOf).toSorted(), wanted.map(nameOf).toSorted(), `the cases of the ${role} file`)
  for (const one of wanted) {
    const got = reported.find((other) => nameOf(other) === nameOf(one))
    if (got !== undefined && !one.results.includes(got.result)) {
      fail(`${nameOf(one)} of the ${role} file to be ${one.results.join(' or ')}, got ${show(got)}`)
    }
  }
}

function checkFailure({ tasks }: RunnerSubject, role: RunnerRole, { result, failure }: Outcome): void {
  if (result === 'passed') return
  if (failure === undefined) fail(`the ${role} file to say why it is ${result}, got no failure`)
  const culprit = tasks[role]?.culprit
  if (culprit !== undefined && !failure.message.includes(culprit)) {
    fail(`the failure of the ${role} file to name ${JSON.stringify(culprit)}, got ${JSON.stringify(failure.message)}`)
  }
}

function asTask(value: unknown, task: TaskDefinition): ReturnType<typeof executable> {
  const payload: unknown = typeof value === 'object' && value !== null && 'payload' in value ? value.payload : undefined
  return { ...executable(task), payload, file: 'gone-by-now.js' }
}

function nameOf({ path }: { readonly path: readonly string[] }): string {
  return path.join(' > ')
}

function ids(tasks: readonly TaskDefinition[]): readonly string[] {
  return tasks.map(({ id }) => id)
}

function plannedIds({ tasks }: RunnerSubject): readonly string[] {
  return Object.values(tasks)
    .map(({ id }) => id)
    .toSorted()
}

function same(actual: unknown, expected: unknown, what: string): void {
  if (show(actual) !== show(expected)) fail(`${what} to be ${show(expected)}, got ${show(actual)}`)
}

function show(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => sorted(member))
}

/** Whether a value comes back from JSON as it was, but for members that are `undefined`. */
function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return true
    case 'number':
      return Number.isFinite(value)
    case 'object': {
      if (value === null) return true
      if (Array.isArray(value)) return value.every((member) => member !== undefined && isPlain(member))
      const prototype: unknown = Object.getPrototypeOf(value)
      return (prototype === Object.prototype || prototype === null) && Object.values(value).every(isPlain)
    }
    case 'bigint':
    case 'function':
    case 'symbol':
      return false
  }
}

/** Records are equal whatever the order of their members. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function fail(sentence: string): never {
  throw new Error(`Runner contract: expected ${sentence}.`)
}
