// Loaded into the test's own process, both before the test file and as its reporter. It listens to the stream of events
// itself instead of reading it: what is read arrives a turn of the event loop later, and a test that ends its process would
// take its own beginning with it. It must import nothing of Muster, and print nothing.
import { openSync, writeSync } from 'node:fs'
import { Transform } from 'node:stream'
import type { NodeEvent, SentError, TestPlace } from '../node-event.ts'

const longestText = 8000
const deepestCause = 5

// Processes and threads that a test starts inherit the flags that load this module, so the variable must be gone by then.
const channel = Number(process.env['MUSTER_NODE_TEST_CHANNEL'] ?? Number.NaN)
delete process.env['MUSTER_NODE_TEST_CHANNEL']
const trace = openTrace(process.env['MUSTER_NODE_TEST_TRACE'])
delete process.env['MUSTER_NODE_TEST_TRACE']
if (!Number.isNaN(channel)) {
  process.once('beforeExit', () => send({ kind: 'drained' }))
  if (trace !== undefined) watchKill()
}

interface Told extends Partial<TestPlace> {
  readonly testId?: number
  readonly parentId?: number
  readonly skip?: string | boolean
  readonly todo?: string | boolean
  readonly message?: string
  readonly success?: boolean
  readonly details?: {
    readonly passed?: boolean
    readonly duration_ms?: number
    readonly type?: string
    readonly error?: unknown
  }
}

class Reporter extends Transform {
  constructor() {
    super({ writableObjectMode: true, transform: (_event, _encoding, done) => done() })
    if (Number.isNaN(channel)) return
    this.once('pipe', (source: NodeJS.EventEmitter) => {
      source.on('test:enqueue', (told: Told) => send({ kind: 'enqueued', ...placeOf(told) }))
      source.on('test:dequeue', (told: Told) => send({ kind: 'started', ...placeOf(told) }))
      source.on('test:complete', (told: Told) => send(completed(told)))
      source.on('test:fail', (told: Told) => {
        if (isFileItself(told)) send({ kind: 'broken', line: told.line, ...whyOf(told) })
      })
      source.on('test:diagnostic', (told: Told) =>
        send({ kind: 'noted', message: cut(told.message ?? ''), nesting: told.nesting ?? 0 }),
      )
      source.on('test:summary', (told: Told) => send({ kind: 'closed', success: told.success === true }))
    })
  }
}

// The name by which `--test-reporter` looks for a reporter.
export { Reporter as default }

function completed(told: Told): NodeEvent {
  const { details = {} } = told
  return {
    kind: 'completed',
    ...placeOf(told),
    isSuite: details.type === 'suite',
    passed: details.passed === true,
    durationMs: details.duration_ms ?? 0,
    skip: told.skip,
    todo: told.todo,
    ...whyOf(told),
  }
}

/**
 * A hook outside of every suite fails the file, and Node tells it as a test that was never declared and is named by the path
 * of the file. Neither the summary nor the exit code need know of it.
 */
function isFileItself({ name, file, nesting, testId }: Told): boolean {
  return nesting === 0 && testId === undefined && name !== undefined && name === file
}

function whyOf({ details: { error } = {} }: Told): Pick<Extract<NodeEvent, { readonly kind: 'broken' }>, Why> {
  return {
    failureType: textIn(error, 'failureType'),
    hook: /^failed running (\w+) hook$/.exec(textIn(error, 'message') ?? '')?.[1],
    error: error === undefined ? undefined : sentError(causeOf(error), 0),
  }
}

type Why = 'failureType' | 'hook' | 'error'

function placeOf({ name = '', nesting = 0, file, line, column, testId, parentId }: Told): TestPlace {
  return { name, nesting, file, line, column, id: testId, parent: parentId }
}

/** node:test wraps what was thrown; the wrapper says nothing of its own unless it wraps a text. */
function causeOf(error: unknown): unknown {
  const cause = read(error, 'cause')
  return typeof cause === 'object' && cause !== null ? cause : error
}

function sentError(error: unknown, depth: number): SentError {
  if (typeof error !== 'object' || error === null) return { name: 'Error', message: cut(String(error)) }
  const cause = read(error, 'cause')
  const isDeeper = typeof cause === 'object' && cause !== null && depth < deepestCause
  const hasComparison = Object.hasOwn(error, 'expected') && Object.hasOwn(error, 'actual')
  return {
    name: cut(textIn(error, 'name') ?? 'Error'),
    message: cut(textIn(error, 'message') ?? ''),
    stack: cutOptional(textIn(error, 'stack')),
    code: textIn(error, 'code'),
    ...(hasComparison ? { expected: '', actual: '' } : {}),
    ...(isDeeper ? { cause: sentError(cause, depth + 1) } : {}),
  }
}

function read(from: unknown, key: string): unknown {
  try {
    return typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined
  } catch {
    return undefined
  }
}

function textIn(from: unknown, key: string): string | undefined {
  const value = read(from, key)
  return typeof value === 'string' ? value : undefined
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text
}

function cutOptional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cut(text)
}

/** For who takes up the attempt, should the one that listens die. */
function openTrace(path: string | undefined): number | undefined {
  try {
    return path === undefined ? undefined : openSync(path, 'a')
  } catch {
    return undefined
  }
}

/**
 * A process that is killed dies a little later, and a test that kills the one that runs it has ended by then: it is written
 * down before.
 */
function watchKill(): void {
  const kill = process.kill.bind(process)
  const parent = process.ppid
  process.kill = (pid: number, signal?: string | number): true => {
    const isHarmless = signal === 0 || signal === 'SIGCONT' || signal === 'SIGSTOP'
    if ([parent, -parent, -1].includes(pid) && !isHarmless) write(trace, { kind: 'struck' })
    return kill(pid, signal)
  }
}

function send(event: NodeEvent): void {
  write(trace, event)
  write(channel, event)
}

function write(to: number | undefined, event: NodeEvent): void {
  if (to === undefined) return
  try {
    // On a line of its own: a test may have written to this descriptor as well.
    writeSync(to, `\n${JSON.stringify(event)}\n`)
  } catch {
    // Nobody listens any more: the test goes on, and its missing closing record tells.
  }
}
