// Nothing that was declared may be missing from what passed, whatever the exit code and the closing record say.
import { expect, test } from 'vitest'
import { judgeFile } from './judge-file.ts'
import type { NodeEvent, TestPlace } from './node-event.ts'
import { TestTree } from './test-tree.ts'

const place = (name: string): TestPlace => ({ name, nesting: 0, line: 1, column: 1, file: 'a.test.js' })

function judged(...events: readonly NodeEvent[]): ReturnType<typeof judgeFile> {
  const tree = new TestTree()
  const cases = events.flatMap((event) => tree.add(event) ?? [])
  return judgeFile({ file: 'a.test.js', ending: { kind: 'exited', code: 0 }, stderrTail: '', tree, cases })
}

const whole = (name: string): readonly NodeEvent[] => [
  { kind: 'enqueued', ...place(name) },
  { kind: 'started', ...place(name) },
  { kind: 'completed', ...place(name), passed: true, isSuite: false, durationMs: 1 },
]

test('all that was declared is reported: passed', () => {
  expect(judged(...whole('one'), ...whole('two'), { kind: 'closed', success: true }).outcome.result).toBe('passed')
})

test('a test that was declared and never began fails the file by name, in spite of the closing record', () => {
  const { outcome, missing } = judged(
    ...whole('one'),
    { kind: 'enqueued', ...place('two') },
    { kind: 'closed', success: true },
  )
  expect(outcome).toMatchObject({ result: 'failed', failure: { message: 'a.test.js: no result for "two"' } })
  expect(missing).toMatchObject([{ path: ['two'], result: 'failed' }])
})

test('exit code 0 without a closing record is no success', () => {
  const { outcome } = judged(...whole('one'))
  expect(outcome).toMatchObject({ result: 'failed', failure: { category: 'process-crash' } })
  expect(outcome.failure?.evidence).toContain('1 of 1 declared cases reported')
})
