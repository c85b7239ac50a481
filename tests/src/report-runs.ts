// Reports for tests of the page: small runs written by hand, and large ones.
import type { AttemptReport, CaseResult, RunReport, TaskReport, Verdict, VerdictKind } from '@muster/core'
import { makeFailure } from '@muster/core/failure'

const wrong = makeFailure({
  category: 'assertion',
  errorName: 'AssertionError',
  message: 'expected { total: 12 } to deeply equal { total: 13 }',
  stack:
    '- Expected\n+ Received\n\n  {\n-   "total": 13,\n+   "total": 12,\n  }\n\nAssertionError: expected { total: 12 }\n    at /project/src/cart.test.ts:9:20\n    at /project/node_modules/runner/run.js:1:1',
  evidence: ['error class AssertionError'],
})
const refused = makeFailure({ category: 'network', message: 'connect ECONNREFUSED', evidence: ['code ECONNREFUSED'] })

function attempt(n: number, times: readonly [number, number], cases: readonly CaseResult[]): AttemptReport {
  const failure = cases.find(({ result }) => result === 'failed')?.failure
  const durationMs = times[1] - times[0]
  return {
    n,
    worker: 'local',
    launchedAtMs: times[0],
    startedAtMs: times[0] + 5,
    closedAtMs: times[1],
    ending: {
      kind: 'ended',
      outcome: failure === undefined ? { result: 'passed', durationMs } : { result: 'failed', durationMs, failure },
    },
    details: { cases, stdout: { head: `printed in attempt ${n}`, tail: '', omittedBytes: 0 } },
  }
}

const passes = (title: string): CaseResult => ({ path: ['suite', title], result: 'passed', durationMs: 20 })

/** One cause in one case, one cause in two, a flaky case, blocked tasks, and some that passed. */
export const failedRun: RunReport = runOf([
  task('build', { kind: 'passed' }, [attempt(1, [0, 1000], [])]),
  task(
    'src/cart.test.ts',
    { kind: 'failed', failure: wrong },
    [
      attempt(
        1,
        [1000, 3000],
        [passes('adds'), { path: ['cart', 'totals'], line: 9, result: 'failed', durationMs: 30, failure: wrong }],
      ),
    ],
    ['build'],
  ),
  ...['src/a.test.ts', 'src/b.test.ts'].map((id) =>
    task(id, { kind: 'failed', failure: refused }, [
      attempt(
        1,
        [1000, 1500],
        [passes('works alone'), { path: ['store', `reads ${id}`], result: 'failed', durationMs: 5, failure: refused }],
      ),
    ]),
  ),
  task('src/mail.test.ts', { kind: 'flaky', failedAttempts: 1 }, [
    attempt(1, [1500, 2500], [{ path: ['mail', 'sends'], result: 'failed', durationMs: 400, failure: refused }]),
    attempt(2, [2500, 5000], [{ path: ['mail', 'sends'], result: 'passed', durationMs: 300 }]),
  ]),
  task('e2e/checkout.test.ts', { kind: 'blocked', by: 'src/cart.test.ts' }, []),
])

/** A screenshot of one pixel, as an attempt would leave it. */
export const pixel: { readonly sha256: string; readonly bytes: Uint8Array } = {
  sha256: 'ab'.repeat(32),
  bytes: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  ),
}

/** A run whose one attempt left files of these names and paths, the first of them a picture. */
export function runWithFiles(files: readonly { readonly name: string; readonly path: string }[]): RunReport {
  const artifacts = files.map(({ name, path }, at) => ({
    ...{ name, path, bytes: 70, contentType: at === 0 ? 'image/png' : 'text/html' },
    sha256: at === 0 ? pixel.sha256 : 'cd'.repeat(32),
  }))
  const outcome = { result: 'failed' as const, durationMs: 10, failure: refused, artifacts }
  const ended = { n: 1, worker: 'local', launchedAtMs: 0, closedAtMs: 10, ending: { kind: 'ended' as const, outcome } }
  return runOf([task('e2e/login', { kind: 'failed', failure: refused }, [ended])])
}

/** So many cases, each failing in a way of its own, with a stack and output. */
export function runOfFailures(count: number): RunReport {
  const cases = Array.from({ length: count }, (_, at): CaseResult => ({
    path: ['suite', `breaks ${at}`],
    result: 'failed',
    durationMs: 1,
    failure: makeFailure({
      category: 'exception',
      errorName: 'TypeError',
      message: `reason ${at}`,
      stack: `TypeError: reason ${at}\n    at /project/src/file-${at}.ts:${at + 1}:1`,
      evidence: [],
    }),
  }))
  return runOf([task('src/all.test.ts', { kind: 'failed' }, [attempt(1, [0, 100], cases)])])
}

/** A run of so many cases that all pass. */
export function passedRun(cases: number): RunReport {
  const perFile = 50
  return runOf(
    Array.from({ length: Math.ceil(cases / perFile) }, (_, file) =>
      task(`src/file-${file}.test.ts`, { kind: 'passed' }, [
        attempt(
          1,
          [file * 10, file * 10 + 10],
          Array.from({ length: perFile }, (_, at) => passes(`case ${file * perFile + at}`)),
        ),
      ]),
    ),
  )
}

/** A run in which everything that has a name has this one. */
export function namedRun(name: string): RunReport {
  const failure = makeFailure({
    category: 'assertion',
    message: name,
    stack: `${name}\n    at ${name}`,
    evidence: [name],
    errorName: name,
  })
  const cases: readonly CaseResult[] = [
    { path: [name, name], file: name, result: 'failed', durationMs: 1, failure },
    { path: [name, `${name} passes`], file: name, result: 'skipped', durationMs: 0, reason: name },
  ]
  const failing = { ...attempt(1, [0, 100], cases), worker: name }
  return {
    ...runOf([
      { ...task(name, { kind: 'failed', failure }, [failing]), file: name },
      task('blocked', { kind: 'blocked', by: name }, []),
      task('skipped', { kind: 'skipped', because: name }, []),
    ]),
    run: name,
  }
}

function task(
  id: string,
  verdict: Verdict,
  attempts: readonly AttemptReport[],
  dependsOn?: readonly string[],
): TaskReport {
  return { id, kind: 'vitest', file: id, verdict, attempts, ...(dependsOn === undefined ? {} : { dependsOn }) }
}

/** The report of these tasks. */
export function runOf(tasks: readonly TaskReport[]): RunReport {
  const count = (kind: VerdictKind): number => tasks.filter(({ verdict }) => verdict?.kind === kind).length
  const totals = {
    ...{ tasks: tasks.length, open: 0, passed: count('passed'), flaky: count('flaky'), failed: count('failed') },
    ...{
      'timed-out': 0,
      blocked: count('blocked'),
      skipped: count('skipped'),
      cancelled: 0,
      poisoned: 0,
      unplaceable: 0,
    },
  }
  const exit = totals.failed + totals.blocked > 0 ? 'failed' : tasks.length === 0 ? 'nothing-ran' : 'passed'
  return {
    version: 1,
    run: 'r1',
    ending: 'finished',
    exit,
    exitCode: exit === 'failed' ? 1 : 0,
    startedAtWallMs: 1_767_323_045_678,
    durationMs: Math.max(0, ...tasks.flatMap(({ attempts }) => attempts.map(({ closedAtMs = 0 }) => closedAtMs))),
    totals,
    cases: { passed: 0, failed: 0, skipped: 0, flaky: 0 },
    workers: [{ id: 'local', slots: 3 }],
    tasks,
  }
}
