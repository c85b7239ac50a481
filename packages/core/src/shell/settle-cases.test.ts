// A case that failed is never green, whatever its executor calls the whole.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CaseResult, Result } from '../model/outcome.ts'
import type { ExecutionContext } from '../ports/executor.ts'
import type { RunReport } from '../model/report.ts'
import { defineExecutor } from '../run/define-executor.ts'
import { createOrchestrator } from './orchestrator.ts'
import { settleCases } from './settle-cases.ts'

const anyResult = fc.constantFrom<Result[]>('passed', 'failed', 'timed-out', 'cancelled', 'skipped')
const anyCase: fc.Arbitrary<CaseResult> = fc.record({
  path: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 2 }),
  file: fc.constantFrom(undefined, 'x.js', 'y.js'),
  result: anyResult,
  durationMs: fc.constant(0),
})

function ended(result: Result, more: Partial<CaseResult> = {}): CaseResult {
  return { path: ['x'], result, durationMs: 0, ...more }
}

async function runWith(
  body: (context: ExecutionContext) => unknown,
): Promise<{ readonly report: RunReport; readonly notes: readonly string[] }> {
  const executor = defineExecutor('k', (_, context) => body(context))
  await using muster = createOrchestrator({ executors: [executor] })
  const notes: string[] = []
  const run = muster.run({ tasks: [{ id: 't', kind: 'k' }] })
  run.on('note', ({ text }) => notes.push(text))
  return { report: await run.report, notes }
}

test('an attempt whose executor returns as if nothing was wrong has failed with its first failed case', async () => {
  const { report } = await runWith(({ caseEnded }) => {
    caseEnded(ended('passed', { path: ['fine'] }))
    caseEnded(ended('failed'))
  })
  expect(report.exit).toBe('failed')
  expect(report.tasks[0]?.verdict).toMatchObject({
    kind: 'failed',
    failure: {
      message: '1 of its cases failed: "x"',
      evidence: ['case failed', 'its executor called the attempt green'],
    },
  })
})

test.each([
  { outcome: { result: 'passed', durationMs: 0 }, details: { cases: [ended('timed-out')] } },
  { outcome: { result: 'skipped', durationMs: 0 }, details: { cases: [ended('failed')] } },
  { outcome: { result: 'passed', durationMs: 0, cases: { passed: 3, failed: 1, skipped: 0, flaky: 0 } } },
  {
    outcome: { result: 'passed', durationMs: 0, cases: { passed: 3, failed: 0, skipped: 0, flaky: 0 } },
    details: { cases: [ended('failed')] },
  },
] as const)('an outcome that is called green beside a failed case is not believed: %j', async (result) => {
  await using muster = createOrchestrator({ executors: [{ kind: 'k', execute: async () => result }] })
  const report = await muster.run({ tasks: [{ id: 't', kind: 'k' }] }).report
  expect(report.tasks[0]?.verdict).toMatchObject({ kind: 'failed' })
  expect(report.tasks[0]?.attempts[0]).toMatchObject({ ending: { outcome: { cases: { failed: 1 } } } })
})

test('a case that passed by the own retry of its runner is flaky, not failed', async () => {
  const { report, notes } = await runWith(({ caseEnded }) => {
    caseEnded(ended('failed'))
    caseEnded(ended('passed', { retries: 1 }))
  })
  expect(report.tasks[0]?.verdict?.kind).toBe('flaky')
  expect(notes).toEqual([])
})

test('a case that is reported twice counts as the worse, and a note names it', async () => {
  const { report, notes } = await runWith(({ caseEnded }) => {
    caseEnded(ended('failed'))
    caseEnded(ended('passed'))
  })
  expect(report.tasks[0]?.verdict?.kind).toBe('failed')
  expect(report.tasks[0]?.attempts[0]).toMatchObject({ ending: { outcome: { cases: { passed: 0, failed: 1 } } } })
  expect(notes).toEqual([
    'in-process: t: reported twice in one attempt: "x" (failed and passed); where the results differ the worse one counts',
  ])
})

test('the same result twice is a note too, and both are kept: they may be two tests of one name', () => {
  const { cases, notes } = settleCases([ended('passed'), ended('passed'), ended('passed', { file: 'y.js' })])
  expect(cases).toHaveLength(3)
  expect(notes[0]).toContain('"x" (both times passed)')
})

test('no failed case gets lost, and nothing is made up', () => {
  const nameOf = ({ file, path }: CaseResult): string => JSON.stringify([file, path])
  fc.assert(
    fc.property(fc.array(anyCase, { maxLength: 12 }), (reported) => {
      const { cases } = settleCases(reported)
      expect(new Set(cases.map(nameOf))).toEqual(new Set(reported.map(nameOf)))
      expect(reported).toEqual(expect.arrayContaining([...cases]))
      for (const { result, ...one } of reported) {
        if (result === 'failed')
          expect(cases.map((each) => [nameOf(each), each.result])).toContainEqual([
            nameOf({ ...one, result }),
            'failed',
          ])
      }
    }),
  )
})
