import { expect, test } from 'vitest'
import { failureFromError } from '../failure/failure-from-error.ts'
import { failureFromExit } from '../failure/failure-from-exit.ts'
import { rereadFailure } from '../failure/reread-failure.ts'
import { compileRules } from '../failure/rules/compiled-rules.ts'
import type { FailureRule } from '../failure/rules/failure-rule.ts'
import { createOrchestrator, defineExecutor, isMusterError } from '../index.ts'
import type { Failure } from '../model/failure.ts'
import type { AttemptResult, Executor } from '../ports/executor.ts'

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

const seat: FailureRule = {
  id: 'shop/seat',
  category: 'environment',
  pattern: /^licence server .* has no seat/i,
  errorCodes: ['E_SEAT'],
  transient: true,
}

const noSeat = 'licence server eu-2 has no seat'

/** The failure of the only attempt of a task that ends so, and whether it was tried again. */
async function told(
  execute: Executor['execute'],
): Promise<{ readonly failure: Failure | undefined; readonly attempts: number }> {
  const executor: Executor = { kind: 'work', execute }
  await using muster = createOrchestrator({
    executors: [executor],
    failureRules: [seat],
    retry: { maxAttempts: 2, baseDelayMs: 1 },
  })
  const report = await muster.run({ tasks: [{ id: 't', kind: 'work' }] }).report
  const attempts = report.tasks[0]?.attempts ?? []
  const ending = attempts[0]?.ending
  return { failure: ending?.kind === 'ended' ? ending.outcome.failure : undefined, attempts: attempts.length }
}

const ended = (failure: Failure): AttemptResult => ({ outcome: { result: 'failed', durationMs: 0, failure } })

test.each<[string, Executor['execute']]>([
  ['the last words of a process', async () => ended(failureFromExit({ code: 3, stdoutTail: noSeat, what: 'bash' }))],
  [
    'a line that was printed before the last words',
    async (_, { log }) => {
      log(`starting\n[12:00:01] ${noSeat}\n`)
      log('bye\n', 'stderr')
      return ended(failureFromExit({ code: 1, stderrTail: 'bye', what: 'bash' }))
    },
  ],
  [
    'the first failed case',
    async (_, { caseEnded }) => {
      const failure = failureFromError(new Error(noSeat))
      caseEnded({ path: ['fine'], result: 'passed', durationMs: 0 })
      caseEnded({ path: ['buys'], result: 'failed', durationMs: 0, failure })
      return ended({ ...failure, message: `shop.test.ts > buys: ${noSeat}` })
    },
  ],
  ['what caused an error', () => Promise.reject(new Error('start failed', { cause: new Error(noSeat) }))],
  ['the code of an error', () => Promise.reject(Object.assign(new Error('x'), { code: 'E_SEAT' }))],
  [
    'the code of a cause',
    () => Promise.reject(new Error('x', { cause: Object.assign(new Error('y'), { code: 'E_SEAT' }) })),
  ],
])('a rule of your own hears %s, and the retry follows it', async (_, execute) => {
  const { failure, attempts } = await told(execute)
  expect(failure).toMatchObject({ rule: 'shop/seat', category: 'environment', transient: true })
  expect(attempts).toBe(2)
})

test('the task keeps its own words and the fingerprint of the case that it tells of', async () => {
  const failure = failureFromError(new Error(noSeat))
  const { failure: whole } = await told(async (_, { caseEnded }) => {
    caseEnded({ path: ['buys'], result: 'failed', durationMs: 0, failure })
    return ended({ ...failure, message: `shop.test.ts > buys: ${noSeat}` })
  })
  expect(whole?.message).toBe(`shop.test.ts > buys: ${noSeat}`)
  expect(whole?.fingerprint).toBe(rereadFailure(failure, compileRules([seat])).fingerprint)
})

test('what a test that passed printed makes no failure', async () => {
  const { failure, attempts } = await told(async (_, { log }) => {
    log(`${noSeat}\n`)
    return { outcome: { result: 'passed', durationMs: 0 } }
  })
  expect([failure, attempts]).toEqual([undefined, 1])
})
