// What a person reads at the end of a run.
import type { CaseResult } from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import { expect, test } from 'vitest'
import { reportOfTasks } from '../laws/any-report.ts'
import { sampleReport } from '../laws/sample-report.ts'
import { writeSummary } from './write-summary.ts'

test('the summary of a red run names what failed, what was flaky and who blocked whom', () => {
  expect(writeSummary(sampleReport)).toMatchInlineSnapshot(`
    "3 of 6 tasks did not pass: 1 failed, 2 blocked.
      tasks  6: 1 passed, 1 flaky, 1 failed, 2 blocked, 1 skipped
      cases  3: 1 passed, 1 flaky, 1 failed
      time   5.0 s

    Failed (1)
      cart > removes failed in src/cart.test.ts:9
          expected 1 to be 2

    Blocked (2)
      cart blocked checkout, receipt

    Flaky (1)
      pays passed in try 2 in src/pay.test.ts
          failed first with socket hang up

    Did not run
      1 task skipped: removed soon (legacy)

    Slowest
          4.1 s  pay
          1.1 s  cart
         900 ms  db-setup

    Time
      6.1 s of work in 5.0 s: 1.2 tasks at once on average
      pay alone took 82 % of that: only splitting it makes the run much shorter
      for the last 3.0 s only pay was running: splitting it, or an earlier start where it waits for nothing, would help

    Next
      muster explain cart tells the whole story of the first failure
      muster run cart runs only what failed
      muster history shows how often the flaky ones failed before
    "
  `)
})

test('Markdown keeps names and messages in code', () => {
  const because = '@team ``` [link](x) <b>'
  const report = reportOfTasks([{ id: 'a`b', kind: 'x', verdict: { kind: 'skipped', because }, attempts: [] }])
  expect(writeSummary(report, { format: 'markdown', command: 'npx muster' })).toMatchInlineSnapshot(`
    "### Nothing ran: 1 task, of which 1 was skipped.

    - tasks  1: 1 skipped
    - time   5.0 s

    ### Did not run

    - 1 task skipped: \`\`\`\`@team \`\`\` [link](x) <b>\`\`\`\` (\`\`a\`b\`\`)

    ### Next

    - \`npx muster plan\` shows what would run, and why
    "
  `)
})

test('an interrupted run says how to go on', () => {
  const report = reportOfTasks([{ id: 'a', kind: 'x', attempts: [] }])
  expect(writeSummary(report)).toContain('muster resume r1 goes on where this run stopped')
})

test('a line that announces the next comes with it, and what could not run has not failed', () => {
  const message = 'Expected values to be strictly equal:\n\n2 !== 3\n'
  const failure = makeFailure({ category: 'assertion', message, evidence: [] })
  const summary = writeSummary(
    reportOfTasks([
      { id: 'a', kind: 'x', verdict: { kind: 'failed', failure }, attempts: [] },
      { id: 'b', kind: 'x', verdict: { kind: 'unplaceable', missing: ['gpu'] }, attempts: [] },
    ]),
  )
  expect(summary).toContain('a failed\n      Expected values to be strictly equal: 2 !== 3\n')
  expect(summary).toContain('b could not run\n')
})

test('long lists are cut, and say by how much', () => {
  const tasks = Array.from({ length: 30 }, (_, at) => ({
    id: `t${at}`,
    kind: 'x',
    verdict: { kind: 'failed' as const },
    attempts: [],
  }))
  const summary = writeSummary(reportOfTasks(tasks), { most: 3 })
  expect(summary).toContain('Failed (30)')
  expect(summary).toContain('and 27 more')
})

test('one more than the longest list is shown instead of counted', () => {
  const tasks = ['a', 'b', 'c', 'd'].map((id) => ({
    id,
    kind: 'x',
    verdict: { kind: 'failed' as const },
    attempts: [],
  }))
  const summary = writeSummary(reportOfTasks(tasks), { most: 3 })
  expect(summary).toContain('d failed')
  expect(summary).not.toContain('more')
})

test('what is listed as failed is run again by the command for it, poisoned and unplaceable tasks too', () => {
  const summary = writeSummary(
    reportOfTasks([
      { id: 'a', kind: 'x', verdict: { kind: 'poisoned', workersLost: 2 }, attempts: [] },
      { id: 'b', kind: 'x', verdict: { kind: 'unplaceable', missing: ['gpu'] }, attempts: [] },
    ]),
  )
  expect(summary).toContain('Failed (2)')
  expect(summary).toContain('muster run a b runs only what failed')
})

test('where something was left undone, nobody is told that an earlier start would help', () => {
  const undone = { id: 'undone', kind: 'x', attempts: [] }
  expect(writeSummary(sampleReport)).toContain('was running')
  expect(writeSummary({ ...sampleReport, tasks: [...sampleReport.tasks, undone] })).not.toContain('was running')
})

test('what was cancelled is counted as that, and a list that is cut says what shows the rest', () => {
  const cases = Array.from({ length: 14 }, (_, at): CaseResult => ({
    path: [String(at)],
    result: at < 12 ? 'failed' : 'cancelled',
    durationMs: 1,
  }))
  const ending = { kind: 'ended' as const, outcome: { result: 'failed' as const, durationMs: 1 } }
  const attempts = [{ n: 1, worker: 'w', launchedAtMs: 0, closedAtMs: 1, ending, details: { cases } }]
  const written = writeSummary(reportOfTasks([{ id: 't', kind: 'x', verdict: { kind: 'failed' }, attempts }]))
  expect(written).toContain('cases  14: 12 failed, 2 cancelled')
  expect(written).toContain('and 2 more: muster failures shows all, by cause')
})
