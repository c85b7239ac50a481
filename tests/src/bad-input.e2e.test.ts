// Whatever is wrong with what Muster is given, the answer names the thing and what to do, and nothing recorded is lost.
// All of it through the public entries, as an application would.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createOrchestrator,
  defineExecutor,
  localEngine,
  type Executor,
  type OrchestratorOptions,
  type RunReport,
  type RunRequest,
  type TaskDefinition,
} from '@muster/core'
import { sqlite } from '@muster/stores/sqlite'
import { afterAll, describe, expect, test } from 'vitest'
import { errorOf } from './error-of.ts'

const folder = mkdtempSync(join(tmpdir(), 'muster-bad-input-'))
let files = 0
const newFile = (): string => join(folder, `${String((files += 1))}.db`)

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const noop = defineExecutor('noop', () => undefined)

/** Calls as somebody would who has no compiler. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- whatever is wanted is what it is taken for
function unchecked<Value>(value: unknown): Value
function unchecked(value: unknown): unknown {
  return value
}

/** Runs tasks on a store of their own and hands back the report as the store has it. */
async function runKept(request: RunRequest, options: OrchestratorOptions = {}): Promise<RunReport> {
  const file = newFile()
  const muster = createOrchestrator({ executors: [noop], store: sqlite(file), ...options })
  const run = muster.run(request)
  const report = await run.report
  await muster.close()
  const reader = createOrchestrator({ store: sqlite(file) })
  expect(await reader.report(run.id)).toEqual(report)
  await reader.close()
  return report
}

function verdicts(report: RunReport): Readonly<Record<string, string>> {
  return Object.fromEntries(report.tasks.map(({ id, verdict }) => [id, verdict?.kind ?? 'none']))
}

function failureOf(report: RunReport, id: string): string {
  const ending = report.tasks.find((task) => task.id === id)?.attempts.at(-1)?.ending
  return ending?.kind === 'ended' ? (ending.outcome.failure?.message ?? '') : (ending?.kind ?? 'no attempt')
}

describe('tasks that make no graph', () => {
  test('every problem is named at once, and nothing runs', async () => {
    let ran = 0
    const counting = defineExecutor('noop', () => (ran += 1))
    const error = await errorOf(() =>
      runKept(
        {
          tasks: [
            { id: 'a', kind: 'noop', dependsOn: ['b'] },
            { id: 'b', kind: 'noop', dependsOn: ['c'] },
            { id: 'c', kind: 'noop', dependsOn: ['a'] },
            { id: 'twice', kind: 'noop' },
            { id: 'twice', kind: 'noop' },
            { id: 'lost', kind: 'noop', dependsOn: ['twise'] },
            { id: 'negative', kind: 'noop', timeoutMs: -1, needs: { resources: { cpu: Number.NaN } } },
            { id: 'self', kind: 'noop', dependsOn: ['self'] },
          ],
        },
        { executors: [counting] },
      ),
    )
    expect(error.code).toBe('GRAPH_INVALID')
    for (const line of [
      'Cycle: a -> b -> c -> a',
      'Task twice is defined 2 times',
      'lost depends on twise, which is neither a task nor a group. Did you mean twice?',
      'negative: expected `timeoutMs` to be a number from 0 up, got -1',
      'negative: expected `needs.resources.cpu` to be a number from 0 up, got NaN',
      'self depends on itself',
    ]) {
      expect(error.got).toContain(line)
    }
    expect(ran).toBe(0)
  })

  test('a kind that nobody runs is named with the nearest one', async () => {
    const error = await errorOf(() => runKept({ tasks: [{ id: 'a', kind: 'nop' }] }))
    expect(error).toMatchObject({ code: 'EXECUTOR_UNKNOWN', got: 'kind "nop" of task "a"' })
    expect(error.remedy).toContain('noop')
  })

  test('a selection that names nothing says so', async () => {
    const error = await errorOf(() => runKept({ tasks: [{ id: 'alpha', kind: 'noop' }], select: ['alpah'] }))
    expect(error.code).toBe('TASK_UNKNOWN')
    expect(error.message).toContain('alpha')
  })

  test('tasks that are added later are checked as well, and the run goes on', async () => {
    const muster = createOrchestrator({ executors: [noop], store: sqlite(newFile()) })
    const run = muster.run({ tasks: [{ id: 'a', kind: 'noop' }], keepOpen: true })
    const error = await errorOf(() => run.add({ tasks: [{ id: 'b', kind: 'noop', dependsOn: ['aa'] }] }))
    expect(error.code).toBe('GRAPH_INVALID')
    await run.add({ tasks: [{ id: 'b', kind: 'noop', dependsOn: ['a'] }] })
    run.close()
    expect(verdicts(await run.report)).toEqual({ a: 'passed', b: 'passed' })
    await muster.close()
  })
})

describe('ids of any text', () => {
  const ids = [
    '😀 family 👩‍👩‍👧',
    'שלום',
    'e\u0301 is not \u00e9',
    '\u00e9 is not e\u0301',
    'line\nbreak and\ttab',
    'a zero \0 inside',
    'half a pair \ud800',
    '"quoted" \\ and \'single\'',
    '__proto__',
    'constructor',
    'toString',
    ' ',
    '../../etc/passwd',
    '-- ; DROP TABLE runs;',
    '\u202eright to left\u202c',
    'x'.repeat(20_000),
  ]

  test('run, are kept and read back as they are', async () => {
    const tasks = ids.map((id, index): TaskDefinition => {
      const before = ids[index - 1]
      return { id, kind: 'noop', groups: [`group of ${id}`], dependsOn: before === undefined ? [] : [before] }
    })
    const facts = async (): Promise<Record<string, never>> =>
      unchecked({ [ids[0] ?? '']: { duration: { medianMs: 5, samples: 3 } } })
    const report = await runKept({ tasks }, { facts })
    expect(report.tasks.map(({ id }) => id)).toEqual(ids)
    expect(report.totals.passed).toBe(ids.length)
  })

  test('also as the id of a run, unless no process could be given it', async () => {
    const muster = createOrchestrator({ executors: [noop], store: sqlite(newFile()) })
    for (const run of ['läuft 😀', '__proto__', 'a/b c']) {
      const { run: kept } = await muster.run({ run, tasks: [{ id: 'a', kind: 'noop' }] }).report
      expect(kept).toBe(run)
      expect((await muster.report(run)).run).toBe(run)
    }
    for (const run of ['', 'zero \0', 'half \ud800']) {
      const error = await errorOf(() => muster.run({ run, tasks: [] }).report)
      expect(error).toMatchObject({ code: 'OPTIONS_INVALID' })
      expect(error.got).toContain('run.run')
    }
    await muster.close()
  })
})

describe('nothing to do, and too much to ask', () => {
  test('an empty run is never a success', async () => {
    const report = await runKept({ tasks: [] })
    expect(report).toMatchObject({ ending: 'finished', exit: 'nothing-ran' })
    expect(report.exitCode).not.toBe(0)
  })

  test('needs above any worker are told with what is missing, and dependents are blocked by name', async () => {
    const report = await runKept({
      tasks: [
        { id: 'huge', kind: 'noop', needs: { resources: { gpu: 2, slots: 9999 }, labels: ['quantum'] } },
        { id: 'after', kind: 'noop', dependsOn: ['huge'] },
        { id: 'other', kind: 'noop' },
      ],
    })
    expect(report.exit).toBe('failed')
    const [huge, after, other] = report.tasks.map(({ verdict }) => verdict)
    expect(huge).toMatchObject({ kind: 'unplaceable' })
    const text = JSON.stringify(huge)
    for (const missing of ['gpu', 'slots', 'quantum']) expect(text).toContain(missing)
    expect(after).toMatchObject({ kind: 'blocked' })
    expect(JSON.stringify(after)).toContain('huge')
    expect(other?.kind).toBe('passed')
  })
})

describe('options', () => {
  test.each([
    [{ retrys: {} }, 'options: unknown key "retrys", did you mean `retry`?'],
    [{ retry: { maxAttempt: 2 } }, 'options.retry: unknown key "maxAttempt", did you mean `maxAttempts`?'],
    [{ retry: { maxAttempts: -1 } }, 'options.retry.maxAttempts'],
    [{ timeoutMs: Number.NaN }, 'options.timeoutMs'],
    [{ deadlineMs: -5 }, 'options.deadlineMs'],
    [{ slots: 0 }, 'options.slots'],
    [{ slots: 'many' }, 'options.slots'],
    [{ leaseMs: Number.POSITIVE_INFINITY }, 'options.leaseMs'],
    [{ executors: [() => undefined] }, 'options.executors.0: expected an executor with execute'],
    [{ store: 'sqlite' }, 'options.store'],
    [{ hooks: { beforerun: () => undefined } }, 'options.hooks: unknown key "beforerun", did you mean `beforeRun`?'],
    [{ env: { allowed: [] } }, 'options.env: unknown key "allowed", did you mean `allow`?'],
  ])('%o is refused by name', async (options, named) => {
    const error = await errorOf(() => createOrchestrator(unchecked(options)))
    expect(error.code).toBe('OPTIONS_INVALID')
    expect(error.got).toContain(named)
  })

  test.each([
    [{ maxFailure: 1 }, 'run: unknown key "maxFailure", did you mean `maxFailures`?'],
    [{ maxFailures: Number.NaN }, 'run.maxFailures'],
    [{ seed: Number.NaN }, 'run.seed'],
    [{ tasks: 'all' }, 'run.tasks: expected a list'],
  ])('of a run: %o', async (request, named) => {
    const muster = createOrchestrator({ executors: [noop] })
    const error = await errorOf(() => muster.run(unchecked(request)).report)
    expect(error.code).toBe('OPTIONS_INVALID')
    expect(error.got).toContain(named)
    await muster.close()
  })

  test('of engine and store', async () => {
    const ofEngine = await errorOf(() => localEngine(unchecked({ slot: 2 })))
    expect(ofEngine.got).toContain('unknown key "slot", did you mean `slots`?')
    const ofStore = await errorOf(() => sqlite(unchecked({ path: 'x.db', busyTimeout: 2 })))
    expect(ofStore.got).toContain('unknown key "busyTimeout", did you mean `busyTimeoutMs`?')
  })
})

describe('payloads that JSON would not keep', () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  test.each([
    [{ size: 1n }, 'big: expected `payload.size`'],
    [circle, 'big: expected `payload.self`'],
    [{ at: new Date(0) }, 'an object of class Date'],
  ])('are refused with the name of the task', async (payload, named) => {
    const error = await errorOf(() => runKept({ tasks: [{ id: 'big', kind: 'noop', payload }] }))
    expect(error.code).toBe('GRAPH_INVALID')
    expect(error.got).toContain(named)
  })
})

describe('executors that misbehave', () => {
  /** Runs one bad executor beside a good one: the bad one fails by itself, the good one is not touched. */
  async function besideGood(bad: Executor, options: OrchestratorOptions = {}): Promise<RunReport> {
    const report = await runKept(
      {
        tasks: [
          { id: 'bad', kind: 'bad' },
          { id: 'good', kind: 'noop' },
          { id: 'next', kind: 'noop', dependsOn: ['bad'] },
        ],
      },
      { executors: [bad, noop], ...options },
    )
    expect(verdicts(report)['good']).toBe('passed')
    return report
  }

  test.each([
    ['an error', new RangeError('out of reach'), 'out of reach'],
    ['a text', 'just text', 'just text'],
    ['nothing', undefined, 'undefined'],
    ['an object', { a: 1 }, ''],
    ['an object whose fields throw', hostile(), ''],
  ])('one that throws %s', async (_, thrown, message) => {
    const bad = defineExecutor('bad', () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what strangers throw is the point
      throw thrown
    })
    const report = await besideGood(bad)
    expect(verdicts(report)).toEqual({ bad: 'failed', good: 'passed', next: 'blocked' })
    expect(failureOf(report, 'bad')).toContain(message)
  })

  test('one that hangs ends with its time limit', async () => {
    const bad = defineExecutor('bad', () => new Promise(() => undefined))
    const report = await besideGood(bad, { timeoutMs: 20 })
    expect(verdicts(report)).toEqual({ bad: 'timed-out', good: 'passed', next: 'blocked' })
    expect(failureOf(report, 'bad')).toContain('20')
  })

  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  test.each([
    ['a bigint', 1n],
    ['a circle', circle],
    ['a function', () => 1],
    ['an object that throws when it is written', { toJSON: () => Reflect.ownKeys(hostile()) }],
  ])('one that returns %s', async (_, returned) => {
    const report = await besideGood(defineExecutor('bad', () => returned))
    expect(verdicts(report)['bad']).toBe('failed')
    expect(failureOf(report, 'bad')).toContain('does not survive JSON')
  })

  const passed = { result: 'passed', durationMs: 0 }
  test.each([
    ['nothing', undefined],
    ['a text', 'passed'],
    ['an outcome without a result', { outcome: {} }],
    ['a result that is none', { outcome: { result: 'fine' } }],
    ['a failure that is none', { outcome: { result: 'failed', failure: circle } }],
    ['cases that are none', { outcome: passed, details: { cases: 'all' } }],
    [
      'a case that holds a bigint',
      { outcome: passed, details: { cases: [{ path: ['a'], result: 'passed', durationMs: 1n }] } },
    ],
    ['counts that are none', { outcome: { ...passed, cases: { passed: 'many' } } }],
    ['artifacts that are none', { outcome: { ...passed, artifacts: [1n] } }],
    ['use that is none', { outcome: { ...passed, use: { cpuMs: 1n } } }],
  ])('one whose result is %s fails by name', async (_, result) => {
    const bad: Executor = { kind: 'bad', execute: async () => unchecked(result) }
    const report = await besideGood(bad)
    expect(verdicts(report)).toEqual({ bad: 'failed', good: 'passed', next: 'blocked' })
    expect(failureOf(report, 'bad')).not.toBe('')
  })

  test('one that reports a case twice, or never, or wrongly', async () => {
    const one = { path: ['suite', 'case'], result: 'passed', durationMs: 1 } as const
    const twice: Executor = {
      kind: 'bad',
      execute: async (_, { caseEnded }) => {
        caseEnded(one)
        caseEnded(one)
        return { outcome: { result: 'passed', durationMs: 0 } }
      },
    }
    const [bad] = (await besideGood(twice)).tasks
    expect(bad?.verdict?.kind).toBe('passed')
    expect(bad?.attempts[0]?.details?.cases).toEqual([one, one])

    const never: Executor = { kind: 'bad', execute: async () => ({ outcome: { result: 'passed', durationMs: 0 } }) }
    expect((await besideGood(never)).cases).toEqual({ passed: 0, failed: 0, skipped: 0, flaky: 0 })

    const wrong: Executor = {
      kind: 'bad',
      execute: async (_, { caseEnded }) => {
        caseEnded(unchecked({ path: 'no list', durationMs: 1n }))
        return { outcome: { result: 'passed', durationMs: 0 } }
      },
    }
    expect(verdicts(await besideGood(wrong))['bad']).toBe('failed')
  })

  test('observers and hooks that throw are told as notes, and change nothing', async () => {
    const notes: string[] = []
    const report = await runKept(
      { tasks: [{ id: 'a', kind: 'noop' }] },
      {
        observers: [
          {
            name: 'thrower',
            event: ({ kind }) => {
              if (kind === 'attempt-ended') throw new Error('observer broke')
            },
          },
          { name: 'reader', event: (event) => event.kind === 'note' && notes.push(event.text) },
        ],
        hooks: {
          afterTask: () => {
            throw new Error('hook broke')
          },
        },
      },
    )
    expect(report.exit).toBe('passed')
    expect(notes.join('\n')).toContain('thrower threw on attempt-ended: Error: observer broke')
    expect(notes.join('\n')).toContain('hook broke')
  })
})

/** An object that throws whatever is asked of it. */
function hostile(): object {
  return new Proxy(
    {},
    {
      get: () => {
        throw new Error('hands off')
      },
      ownKeys: () => {
        throw new Error('hands off')
      },
      getPrototypeOf: () => {
        throw new Error('hands off')
      },
    },
  )
}
