// A policy in JavaScript can answer anything, or throw. It is named with what was expected; the run goes on without it, first in,
// first out, and ends as it would have.
import { expect, test } from 'vitest'
import type { Policy } from '../ports/policy.ts'
import { defineExecutor } from '../run/define-executor.ts'
import { createOrchestrator } from './orchestrator.ts'

const work = defineExecutor('work', () => undefined)

/** A policy whose answer is not what the types say. */
function answering(method: 'key' | 'admit' | 'score', answer: unknown): Policy {
  const policy: Policy = { name: 'odd', key: () => 0 }
  return Object.assign(policy, { [method]: () => answer })
}

test.each([
  ['key', {}, '{}'],
  ['key', undefined, 'undefined (undefined)'],
  ['key', ['a'], '["a"]'],
  ['key', [], '[]'],
  ['admit', false, 'false (boolean)'],
  ['admit', { because: 'no' }, '{"because":"no"}'],
  ['admit', { by: 'odd', because: 'no', wakesOn: 'never' }, '{"by":"odd","because":"no","wakesOn":"never"}'],
  ['score', 'much', '"much"'],
  ['score', undefined, 'undefined (undefined)'],
  ['score', Number.NaN, 'NaN (number)'],
] as const)('%s that answers %j is named with what was expected', async (method, answer, got) => {
  await using muster = createOrchestrator({ executors: [work], policy: answering(method, answer) })
  const run = muster.run({ tasks: [work.task({ id: 'a' })] })
  const notes: string[] = []
  run.on('note', ({ text }) => void notes.push(text))
  const report = await run.report
  expect(report).toMatchObject({ exit: 'passed', totals: { passed: 1 } })
  const because = expect.stringContaining(`policy odd to answer ${method} for a with `) as unknown
  expect(report.degraded).toMatchObject([{ part: 'policy', name: 'odd', because, isDropped: false }])
  expect(report.degraded?.[0]?.because).toContain(`got ${got}`)
  expect(notes).toEqual([expect.stringContaining('goes on without an answer of its policy')])
})

test('a policy that throws is asked three times, and then nothing more', async () => {
  let asked = 0
  const policy: Policy = {
    name: 'broken',
    key: () => {
      asked += 1
      throw new TypeError('no such field')
    },
  }
  await using muster = createOrchestrator({ executors: [work], policy, slots: 1 })
  const order: string[] = []
  const run = muster.run({ run: 'r', tasks: Array.from({ length: 6 }, (_, i) => work.task({ id: `t${String(i)}` })) })
  run.on('attempt-launched', ({ task }) => void order.push(task))
  const report = await run.report
  expect([report.exit, report.totals.passed, asked]).toEqual(['passed', 6, 3])
  expect(order).toEqual(['t0', 't1', 't2', 't3', 't4', 't5'])
  expect(report.degraded?.map(({ isDropped }) => isDropped)).toEqual([false, false, true])
  // Kept with the run, and decided alike when it is decided anew.
  expect((await muster.report('r')).degraded).toEqual(report.degraded)
})

test('what a policy had refused before it was given up is placed', async () => {
  let asked = 0
  const policy: Policy = {
    name: 'grumpy',
    key: () => 0,
    admit: (task) => {
      if (task.definition.id === 'refused') return { by: 'grumpy', because: 'no', wakesOn: 'worker' }
      asked += 1
      throw new Error('no answer')
    },
  }
  await using muster = createOrchestrator({ executors: [work], policy, slots: 1 })
  const tasks = [work.task({ id: 'refused' }), ...['a', 'b', 'c', 'd'].map((id) => work.task({ id }))]
  const report = await muster.run({ run: 'r', tasks }).report
  expect([report.exit, report.totals.passed, asked]).toEqual(['passed', 5, 3])
  expect(await muster.replay('r')).toMatchObject({ parting: undefined })
})
