// What an application relies on when it embeds the orchestrator, on the engine in its own process.
import { describe, expect, test } from 'vitest'
import { isMusterError } from '../errors/muster-error.ts'
import type { RunEvent } from '../events/run-event.ts'
import type { RunReport } from '../model/report.ts'
import { defineExecutor } from '../run/define-executor.ts'
import { memoryStore } from './memory-store.ts'
import { createOrchestrator } from './orchestrator.ts'
import type { OrchestratorOptions } from './orchestrator-options.ts'

/** A gate that tests open when they have seen enough. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

const pass = defineExecutor('pass', async () => undefined)
const fail = defineExecutor('fail', async () => {
  throw new Error('as it should')
})

function orchestrate(options: OrchestratorOptions = {}) {
  return createOrchestrator({ executors: [pass, fail], ...options })
}

function verdicts(report: RunReport): Record<string, string | undefined> {
  return Object.fromEntries(report.tasks.map((task) => [task.id, task.verdict?.kind]))
}

async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return isMusterError(error) ? error.code : undefined
}

describe('a run', () => {
  test('ends with a verdict for every task, blocked by name', async () => {
    await using muster = orchestrate()
    const report = await muster.run({
      tasks: [
        pass.task({ id: 'a', payload: undefined }),
        fail.task({ id: 'b', payload: undefined, dependsOn: ['a'] }),
        pass.task({ id: 'c', payload: undefined, dependsOn: ['b'] }),
        pass.task({ id: 'd', payload: undefined, dependsOn: ['c'] }),
        pass.task({ id: 'e', payload: undefined, dependsOn: [{ on: 'b', kind: 'soft' }] }),
      ],
    }).report
    expect(verdicts(report)).toEqual({ a: 'passed', b: 'failed', c: 'blocked', d: 'blocked', e: 'passed' })
    expect(report.tasks[3]?.verdict).toEqual({ kind: 'blocked', by: 'b' })
    expect(report.exitCode).toBe(1)
  })

  test('that runs nothing is no success', async () => {
    await using muster = orchestrate()
    const report = await muster.run({ tasks: [] }).report
    expect(report.exit).toBe('nothing-ran')
    expect(report.exitCode).toBe(4)
  })

  test('calls a pass after a failure flaky', async () => {
    let tries = 0
    const shaky = defineExecutor('shaky', async () => {
      if (++tries === 1) throw new Error('the first time')
    })
    await using muster = createOrchestrator({ executors: [shaky], retry: { maxAttempts: 2, baseDelayMs: 0 } })
    const report = await muster.run({ tasks: [shaky.task({ id: 'a', payload: undefined })] }).report
    expect(report.tasks[0]?.verdict).toEqual({ kind: 'flaky', failedAttempts: 1 })
    expect(report.tasks[0]?.attempts.map((attempt) => attempt.n)).toEqual([1, 2])
  })

  test('never runs more of a group at once than it allows', async () => {
    let running = 0
    let most = 0
    const counted = defineExecutor('counted', async () => {
      most = Math.max(most, ++running)
      await Promise.resolve()
      running--
    })
    await using muster = createOrchestrator({ executors: [counted], slots: 8 })
    const tasks = Array.from({ length: 20 }, (_, i) =>
      counted.task({ id: `t${String(i)}`, payload: undefined, groups: ['db'] }),
    )
    const report = await muster.run({ tasks, groups: [{ id: 'db', concurrency: 2 }] }).report
    expect(report.totals.passed).toBe(20)
    expect(most).toBe(2)
  })

  test('starts nothing more after too many failures, and says so', async () => {
    await using muster = orchestrate({ maxFailures: 1, slots: 1 })
    const tasks = [fail.task({ id: 'a', payload: undefined }), pass.task({ id: 'b', payload: undefined })]
    const report = await muster.run({ tasks }).report
    expect(report.tasks[1]?.verdict).toEqual({ kind: 'cancelled', by: 'max-failures' })
  })

  test('takes tasks while it goes on, and ends once its source is closed', async () => {
    await using muster = orchestrate()
    const run = muster.run({ tasks: [pass.task({ id: 'a', payload: undefined })], keepOpen: true })
    run.on('task-judged', ({ task }) => {
      if (task !== 'a') return
      void run.add({ tasks: [pass.task({ id: 'b', payload: undefined, dependsOn: ['a'] })] }).then(() => {
        run.close()
      })
    })
    const report = await run.report
    expect(verdicts(report)).toEqual({ a: 'passed', b: 'passed' })
    expect(await codeOf(run.add({ tasks: [] }))).toBe('RUN_CLOSED')
  })

  test('can be paused, and starts nothing until it goes on', async () => {
    await using muster = orchestrate({ slots: 1 })
    const { opened, open } = gate()
    const slow = defineExecutor('slow', () => opened)
    await using other = createOrchestrator({ executors: [slow, pass], slots: 1 })
    const run = other.run({
      tasks: [slow.task({ id: 'a', payload: undefined }), pass.task({ id: 'b', payload: undefined })],
    })
    const seen: string[] = []
    run.on('*', (event) => {
      seen.push(event.kind === 'attempt-launched' ? `launched ${event.task}` : event.kind)
      if (event.kind === 'attempt-started' && event.task === 'a') run.pause()
      if (event.kind === 'run-paused') open()
      if (event.kind === 'task-judged' && event.task === 'a') run.unpause()
    })
    await run.report
    expect(seen.indexOf('launched b')).toBeGreaterThan(seen.indexOf('run-unpaused'))
    await muster.close()
  })

  test('cancels a task by who asked, and lets the others go on', async () => {
    const waiting = defineExecutor('waiting', async (_, { signal }) => {
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve, { once: true })
      })
      signal.throwIfAborted()
    })
    await using muster = createOrchestrator({ executors: [waiting, pass] })
    const run = muster.run({
      tasks: [waiting.task({ id: 'a', payload: undefined }), pass.task({ id: 'b', payload: undefined })],
    })
    run.on('attempt-started', ({ task }) => {
      if (task === 'a') run.cancel({ kind: 'task', task: 'a' }, 'a person')
    })
    const report = await run.report
    expect(report.tasks[0]?.verdict?.kind).toBe('cancelled')
    expect(report.tasks[1]?.verdict?.kind).toBe('passed')
  })
})

describe('a run that was interrupted', () => {
  test('gives open tasks no verdict, and a resume runs only them', async () => {
    const store = memoryStore()
    const ran: string[] = []
    const { opened, open } = gate()
    const step = defineExecutor('step', async (task, { signal }) => {
      ran.push(task.id)
      if (task.id !== 'b' || ran.filter((id) => id === 'b').length > 1) return
      open()
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve, { once: true })
      })
      signal.throwIfAborted()
    })
    const tasks = ['a', 'b', 'c'].map((id) => step.task({ id, payload: undefined }))
    const first = createOrchestrator({ executors: [step], store, slots: 1 })
    const run = first.run({ run: 'r', tasks })
    await opened
    run.interrupt('a test')
    const interrupted = await run.report
    expect(interrupted.exit).toBe('interrupted')
    expect(interrupted.exitCode).toBe(130)
    expect(verdicts(interrupted)).toEqual({ a: 'passed', b: undefined, c: undefined })

    const second = createOrchestrator({ executors: [step], store, slots: 1 })
    const report = await second.resume('r').report
    expect(report.exit).toBe('passed')
    expect(ran).toEqual(['a', 'b', 'b', 'c'])
    expect((await second.replay('r')).parting).toBeUndefined()
    await second.close()
  })
})

describe('a run whose owner had paused it', () => {
  test('goes on when somebody resumes it', async () => {
    const store = memoryStore()
    await using first = orchestrate({ store, slots: 1 })
    const tasks = ['a', 'b'].map((id) => pass.task({ id, payload: undefined }))
    const run = first.run({ run: 'r', tasks })
    const paused = gate()
    run.on('attempt-started', () => {
      run.pause()
    })
    run.on('run-paused', paused.open)
    await paused.opened
    await using second = orchestrate({ store, slots: 1 })
    expect((await second.resume('r', { takeOver: true }).report).exit).toBe('passed')
  })
})

describe('events', () => {
  test('reach every listener, also when another one throws', async () => {
    await using muster = orchestrate()
    const run = muster.run({ tasks: [pass.task({ id: 'a', payload: undefined })] })
    const events: RunEvent[] = []
    run.on('task-judged', () => {
      throw new Error('a broken listener')
    })
    run.on('*', (event) => {
      events.push(event)
    })
    await run.report
    expect(events.some((event) => event.kind === 'task-judged')).toBe(true)
    expect(events.some((event) => event.kind === 'note' && event.text.includes('a broken listener'))).toBe(true)
  })

  test('never go back in time or position', async () => {
    await using muster = orchestrate()
    const tasks = Array.from({ length: 50 }, (_, i) => pass.task({ id: `t${String(i)}`, payload: undefined }))
    const run = muster.run({ tasks })
    let last: RunEvent | undefined
    for await (const event of run.events) {
      if (last !== undefined) {
        expect(event.position).toBeGreaterThanOrEqual(last.position)
        expect(event.atMs).toBeGreaterThanOrEqual(last.atMs)
      }
      last = event
    }
    expect(last?.kind).toBe('run-ended')
  })
})

describe('hooks', () => {
  test('come before and after, in order', async () => {
    const calls: string[] = []
    await using muster = orchestrate({
      hooks: {
        beforeRun: ({ tasks }) => void calls.push(`before run of ${String(tasks)}`),
        beforeTask: ({ id }) => void calls.push(`before ${id}`),
        beforeAttempt: ({ id }, n) => void calls.push(`before ${id} ${String(n)}`),
        afterAttempt: (id, n, { result }) => void calls.push(`after ${id} ${String(n)} ${result}`),
        afterTask: (id, { kind }) => void calls.push(`after ${id} ${kind}`),
        afterRun: ({ exit }) => void calls.push(`after run ${exit}`),
      },
    })
    await muster.run({ tasks: [pass.task({ id: 'a', payload: undefined })] }).report
    expect(calls).toEqual([
      'before run of 1',
      'before a',
      'before a 1',
      'after a 1 passed',
      'after a passed',
      'after run passed',
    ])
  })
})

describe('misuse', () => {
  test('names every problem of a graph before anything runs', async () => {
    await using muster = orchestrate()
    const run = muster.run({
      tasks: [
        pass.task({ id: 'a', payload: undefined, dependsOn: ['b', 'login'] }),
        pass.task({ id: 'b', payload: undefined, dependsOn: ['a'] }),
      ],
    })
    expect(await codeOf(run.report)).toBe('GRAPH_INVALID')
  })

  test('of a kind that nobody executes, of a run that is not there, of options that do not fit', async () => {
    await using muster = orchestrate()
    expect(await codeOf(muster.run({ tasks: [{ id: 'a', kind: 'paas' }] }).report)).toBe('EXECUTOR_UNKNOWN')
    expect(await codeOf(muster.resume('nowhere').report)).toBe('RUN_UNKNOWN')
    expect(() => createOrchestrator({ executors: [pass], retry: { maxAttempts: 0 } })).toThrow(/maxAttempts/)
  })
})

describe('explain', () => {
  test('tells of a kept run how a task came to its verdict', async () => {
    await using muster = orchestrate()
    const run = muster.run({
      tasks: [fail.task({ id: 'a', payload: undefined }), pass.task({ id: 'b', payload: undefined, dependsOn: ['a'] })],
    })
    await run.report
    expect((await muster.explain(run.id, 'b')).sentences).toEqual(['It never ran: a did not pass.'])
    expect(await codeOf(muster.explain(run.id, 'c'))).toBe('TASK_UNKNOWN')
  })
})

describe('a hook that throws', () => {
  test('before an attempt fails it, and the run comes to an end', async () => {
    await using muster = orchestrate({
      retry: { maxAttempts: 2, baseDelayMs: 0 },
      hooks: {
        beforeAttempt: () => {
          throw new Error('no licence')
        },
      },
    })
    const report = await muster.run({ tasks: [pass.task({ id: 'a', payload: undefined })] }).report
    expect(report.tasks[0]?.verdict).toMatchObject({ kind: 'failed', failure: { message: 'no licence' } })
    expect(report.tasks[0]?.attempts).toHaveLength(2)
  })
})
