import { createOrchestrator, defineExecutor } from '@muster/core'
import { expect, test } from 'vitest'
import { streamLineSchema } from './stream-line-schema.ts'
import { streamLine } from './stream-line.ts'

test('every line of a run with all sorts of endings fits its schema', async () => {
  const work = defineExecutor<{ fails: number }, string>('work', (task, context) => {
    context.progress(0.5, 'half')
    context.log('hello\n')
    context.caseEnded({ path: ['a', 'b'], result: 'passed', durationMs: 1 })
    if (context.n <= task.payload.fails) throw new Error('no')
    return 'done'
  })
  await using muster = createOrchestrator({ executors: [work], retry: { maxAttempts: 2, baseDelayMs: 0 } })
  const run = muster.run({
    tasks: [
      work.task({ id: 'fine', payload: { fails: 0 } }),
      work.task({ id: 'wobbly', payload: { fails: 1 } }),
      work.task({ id: 'broken', payload: { fails: 9 } }),
      work.task({ id: 'after', payload: { fails: 0 }, dependsOn: ['broken'] }),
      work.task({ id: 'left-out', payload: { fails: 0 }, skip: 'not today' }),
    ],
  })
  const kinds = new Set<string>()
  for await (const event of run.events) {
    kinds.add(event.kind)
    const line: unknown = JSON.parse(streamLine(event))
    const parsed = streamLineSchema.safeParse(line)
    expect(parsed.error?.issues, JSON.stringify(line)).toBeUndefined()
  }
  expect((await run.report).totals).toMatchObject({ passed: 1, flaky: 1, failed: 1, blocked: 1, skipped: 1 })
  expect([...kinds]).toEqual(
    expect.arrayContaining(['run-started', 'case-ended', 'attempt-output', 'task-retrying', 'run-ended']),
  )
})

test('a snapshot fits the schema too', () => {
  const none = {
    flaky: 0,
    failed: 0,
    'timed-out': 0,
    blocked: 0,
    skipped: 0,
    cancelled: 0,
    poisoned: 0,
    unplaceable: 0,
  }
  const line: unknown = JSON.parse(
    streamLine({
      kind: 'snapshot',
      run: 'r',
      epoch: 1,
      phase: 'running',
      skipped: 3,
      totals: { passed: 1, ...none, tasks: 3, open: 2 },
      workers: [{ id: 'w', engine: 'e', kinds: ['k'], capacity: { slots: 1 } }],
      quarantined: ['w'],
      breakers: [{ key: 'host:h', state: 'open', because: 'why', openings: 1 }],
      judged: [{ task: 'a', verdict: { kind: 'passed' } }],
      running: [{ task: 'b', n: 1, worker: 'w', isStarted: false }],
      waiting: ['c'],
      position: 4,
      atMs: 7,
    }),
  )
  expect(streamLineSchema.safeParse(line).error?.issues).toBeUndefined()
})
