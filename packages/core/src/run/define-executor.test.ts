import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ExecutionContext } from '../ports/executor.ts'
import { defineExecutor } from './define-executor.ts'

const context: ExecutionContext = {
  run: 'r',
  n: 1,
  signal: AbortSignal.abort(),
  timeoutMs: undefined,
  remainingMs: () => Infinity,
  root: '/',
  env: {},
  progress: () => undefined,
  log: () => undefined,
  caseEnded: () => undefined,
  warn: () => undefined,
  artifact: () => undefined,
  leaked: () => undefined,
  remember: () => undefined,
}

test('what the function returns is the output', async () => {
  const double = defineExecutor<number, number>('double', (task) => task.payload * 2)
  const task = double.task({ id: 'a', payload: 21, tags: ['t'] })
  expect(task).toEqual({ id: 'a', kind: 'double', payload: 21, tags: ['t'] })
  const { outcome } = await double.execute({ id: 'a', kind: 'double', payload: 21, tags: [] }, context)
  expect(outcome).toMatchObject({ result: 'passed', output: 42 })
})

test('a schema checks a payload when the task is made and before it runs, and fills it in', async () => {
  const wait = defineExecutor('wait', (task) => task.payload.ms, { parse: z.object({ ms: z.number().default(5) }) })
  // @ts-expect-error a text is no number
  expect(() => wait.task({ id: 'w', payload: { ms: 'long' } })).toThrow(/payload of w\.ms/)
  // @ts-expect-error what a journal holds is the input, and nobody has checked its type
  const { outcome } = await wait.execute({ id: 'w', kind: 'wait', payload: {}, tags: [] }, context)
  expect(outcome.output).toBe(5)
  // @ts-expect-error nothing is no number
  const wrong = wait.execute({ id: 'w', kind: 'wait', payload: { ms: null }, tags: [] }, context)
  await expect(wrong).rejects.toMatchObject({ code: 'OPTIONS_INVALID' })
})
