// What a progress has answered once stays as it was.
import { expect, test } from 'vitest'
import { RunProgress } from './run-progress.ts'

test('cases that were told do not change under whoever asked', () => {
  const progress = new RunProgress({ tasks: [{ id: 'a' }, { id: 'b' }], facts: {} })
  const before = progress.cases
  progress.recall('a', 'passed', { passed: 3, failed: 0, skipped: 1, flaky: 0 })
  expect(before).toEqual({ passed: 0, failed: 0, skipped: 0, flaky: 0 })
  expect(progress.cases).toEqual({ passed: 3, failed: 0, skipped: 1, flaky: 0 })
})
