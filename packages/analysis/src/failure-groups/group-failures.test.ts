import type { AttemptReport, Failure, FailureCategory, TaskReport } from '@muster/core'
import { failureFromExit, makeFailure } from '@muster/core/failure'
import { expect, test } from 'vitest'
import { groupFailures } from './group-failures.ts'

interface Try {
  readonly worker: string
  readonly atMs: number
  readonly failure?: Failure
  readonly isLost?: true
}

function task(id: string, tries: readonly Try[], more: Partial<TaskReport> = {}): TaskReport {
  const attempts = tries.map(({ worker, atMs, failure, isLost }, i): AttemptReport => ({
    n: i + 1,
    worker,
    launchedAtMs: atMs - 1,
    startedAtMs: atMs - 1,
    closedAtMs: atMs,
    ending:
      isLost === true
        ? { kind: 'lost', cause: 'worker' }
        : { kind: 'ended', outcome: { result: failure === undefined ? 'passed' : 'failed', durationMs: 1, failure } },
  }))
  return { id, kind: 'unit', attempts, ...more }
}

function failure(category: FailureCategory, message: string, stack?: string): Failure {
  return makeFailure({ category, message, evidence: [], stack })
}

const shown = (tasks: readonly TaskReport[]): readonly (readonly [string, number, number])[] =>
  groupFailures({ tasks }).groups.map(({ title, failures, collateral }) => [title, failures, collateral])

test('one dependency that is down is one cause, however many tests need it', () => {
  const tasks = Array.from({ length: 50 }, (_, i) =>
    task(`t${i}`, [
      { worker: `w${i % 4}`, atMs: i + 1, failure: failure('network', `connect ECONNREFUSED 10.0.0.${i}:5432`) },
    ]),
  )
  const { sentence, groups } = groupFailures({ tasks })
  expect(sentence).toBe('50 failures, 1 cause.')
  expect(groups[0]).toMatchObject({
    tests: 50,
    tasks: ['t0', 't1', 't10', 't11', 't12'],
    workers: ['w0', 'w1', 'w2', 'w3'],
  })
})

test('an assertion that any test could fail is the test’s own', () => {
  const tasks = ['a', 'b'].map((id) =>
    task(id, [{ worker: 'w', atMs: 1, failure: failure('assertion', 'expected 401 to be 200') }]),
  )
  expect(
    groupFailures({ tasks })
      .groups.map(({ place }) => place)
      .sort(),
  ).toEqual(['a', 'b'])
})

test('what own code throws is one cause wherever it is called from', () => {
  const stack = (test: string): string =>
    `TypeError: x is undefined\n    at Object.<anonymous> (node:internal/x:1:1)\n    at load (/ci/7/app/src/user.ts:12:3)\n    at /ci/7/app/test/${test}.test.ts:4:5`
  const tasks = ['a', 'b'].map((id) =>
    task(id, [{ worker: 'w', atMs: 1, failure: failure('exception', 'x is undefined', stack(id)) }]),
  )
  expect(groupFailures({ tasks }).groups).toMatchObject([{ failures: 2, place: 'src/user.ts:load' }])
})

const device = failure('hardware-device', 'CUDA error: device lost')
const later = (i: number): Failure => failure('exception', `cannot read tensor of stage ${'abcdefgh'[i] ?? ''}`)

test('what follows the loss of a device on its worker is filed under it', () => {
  const tasks = [
    task('ok', [{ worker: 'gpu', atMs: 1 }]),
    task('first', [{ worker: 'gpu', atMs: 2, failure: device }]),
    ...[0, 1, 2].map((i) => task(`t${i}`, [{ worker: 'gpu', atMs: 3 + i, failure: later(i) }])),
    task('elsewhere', [{ worker: 'cpu', atMs: 5 }]),
  ]
  expect(groupFailures({ tasks }).groups).toMatchObject([
    { failures: 4, collateral: 3, blames: 'gpu', example: { task: 'first' } },
  ])
})

test('an attempt that passes after the fault ends it', () => {
  const tasks = [
    task('first', [{ worker: 'gpu', atMs: 2, failure: device }]),
    task('ok', [{ worker: 'gpu', atMs: 4 }]),
    task('own', [{ worker: 'gpu', atMs: 6, failure: later(0) }]),
  ]
  expect(shown(tasks).map(([, failures, collateral]) => [failures, collateral])).toEqual([
    [1, 0],
    [1, 0],
  ])
})

test('a failure that occurs by itself as well is no consequence', () => {
  const tasks = [
    task('first', [{ worker: 'gpu', atMs: 2, failure: device }]),
    task('a', [{ worker: 'gpu', atMs: 4, failure: later(0) }]),
    task('b', [{ worker: 'cpu', atMs: 4, failure: later(0) }]),
  ]
  expect(shown(tasks).map(([, failures]) => failures)).toEqual([2, 1])
})

test('an assertion after a fault is no consequence', () => {
  const tasks = [
    task('first', [{ worker: 'gpu', atMs: 2, failure: device }]),
    task('a', [{ worker: 'gpu', atMs: 4, failure: failure('assertion', 'expected 1 to be 2') }]),
  ]
  expect(shown(tasks)).toHaveLength(2)
})

test('one bad worker is blamed instead of the tests that failed on it and pass elsewhere', () => {
  const tasks = Array.from({ length: 40 }, (_, i) =>
    i % 4 === 0
      ? task(`t${i}`, [
          {
            worker: 'w0',
            atMs: i + 1,
            failure: failure('exception', `module ${'abcdefghijklmnopqrstuvwxyz'[i % 26] ?? ''}x came loose`),
          },
          { worker: 'w1', atMs: i + 100 },
        ])
      : task(`t${i}`, [{ worker: `w${i % 4}`, atMs: i + 1 }]),
  )
  const { groups, sentence } = groupFailures({ tasks })
  expect(groups).toMatchObject([{ kind: 'worker', blames: 'w0', failures: 10, tests: 10 }])
  expect(sentence).toBe('10 failures, 1 cause: 10 to blame on worker w0.')
})

test('tests that fail on every worker are not the worker’s fault', () => {
  const tasks = Array.from({ length: 40 }, (_, i) =>
    i % 4 === 0
      ? task(
          `t${i}`,
          ['w0', 'w1'].map((worker, n) => ({
            worker,
            atMs: i + n * 100 + 1,
            failure: failure('exception', 'ledger came loose'),
          })),
        )
      : task(`t${i}`, [{ worker: `w${i % 4}`, atMs: i + 1 }]),
  )
  expect(groupFailures({ tasks }).groups).toMatchObject([{ kind: 'cause', failures: 20 }])
})

test('without a second try only a long unbroken row after it had worked speaks against a worker', () => {
  const run = (row: number, before: number): readonly TaskReport[] => [
    ...Array.from({ length: before }, (_, i) => task(`ok${i}`, [{ worker: 'w0', atMs: i + 1 }])),
    ...Array.from({ length: row }, (_, i) =>
      task(`bad${i}`, [{ worker: 'w0', atMs: 100 + i, failure: failure('assertion', 'expected 1 to be 2') }]),
    ),
    ...Array.from({ length: 60 }, (_, i) => task(`other${i}`, [{ worker: 'w1', atMs: i + 1 }])),
  ]
  expect(groupFailures({ tasks: run(30, 10) }).groups).toMatchObject([{ kind: 'worker', failures: 30 }])
  expect(groupFailures({ tasks: run(12, 10) }).groups).toHaveLength(12)
  expect(groupFailures({ tasks: run(30, 0) }).groups).toHaveLength(30)
})

test('a task that loses every worker is a cause of its own, beside a worker that takes its tasks with it', () => {
  const tasks = [
    task(
      'killer',
      ['w0', 'w1', 'w2'].map((worker, i) => ({ worker, atMs: i + 1, isLost: true as const })),
      {
        verdict: { kind: 'poisoned', workersLost: 3 },
      },
    ),
    ...['a', 'b'].map((id) =>
      task(id, [
        { worker: 'w9', atMs: 9, isLost: true as const },
        { worker: 'w3', atMs: 20 },
      ]),
    ),
  ]
  expect(shown(tasks).map(([title, failures]) => [title, failures])).toEqual([
    ['task killer: every worker that ran the task was lost', 3],
    ['worker w9: the worker was lost while it ran the task', 2],
  ])
})

test('cases speak for themselves; what befell the whole attempt speaks for the cases that it took along', () => {
  const attempt = (own: Failure, cases: readonly Failure[]): TaskReport => ({
    id: 'file',
    kind: 'unit',
    attempts: [
      {
        n: 1,
        worker: 'w',
        launchedAtMs: 0,
        closedAtMs: 5,
        ending: { kind: 'ended', outcome: { result: 'failed', durationMs: 1, failure: own } },
        details: {
          cases: cases.map((each, i) => ({
            path: [`case ${'abc'[i] ?? ''}`],
            result: 'failed',
            durationMs: 1,
            failure: each,
          })),
        },
      },
    ],
  })
  const sum = attempt(failure('assertion', '2 of 9 cases failed'), [
    failure('assertion', 'expected 1 to be 2'),
    failure('assertion', 'expected 3 to be 4'),
  ])
  expect(groupFailures({ tasks: [sum] })).toMatchObject({ failures: 2, groups: [{}, {}] })
  const crash = attempt(failure('process-crash', 'the process was killed by SIGSEGV'), [
    failure('unknown', 'the case did not report'),
    failure('assertion', 'expected 1 to be 2'),
  ])
  expect(groupFailures({ tasks: [crash] }).groups.map(({ category, failures }) => [category, failures])).toEqual([
    ['process-crash', 2],
    ['assertion', 1],
  ])
})

test('words are values only where there are many of them', () => {
  const run = (names: readonly string[]): number =>
    groupFailures({
      tasks: names.map((name) =>
        task(name, [
          { worker: 'w', atMs: 1, failure: failure('environment', `no fixture for customer ${name} was seeded`) },
        ]),
      ),
    }).groups.length
  const names = Array.from(
    { length: 30 },
    (_, i) => `${'abcdefghijklmnopqrstuvwxyz'[i % 26] ?? ''}${i < 26 ? 'x' : 'y'}q`,
  )
  expect(run(names.slice(0, 8))).toBe(8)
  expect(run(names)).toBe(1)
})

test('a run without failures has none', () => {
  expect(groupFailures({ tasks: [task('a', [{ worker: 'w', atMs: 1 }])] })).toEqual({
    version: 1,
    failures: 0,
    tests: 0,
    groups: [],
    sentence: 'No failures.',
  })
})

test('hostile messages are grouped like any other', () => {
  const hostile = [
    '',
    '\0'.repeat(1000),
    '<n>'.repeat(20_000),
    'a-1'.repeat(50_000),
    '\uD800',
    '__proto__',
    ':'.repeat(50_000),
  ]
  const tasks = hostile.map((message, i) =>
    task(`t${i}`, [{ worker: 'w', atMs: i, failure: failure('unknown', message) }]),
  )
  expect(groupFailures({ tasks }).failures).toBe(hostile.length)
})

test('attempts that another one took along are filed under the task that killed the worker', () => {
  const killer = task(
    'killer',
    ['w0', 'w1', 'w2'].map((worker, i) => ({ worker, atMs: i + 1, isLost: true as const })),
    { verdict: { kind: 'poisoned', workersLost: 3 } },
  )
  const taken: TaskReport = {
    id: 'beside',
    kind: 'unit',
    attempts: [
      {
        n: 1,
        worker: 'w1',
        launchedAtMs: 0,
        closedAtMs: 2,
        ending: { kind: 'lost', cause: 'worker', causedBy: { task: 'killer', n: 2 } },
      },
    ],
  }
  expect(groupFailures({ tasks: [killer, taken] }).groups).toMatchObject([
    { failures: 4, collateral: 1, tests: 2, errorName: 'task killer' },
  ])
})

test('commands that end without a reason are causes of their own, unless what they printed agrees', () => {
  const ended = (id: string, code: number, stdoutTail = ''): TaskReport =>
    task(id, [{ worker: 'w', atMs: 1, failure: failureFromExit({ code, what: 'sh', stdoutTail }) }])
  expect(shown([ended('a', 1), ended('b', 1), ended('c', 7), ended('d', 3)])).toHaveLength(4)
  const sleeping = ['a', 'b', 'c'].map((id) => ended(id, 1, 'the mailer sleeps'))
  expect(shown(sleeping).map(([, failures]) => failures)).toEqual([3])
})

test('a process that dies is one failure, of the test that it ran, and takes no other file with it', () => {
  const died = (id: string, code: number, atMs: number): TaskReport => {
    const own = failureFromExit({ code, what: id, isEarly: true })
    const [attempt, ...rest] = task(id, [{ worker: 'local', atMs, failure: own }]).attempts
    const whole = { ...own, message: `${own.message} while it ran "leaves"` }
    const cases = [{ path: ['leaves'], result: 'failed', durationMs: 1, failure: whole } as const]
    return { id, kind: 'unit', attempts: attempt === undefined ? rest : [{ ...attempt, details: { cases } }] }
  }
  const { failures, tests, groups, sentence } = groupFailures({
    tasks: [
      task('ok', [{ worker: 'local', atMs: 1 }]),
      died('test/zero.test.js', 0, 2),
      died('test/three.test.js', 3, 3),
    ],
  })
  expect([failures, tests, sentence]).toEqual([2, 2, '2 failures, 2 causes.'])
  expect(groups.map(({ collateral, blames, example }) => [collateral, blames, example.path])).toEqual([
    [0, undefined, ['leaves']],
    [0, undefined, ['leaves']],
  ])
})

test('the only worker of a run is never to blame', () => {
  const tasks = [
    task('first', [{ worker: 'local', atMs: 2, failure: device }]),
    task('second', [{ worker: 'local', atMs: 3, failure: later(0) }]),
    task('ok', [{ worker: 'local', atMs: 1 }]),
  ]
  const { groups, sentence } = groupFailures({ tasks })
  expect(groups).toMatchObject([{ failures: 2, collateral: 1 }])
  expect(groups[0]).not.toHaveProperty('blames')
  expect(sentence).toBe('2 failures, 1 cause.')
})

test('a command of a terminal is no part of a title', () => {
  const failed = failure('exception', '\u001B[2Jcls \u001B[31mred\u001B[0m mailer asleep')
  expect(shown([task('a', [{ worker: 'w', atMs: 1, failure: failed }])])).toEqual([['cls red mailer asleep', 1, 0]])
  const [attempt] = task('a', [{ worker: 'w', atMs: 1, failure: failed }]).attempts
  const red = {
    path: ['\u001B[31mred 1'],
    result: 'failed',
    durationMs: 1,
    failure: failure('exception', 'x'),
  } as const
  const attempts = attempt === undefined ? [] : [{ ...attempt, details: { cases: [red] } }]
  expect(groupFailures({ tasks: [{ id: 'a', kind: 'unit', attempts }] }).groups[0]?.place).toBe('a › red <n>')
})

test('different tests of commands are different causes, however alike the commands end', () => {
  const printed = [
    'AssertionError [ERR_ASSERTION]: Expected values to be strictly equal: 1 !== 2',
    'AssertionError [ERR_ASSERTION]: Expected values to be strictly equal: 7 !== 9',
  ]
  const tasks = printed.map((text, i) =>
    task(`t${'ab'[i] ?? ''}`, [
      { worker: 'w', atMs: i, failure: failure('assertion', `bash ended with exit code 1: ${text}`) },
    ]),
  )
  expect(groupFailures({ tasks }).groups).toHaveLength(2)
})

test('a command that is ended from outside after another one died on the same worker is its own cause', () => {
  const tasks = [
    task('killed', [{ worker: 'w', atMs: 2, failure: failureFromExit({ signal: 'SIGKILL', what: 'bash' }) }]),
    task('ended', [{ worker: 'w', atMs: 4, failure: failureFromExit({ signal: 'SIGTERM', what: 'bash' }) }]),
    task('ok', [{ worker: 'v', atMs: 5 }]),
  ]
  expect(shown(tasks).map(([, failures, collateral]) => [failures, collateral])).toEqual([
    [1, 0],
    [1, 0],
  ])
})

test('a worker that is lost under what ran while a process died on it is a consequence of that', () => {
  const crash = failureFromExit({ signal: 'SIGSEGV', what: 'node' })
  const at = (startedAtMs: number): readonly TaskReport[] => [
    task('crash', [{ worker: 'w', atMs: 10, failure: crash }]),
    ...task('lost', [{ worker: 'w', atMs: 20, isLost: true }]).attempts.map((attempt) => ({
      id: 'lost',
      kind: 'unit',
      attempts: [{ ...attempt, launchedAtMs: startedAtMs, startedAtMs }],
    })),
  ]
  expect(shown(at(5)).map(([, failures, collateral]) => [failures, collateral])).toEqual([[2, 1]])
  expect(shown(at(15))).toHaveLength(2)
})

test('a title shows what all members share, and masks only what varies', () => {
  const refused = (port: number): Failure => failure('network', `connect ECONNREFUSED 127.0.0.1:${port}`)
  const tasks = [
    ...['a', 'b'].map((id) => task(id, [{ worker: 'w', atMs: 1, failure: refused(80) }])),
    task('c', [{ worker: 'w', atMs: 1, failure: refused(443) }]),
    ...[1, 2].map((i) =>
      task(`d${i}`, [{ worker: 'w', atMs: 1, failure: failure('network', `connect ECONNREFUSED 10.0.0.${i}:5432`) }]),
    ),
  ]
  expect(shown(tasks).map(([title]) => title)).toEqual([
    'connect ECONNREFUSED 127.0.0.1:80',
    'connect ECONNREFUSED <n> (port 5432)',
    'connect ECONNREFUSED 127.0.0.1:443',
  ])
})

test('the sentence counts tests, and tells the attempts apart', () => {
  const bad = failure('network', 'socket hang up')
  const tries = [1, 2].map((atMs) => ({ worker: 'w', atMs, failure: bad }))
  const { sentence } = groupFailures({ tasks: ['a', 'b', 'c'].map((id) => task(id, tries)) })
  expect(sentence).toBe('3 tests failed, 6 times in all, 1 cause.')
})

test('a title holds no difference, and what an announcement announces', () => {
  const tasks = ['expected 1 to be 2\n\n- 2\n+ 1', 'not equal:\n\n2 !== 3\n'].map((message, i) =>
    task(`t${'ab'[i] ?? ''}`, [{ worker: 'w', atMs: i, failure: failure('assertion', message) }]),
  )
  expect(shown(tasks).map(([title]) => title)).toEqual(['expected 1 to be 2', 'not equal: 2 !== 3'])
})
