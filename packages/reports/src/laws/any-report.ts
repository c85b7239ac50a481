// Reports as a run could end with, drawn from a seed: every verdict, retries, losses, titles that would break a careless
// writer. Only laws use this.
import type {
  Artifact,
  AttemptReport,
  CaseResult,
  ExitVerdict,
  Failure,
  Leaks,
  Outcome,
  RunReport,
  TaskReport,
  Verdict,
  VerdictKind,
} from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import fc from 'fast-check'
import { plainText } from '../text/plain-text.ts'

/** Titles and messages with everything that formats treat as their own. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  fc.constantFrom(
    'a > b',
    'x # SKIP no',
    'not ok 1',
    '1..4',
    'a\nb',
    ' indented\n  more',
    'tab\there',
    '"quoted" & <tagged>',
    ']]>',
    '\u001b[31mred\u001b[0m',
    '\u0000',
    '\ud800',
    '__proto__',
    'constructor',
    '...',
    '---',
    '# Subtest: x',
    '\\#\\\\',
    '{',
    'Bail out!',
    'line\r\nline',
    '- dash',
    '日本語',
    '👩‍👩‍👧',
    '`code`',
    '@team',
    '(2)',
    '',
    ' ',
    '\u2028',
    'key: value',
  ),
)

const anyFailure: fc.Arbitrary<Failure> = fc
  .record({
    category: fc.constantFrom('assertion' as const, 'exception' as const, 'timeout' as const, 'network' as const),
    // JUnit cannot tell a message of blanks from none.
    message: hostileText.map((text) => (plainText(text).trim() === '' ? `blank: ${text}` : text)),
    errorName: fc.option(fc.constantFrom('AssertionError', 'TypeError', 'java.net.ConnectException'), {
      nil: undefined,
    }),
    stack: fc.option(hostileText, { nil: undefined }),
    evidence: fc.array(hostileText, { maxLength: 2 }),
  })
  .map((facts) => makeFailure(facts))

/** A case as a runner reports it: failures where it failed, or failed before it passed. */
const anyCase: fc.Arbitrary<CaseResult> = fc
  .record({
    path: fc.array(hostileText, { minLength: 1, maxLength: 3 }),
    file: fc.option(fc.constantFrom('src/a.test.ts', 'src/b c/ü.test.ts', 'a"&<.py'), { nil: undefined }),
    line: fc.option(fc.integer({ min: 1, max: 5000 }), { nil: undefined }),
    result: fc.constantFrom(
      'passed' as const,
      'failed' as const,
      'timed-out' as const,
      'cancelled' as const,
      'skipped' as const,
    ),
    durationMs: fc.oneof(fc.nat(100_000), fc.double({ min: 0, max: 1e6, noNaN: true, noDefaultInfinity: true })),
    reason: fc.option(hostileText, { nil: undefined }),
    retries: fc.integer({ min: 0, max: 3 }),
    failure: anyFailure,
  })
  .map(({ file, line, reason, retries, failure, durationMs, ...rest }) => {
    const didNotRun = rest.result === 'skipped' || rest.result === 'cancelled'
    const failed = rest.result === 'failed' || rest.result === 'timed-out' || (rest.result === 'passed' && retries > 0)
    return {
      ...rest,
      // -0 is no duration and no format keeps it.
      durationMs: durationMs + 0,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
      ...(didNotRun && reason !== undefined ? { reason } : {}),
      ...(retries > 0 && !didNotRun ? { retries } : {}),
      ...(failed ? { failure } : {}),
    }
  })

const anyLeaks: fc.Arbitrary<Leaks> = fc.record({
  count: fc.integer({ min: 1, max: 2000 }),
  processes: fc.array(fc.record({ pid: fc.nat(1e6), command: hostileText }), { maxLength: 3 }),
})

const anyArtifact: fc.Arbitrary<Artifact> = fc
  .record({ name: hostileText, path: hostileText, bytes: fc.nat(1e6), isPicture: fc.boolean() })
  .map(({ name, path, bytes, isPicture }) => ({
    name,
    path,
    bytes,
    contentType: isPicture ? 'image/png' : 'text/plain',
  }))

function outcomeOf(result: Outcome['result'], failure: Failure, durationMs: number): Outcome {
  return { result, durationMs, ...(result === 'failed' || result === 'timed-out' ? { failure } : {}) }
}

const anyVerdict: fc.Arbitrary<Verdict> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'passed' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'flaky' as const, failedAttempts: 1 }) },
  anyFailure.map((failure) => ({ kind: 'failed' as const, failure })),
  fc.constant({ kind: 'failed' as const }),
  anyFailure.map((failure) => ({ kind: 'timed-out' as const, failure })),
  hostileText.map((by) => ({ kind: 'blocked' as const, by })),
  hostileText.map((because) => ({ kind: 'skipped' as const, because })),
  hostileText.map((by) => ({ kind: 'cancelled' as const, by })),
  fc.constant({ kind: 'poisoned' as const, workersLost: 3 }),
  fc.array(hostileText, { maxLength: 2 }).map((missing) => ({ kind: 'unplaceable' as const, missing })),
)

interface TaskDraw {
  readonly id: string
  readonly file: string | undefined
  readonly verdict: Verdict | undefined
  readonly tries: readonly {
    readonly failure: Failure
    readonly cases: readonly CaseResult[] | undefined
    readonly ms: number
    readonly artifacts: readonly Artifact[] | undefined
    readonly leaks: Leaks | undefined
  }[]
}

function taskOf({ id, file, verdict, tries }: TaskDraw): TaskReport {
  const ran = verdict === undefined || ['passed', 'flaky', 'failed', 'timed-out', 'cancelled'].includes(verdict.kind)
  const attempts: AttemptReport[] = (ran ? tries : []).map(({ failure, cases, ms, artifacts, leaks }, at) => {
    const isLast = at === tries.length - 1
    const good = verdict?.kind === 'passed' || (verdict?.kind === 'flaky' && isLast)
    const result = good ? 'passed' : verdict?.kind === 'timed-out' ? 'timed-out' : 'failed'
    // What passed holds no case that failed in the end.
    const kept = cases?.filter((one) => !good || one.result === 'passed' || one.result === 'skipped')
    return {
      n: at + 1,
      worker: 'w1',
      launchedAtMs: at * 1000,
      startedAtMs: at * 1000 + 1,
      closedAtMs: at * 1000 + ms,
      ending: {
        kind: 'ended',
        outcome: {
          ...outcomeOf(result, failure, ms),
          ...(artifacts === undefined ? {} : { artifacts }),
          ...(leaks === undefined ? {} : { leaks }),
        },
      },
      ...(kept === undefined ? {} : { details: { cases: kept } }),
    }
  })
  return {
    id,
    kind: 'command',
    ...(file === undefined ? {} : { file }),
    ...(verdict === undefined ? {} : { verdict }),
    attempts,
  }
}

const anyTask: fc.Arbitrary<TaskReport> = fc
  .record({
    id: hostileText,
    file: fc.option(fc.constantFrom('src/a.test.ts', 'src/c.test.ts'), { nil: undefined }),
    verdict: fc.option(anyVerdict, { nil: undefined, freq: 12 }),
    tries: fc.array(
      fc.record({
        failure: anyFailure,
        cases: fc.option(fc.array(anyCase, { maxLength: 4 }), { nil: undefined }),
        ms: fc.integer({ min: 1, max: 900 }),
        artifacts: fc.option(fc.array(anyArtifact, { minLength: 1, maxLength: 3 }), { nil: undefined, freq: 3 }),
        leaks: fc.option(anyLeaks, { nil: undefined, freq: 3 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(taskOf)

/** A whole report whose totals and exit fit its tasks. */
export const anyReport: fc.Arbitrary<RunReport> = fc
  .uniqueArray(anyTask, { maxLength: 6, selector: ({ id }) => id })
  .map((tasks) => reportOfTasks(tasks))

/** The report of a run that consists of these tasks. */
export function reportOfTasks(tasks: readonly TaskReport[]): RunReport {
  const count = (kind: VerdictKind): number => tasks.filter(({ verdict }) => verdict?.kind === kind).length
  const totals = {
    tasks: tasks.length,
    open: tasks.filter(({ verdict }) => verdict === undefined).length,
    passed: count('passed'),
    flaky: count('flaky'),
    failed: count('failed'),
    'timed-out': count('timed-out'),
    blocked: count('blocked'),
    skipped: count('skipped'),
    cancelled: count('cancelled'),
    poisoned: count('poisoned'),
    unplaceable: count('unplaceable'),
  }
  const bad = totals.tasks - totals.open - totals.passed - totals.flaky - totals.skipped
  const ran = totals.passed + totals.flaky
  const exit: ExitVerdict = totals.open > 0 ? 'interrupted' : bad > 0 ? 'failed' : ran > 0 ? 'passed' : 'nothing-ran'
  const exitCode = { passed: 0, failed: 1, 'nothing-ran': 4, interrupted: 130 }[exit]
  return {
    version: 1,
    run: 'r1',
    ending: exit === 'interrupted' ? 'interrupted' : 'finished',
    exit,
    exitCode,
    startedAtWallMs: 1_767_323_045_678,
    durationMs: 5000,
    totals,
    cases: { passed: 0, failed: 0, skipped: 0, flaky: 0 },
    tasks,
  }
}
