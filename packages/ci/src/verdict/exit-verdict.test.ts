// Nothing ran is never success, and flaky is success only while nobody asks for more.
import { createOrchestrator, defineExecutor, MusterError, type ExitVerdict, type RunReport } from '@muster/core'
import { expect, test } from 'vitest'
import { exitCodeTable } from './exit-codes.ts'
import { exitOfError } from './exit-of-error.ts'
import { exitVerdict } from './exit-verdict.ts'

const none = {
  passed: 0,
  flaky: 0,
  failed: 0,
  'timed-out': 0,
  blocked: 0,
  skipped: 0,
  cancelled: 0,
  poisoned: 0,
  unplaceable: 0,
}

function ended(exit: ExitVerdict, counts: Partial<RunReport['totals']>): Pick<RunReport, 'exit' | 'totals'> {
  return { exit, totals: { ...none, tasks: 0, open: 0, ...counts } }
}

test.each([
  ['passed', { tasks: 3, passed: 3 }, 0, 'All 3 tasks passed.'],
  ['passed', { tasks: 1, passed: 1 }, 0, '1 task passed.'],
  ['passed', { tasks: 4, passed: 2, flaky: 1, skipped: 1 }, 0, '3 tasks passed, 1 only after a retry, 1 was skipped.'],
  ['failed', { tasks: 4, passed: 1, failed: 1, blocked: 2 }, 1, '3 of 4 tasks did not pass: 1 failed, 2 blocked.'],
  ['nothing-ran', { tasks: 0 }, 4, 'Nothing ran: there was no task to run.'],
  ['nothing-ran', { tasks: 2, skipped: 2 }, 4, 'Nothing ran: 2 tasks, of which 2 were skipped.'],
  ['interrupted', { tasks: 5, passed: 4, open: 1 }, 130, 'The run was interrupted: 1 of 5 tasks has no verdict.'],
] as const)('%s %j ends with %i', (exit, counts, exitCode, sentence) => {
  expect(exitVerdict(ended(exit, counts))).toEqual({ exit, exitCode, sentence })
})

test('flaky tasks fail a build that asks for it', () => {
  const report = ended('passed', { tasks: 3, passed: 1, flaky: 2 })
  expect(exitVerdict(report).exitCode).toBe(0)
  expect(exitVerdict(report, { failOnFlaky: true })).toEqual({
    exit: 'failed',
    exitCode: 1,
    sentence: '2 tasks passed only after a retry, and flaky tasks fail this build.',
  })
  expect(exitVerdict(ended('nothing-ran', { tasks: 0 }), { failOnFlaky: true }).exitCode).toBe(4)
})

test('every exit code means one thing', () => {
  expect(exitCodeTable.map(({ kind, code }) => [kind, code])).toEqual([
    ['passed', 0],
    ['failed', 1],
    ['misuse', 2],
    ['internal', 3],
    ['nothing-ran', 4],
    ['interrupted', 130],
  ])
})

test('what was thrown is misuse, an interruption or our own mistake', () => {
  expect(exitOfError(new MusterError('CONFIG_UNREADABLE', { expected: 'a file', got: 'none' })).exitCode).toBe(2)
  expect(exitOfError(new MusterError('ABORTED', { expected: 'an end', got: 'an abort' })).exitCode).toBe(130)
  expect(exitOfError(new TypeError('x')).exitCode).toBe(3)
  expect(exitOfError('x').exitCode).toBe(3)
})

test('a run that its store could not keep to its end is an interruption, and not misuse', async () => {
  const work = defineExecutor('work', () => undefined)
  await using muster = createOrchestrator({ executors: [work] })
  const report = await muster.run({ tasks: [work.task({ id: 'a' })] }).report
  const facts = { expected: 'space', got: 'none' }
  expect(exitOfError(new MusterError('STORE_FULL', { ...facts, report })).exitCode).toBe(130)
  expect(exitOfError(new MusterError('STORE_FULL', facts)).exitCode).toBe(2)
})
