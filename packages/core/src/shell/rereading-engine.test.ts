import { expect, test } from 'vitest'
import { createOrchestrator, defineExecutor, isMusterError } from '../index.ts'

test('rules of your own tell what arrives from wherever it ran', async () => {
  const work = defineExecutor<{ says: string }, undefined>('work', async ({ payload }) => {
    throw new Error(payload.says)
  })
  await using muster = createOrchestrator({
    executors: [work],
    failureRules: [{ id: 'shop/seat', category: 'environment', pattern: /^Error: no seat/, transient: true }],
  })
  const tasks = ['no seat free', 'no such thing'].map((says) => ({ id: says, kind: 'work', payload: { says } }))
  const report = await muster.run({ tasks }).report
  const told = report.tasks.map(({ attempts: [first] }) =>
    first?.ending.kind === 'ended' ? first.ending.outcome.failure : undefined,
  )
  expect(told[0]).toMatchObject({
    rule: 'shop/seat',
    category: 'environment',
    transient: true,
    message: 'no seat free',
  })
  expect(told[1]).toMatchObject({ category: 'exception', message: 'no such thing' })
})

test('a rule that is not linear-time is refused before anything runs', () => {
  const rule = { id: 'slow', category: 'network', pattern: /(a+)+$/ } as const
  try {
    createOrchestrator({ failureRules: [rule] })
    expect.unreachable()
  } catch (error) {
    expect(isMusterError(error) && error.code).toBe('OPTIONS_INVALID')
  }
})
