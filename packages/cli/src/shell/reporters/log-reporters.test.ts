// A run as a log: what stands in it, where it is grouped, and that it never falls silent.
import type { CaseResult, RunEvent } from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import { ManualClock } from '@muster/core/testing'
import { expect, test } from 'vitest'
import type { LogDetail } from '../../board/log-detail.ts'
import { RunProgress } from '../../progress/run-progress.ts'
import { lookOf } from '../../terminal/look.ts'
import type { LogService } from '../../terminal/log-groups.ts'
import { keptFor } from '../show-run.ts'
import { plainReporter } from './plain-reporter.ts'
import { quietReporter } from './quiet-reporter.ts'

const at = { position: 1, atMs: 0 }
const message = Array.from({ length: 50 }, (_, line) => `line ${String(line)} of the message`).join('\n')
const failure = makeFailure({ category: 'assertion', message, evidence: [] })

/** A reporter with everything that it said. */
function logOf(service: LogService, detail: LogDetail) {
  const said: string[] = []
  const warned: string[] = []
  const clock = new ManualClock(1_700_000_000_000)
  const progress = new RunProgress({ tasks: [{ id: 'a' }, { id: 'b' }], facts: {} }, keptFor('plain', detail))
  const output = {
    lines: (lines: readonly string[]) => void said.push(...lines),
    out: (text: string) => void said.push(...text.trimEnd().split('\n')),
    say: (line: string) => void warned.push(line),
    look: lookOf({ colour: false, unicode: false }),
    logService: service,
  }
  const reporter =
    detail === 'quiet'
      ? quietReporter(output, progress)
      : plainReporter({ output, progress, clock, now: () => clock.now(), isVerbose: detail === 'verbose' })
  const tell = (event: RunEvent): void => {
    progress.take(event)
    reporter.event(event)
  }
  return { said, warned, clock, reporter, tell }
}

type Log = ReturnType<typeof logOf>

/** Tells of an attempt with one case, from its launch to the verdict of its task. */
function runTask({ tell }: Log, task: string, result: 'passed' | 'failed'): void {
  const counts = { passed: 0, failed: 0, skipped: 0, flaky: 0, [result]: 1 }
  const ended: CaseResult = { path: ['adds'], result, durationMs: 2, ...(result === 'failed' ? { failure } : {}) }
  tell({ kind: 'attempt-launched', task, n: 1, worker: 'w', ...at })
  tell({ kind: 'case-ended', task, n: 1, result: ended, ...at })
  tell({ kind: 'attempt-output', task, n: 1, stream: 'stdout', text: '::error::mine\nsaid\n', ...at })
  tell({ kind: 'attempt-ended', task, n: 1, outcome: { result, durationMs: 3, cases: counts }, ...at })
  tell({ kind: 'task-judged', task, verdict: result === 'passed' ? { kind: 'passed' } : { kind: 'failed' }, ...at })
}

test('a failure stands in a log whole, and what it printed in a group below it', () => {
  const log = logOf('github', 'normal')
  runTask(log, 'a', 'failed')
  runTask(log, 'b', 'passed')
  expect(log.said).toEqual([
    'x failed      a  3 ms, 1 case',
    '    adds',
    ...message.split('\n').map((line) => `      ${line}`),
    expect.stringMatching(/^ {4}why: assertion/),
    '::group::a: what it printed',
    ': :error::mine',
    'said',
    '::endgroup::',
    '+ passed      b  3 ms, 1 case',
  ])
})

test('what failed in an attempt that is tried again is in a group', () => {
  const log = logOf('azure', 'normal')
  log.tell({ kind: 'attempt-launched', task: 'a', n: 1, worker: 'w', ...at })
  const short = makeFailure({ category: 'assertion', message: 'not yet', evidence: [] })
  const failed: CaseResult = { path: ['adds'], result: 'failed', durationMs: 2, failure: short }
  log.tell({ kind: 'case-ended', task: 'a', n: 1, result: failed, ...at })
  log.tell({ kind: 'attempt-ended', task: 'a', n: 1, outcome: { result: 'failed', durationMs: 3 }, ...at })
  log.tell({ kind: 'task-retrying', task: 'a', n: 2, delayMs: 0, attemptsLeft: 1, ...at })
  expect(log.said).toEqual([
    '~ retrying    a  attempt 1 did not pass; again now, 1 attempt left',
    '##[group]a: what failed in attempt 1',
    '    adds',
    '      not yet',
    '##[endgroup]',
  ])
})

test('asked for more, a log has every case and what passed attempts printed', () => {
  const log = logOf('none', 'verbose')
  runTask(log, 'b', 'passed')
  expect(log.said).toEqual([
    '+ passed      b  3 ms, 1 case',
    '    + adds  2 ms',
    '    printed:',
    '      ::error::mine',
    '      said',
  ])
})

test('asked to be quiet, it has failures, and what must be known goes elsewhere', () => {
  const log = logOf('none', 'quiet')
  runTask(log, 'b', 'passed')
  log.tell({ kind: 'note', text: 'look here', ...at })
  log.reporter.tell(['Ending'])
  expect(log.said).toEqual([])
  runTask(log, 'a', 'failed')
  expect(log.said.slice(0, 2)).toEqual(['x failed      a  3 ms, 1 case', '    adds'])
  expect(log.warned).toEqual(['note: look here', 'Ending'])
})

test('after half a minute of silence a line says what still runs, and so on until something is said', () => {
  const log = logOf('github', 'normal')
  log.tell({ kind: 'attempt-launched', task: 'a', n: 1, worker: 'w', ...at })
  log.clock.advance(29_999)
  expect(log.said).toEqual([])
  log.clock.advance(1)
  log.clock.advance(30_000)
  expect(log.said).toEqual([
    '… still running: a (30 s); 0 of 2 tasks done, time left unknown yet',
    '… still running: a (1 min 00 s); 0 of 2 tasks done, time left unknown yet',
  ])
  log.clock.advance(60_000)
  expect(log.said.at(-1)).toBe(
    '… still running: a (2 min 00 s); 0 of 2 tasks done, time left unknown yet; --timeout sets a limit for one attempt',
  )
  log.reporter.end()
  log.clock.advance(60_000)
  expect(log.said).toHaveLength(4)
})

test('of a test that never stops printing the end is kept, and how much came before is said', () => {
  const log = logOf('github', 'normal')
  log.tell({ kind: 'attempt-launched', task: 'a', n: 1, worker: 'w', ...at })
  const text = `${'x'.repeat(99)}\n`.repeat(1000)
  for (let round = 0; round < 10; round++)
    log.tell({ kind: 'attempt-output', task: 'a', n: 1, stream: 'stdout', text, ...at })
  log.tell({ kind: 'attempt-ended', task: 'a', n: 1, outcome: { result: 'failed', durationMs: 3, failure }, ...at })
  log.tell({ kind: 'task-judged', task: 'a', verdict: { kind: 'failed', failure }, ...at })
  const start = log.said.indexOf('::group::a: what it printed')
  expect(log.said[start + 1]).toBe('… 936,000 characters before this are left out')
  expect(log.said.slice(start + 2, -1).join('\n')).toHaveLength(63_999)
})

test.each(['normal', 'verbose'] as const)('where nothing is folded, a flood does not bury the run (%s)', (detail) => {
  const log = logOf('none', detail)
  const text = Array.from({ length: 5000 }, (_, line) => `y ${String(line)}\n`).join('')
  log.tell({ kind: 'attempt-launched', task: 'a', n: 1, worker: 'w', ...at })
  log.tell({ kind: 'attempt-output', task: 'a', n: 1, stream: 'stdout', text, ...at })
  log.tell({ kind: 'attempt-ended', task: 'a', n: 1, outcome: { result: 'failed', durationMs: 3 }, ...at })
  log.tell({ kind: 'task-judged', task: 'a', verdict: { kind: 'failed' }, ...at })
  expect(log.said).toContain('      y 19')
  expect(log.said).toContain('      … 4,900 lines left out here; a report has more (--html FILE)')
  expect(log.said).toContain('      y 4999')
  expect(log.said.length).toBeLessThan(250)
})

test('with every detail, what a task without cases printed stands there once', () => {
  const log = logOf('none', 'verbose')
  log.tell({ kind: 'attempt-launched', task: 'a', n: 1, worker: 'w', ...at })
  log.tell({ kind: 'attempt-output', task: 'a', n: 1, stream: 'stdout', text: 'said once\n', ...at })
  log.tell({ kind: 'attempt-ended', task: 'a', n: 1, outcome: { result: 'failed', durationMs: 3, failure }, ...at })
  log.tell({ kind: 'task-judged', task: 'a', verdict: { kind: 'failed', failure }, ...at })
  expect(log.said.filter((line) => line.includes('said once'))).toHaveLength(1)
})
