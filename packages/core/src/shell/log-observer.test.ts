import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { defineExecutor } from '../run/define-executor.ts'
import { memoryStore } from './memory-store.ts'
import { createOrchestrator } from './orchestrator.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

const work = defineExecutor('work', async ({ id }, { n }) => {
  if (id === 'shaky' && n === 1) throw new Error('not yet')
  if (id === 'broken') throw new Error('never')
})
const retry = { maxAttempts: 2, baseDelayMs: 0 }

type Line = Readonly<Record<string, unknown>>

/** A real pino that writes into memory, and the lines it wrote without time, process and machine. */
function openLog(level: string): { readonly logger: pino.Logger; readonly lines: () => readonly Line[] } {
  let text = ''
  const stream = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk)
      done()
    },
  })
  const logger = pino(
    { level, base: null, timestamp: false, formatters: { level: (label) => ({ level: label }) } },
    stream,
  )
  const lines = (): readonly Line[] =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Line => JSON.parse(line) as Line)
  return { logger, lines }
}

test('a pino logger hears the course of a run: what is known as fields, then a message', async () => {
  const { logger, lines } = openLog('info')
  await using muster = createOrchestrator({ executors: [work], logger, retry })
  await muster.run({ run: 'logged', tasks: ['fine', 'shaky', 'broken'].map((id) => work.task({ id })) }).report
  expect(lines().every(({ run }) => run === 'logged')).toBe(true)
  const said = lines().map(({ level, event, task, msg }) =>
    [level, event, task, msg].filter((part) => part !== undefined),
  )
  expect(said).toContainEqual(['info', 'run-started', 'run started'])
  expect(said).toContainEqual(['info', 'task-retrying', 'shaky', 'task is tried again'])
  expect(said).toContainEqual(['warn', 'task-judged', 'shaky', 'It is flaky: it passed after 1 failed attempt.'])
  expect(said).toContainEqual(['warn', 'task-judged', 'broken', 'It failed: never.'])
  expect(said).not.toContainEqual(expect.arrayContaining(['fine']))
  expect(lines().at(-1)).toMatchObject({ event: 'run-ended', exit: 'failed', exitCode: 1 })
})

test('at the level of debug it hears every attempt', async () => {
  const { logger, lines } = openLog('debug')
  await using muster = createOrchestrator({ executors: [work], logger })
  await muster.run({ tasks: [work.task({ id: 'fine' })] }).report
  const attempts = lines().filter(({ task }) => task === 'fine')
  expect(attempts.map(({ event }) => event)).toEqual([
    'attempt-launched',
    'attempt-started',
    'attempt-ended',
    'task-judged',
  ])
})

test('a run that stops before its end is an error with its cause', async () => {
  const { logger, lines } = openLog('error')
  const store = memoryStore()
  const wait = defineExecutor('wait', async (_, { signal }) => {
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve)
    })
  })
  await using muster = createOrchestrator({ executors: [wait], store, logger })
  const run = muster.run({ run: 'taken', tasks: [wait.task({ id: 'a' })] })
  run.on('attempt-started', () => {
    void store.openJournal({ run: 'taken', owner: 'somebody else', leaseMs: 1000, takeOver: true }).then(() => {
      run.pause()
    })
  })
  await expect(run.report).rejects.toMatchObject({ code: 'RUN_TAKEN_OVER' })
  await Promise.resolve()
  expect(lines()).toMatchObject([{ run: 'taken', msg: 'run stopped before its end', err: { code: 'RUN_TAKEN_OVER' } }])
})

test('a logger that throws is reported as a note and disturbs nothing', async () => {
  const notes: string[] = []
  const fail = (): never => {
    throw new Error('disk full')
  }
  await using muster = createOrchestrator({
    executors: [work],
    logger: { debug: fail, info: fail, warn: fail, error: fail },
  })
  muster.on('note', ({ text }) => notes.push(text))
  const { exit } = await muster.run({ tasks: [work.task({ id: 'fine' })] }).report
  expect(exit).toBe('passed')
  expect(notes).toContain('logger threw on run-started: Error: disk full')
})

test('without a logger nothing is printed', async () => {
  const printed: unknown[] = []
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      printed.push(chunk)
      return true
    })
  }
  await using muster = createOrchestrator({ executors: [work], retry })
  await muster.run({ tasks: ['fine', 'shaky', 'broken'].map((id) => work.task({ id })) }).report
  vi.restoreAllMocks()
  expect(printed).toEqual([])
})

test('what is no logger is refused', () => {
  // @ts-expect-error -- methods are missing
  expect(() => createOrchestrator({ executors: [work], logger: { info: () => undefined } })).toThrow('a logger')
})
