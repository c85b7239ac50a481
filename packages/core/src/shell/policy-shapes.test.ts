// A policy in JavaScript can answer anything; what it may not do is to break the run in words of ours.
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
  await expect(muster.run({ tasks: [work.task({ id: 'a' })] }).report).rejects.toMatchObject({
    code: 'POLICY_FAILED',
    expected: expect.stringContaining(`policy odd to answer ${method} for a with `) as unknown,
    got,
  })
})
