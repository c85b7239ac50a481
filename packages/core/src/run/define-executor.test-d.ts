import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import type { TaskDefinition } from '../model/task.ts'
import type { Executor } from '../ports/executor.ts'
import { defineExecutor } from './define-executor.ts'

const compile = defineExecutor<{ target: string }, { bytes: number }>('compile', (task) => ({
  bytes: task.payload.target.length,
}))

test('a wrong payload does not compile', () => {
  expectTypeOf(compile.task({ id: 'a', payload: { target: 'app' } })).toEqualTypeOf<
    TaskDefinition<{ target: string }>
  >()
  // @ts-expect-error a number is no target
  compile.task({ id: 'a', payload: { target: 1 } })
  // @ts-expect-error no payload
  compile.task({ id: 'a' })
  // @ts-expect-error an unknown field
  compile.task({ id: 'a', payload: { target: 'app', extra: 1 } })
  // @ts-expect-error the kind is the executor's
  compile.task({ id: 'a', kind: 'other', payload: { target: 'app' } })
})

test('an output of another type does not compile', () => {
  // @ts-expect-error a text is no number
  defineExecutor<{ target: string }, number>('compile', () => 'text')
})

test('without a payload none is asked for', () => {
  const ping = defineExecutor('ping', () => 'pong')
  ping.task({ id: 'ping' })
})

test('a schema gives the payload its type, and its input to the tasks', () => {
  const wait = defineExecutor('wait', (task) => task.payload.ms * 2, {
    parse: z.object({ ms: z.number().default(5) }),
  })
  wait.task({ id: 'wait', payload: {} })
  wait.task({ id: 'wait', payload: { ms: 3 } })
  // @ts-expect-error a text is no number
  wait.task({ id: 'wait', payload: { ms: 'long' } })
})

test('executors of any payload go together', () => {
  const all: readonly Executor[] = [compile, defineExecutor('ping', () => 'pong')]
  expectTypeOf(all).toEqualTypeOf<readonly Executor[]>()
})
