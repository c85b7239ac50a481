// What the worker of a test file writes down itself, at once and into a file: its process, and each test as it begins and
// ends. Vitest's own news is sent in batches, so that a worker that is killed takes its last tenth of a second with it, and
// with it the name of the test that did it.
import type { VitestError } from './vitest-api.ts'

/** How often a worker whose event loop turns says so, in milliseconds. */
export const beatMs = 500

/** One line of the trace. */
export type TraceLine =
  | { readonly kind: 'loaded'; readonly pid: number; readonly isThread: boolean }
  /** At `atMs`, milliseconds since 1970. Vitest itself gives it up after `timeoutMs`, `null` for never; a loop keeps it from doing so. */
  | { readonly kind: 'began'; readonly id: string; readonly timeoutMs: number | null; readonly atMs: number }
  /** Written while its event loop turns. */
  | { readonly kind: 'beat' }
  /** With its errors, where it failed. */
  | { readonly kind: 'ended'; readonly id: string; readonly passed: boolean; readonly errors?: readonly VitestError[] }
  /** Every test of the file, before the first of them begins. */
  | { readonly kind: 'declared'; readonly tests: readonly DeclaredTest[] }
  /** A test cuts its process off: `how` says by what. */
  | { readonly kind: 'struck'; readonly how: string }
  /** Written by us: another call of Vitest begins, with the same file. */
  | { readonly kind: 'round' }

/** One test as its file declares it. */
export interface DeclaredTest {
  readonly id: string
  readonly path: readonly string[]
  /** Its own line and those of the suites around it, as far as they are known. */
  readonly lines: readonly number[]
}

/** How a process was cut off from those who listen to it. */
export interface Strike {
  /** Ids of the tests that ran then. */
  readonly open: readonly string[]
  readonly how: string
}

/** What the trace of one run says. */
export interface Trace {
  /** Ids of tests that began and did not end. */
  readonly open: readonly string[]
  /** When each of them began, in milliseconds since 1970. */
  readonly beganAtMs: ReadonlyMap<string, number>
  /** The longest time limit of an open test, in milliseconds; `Infinity` where one has none. */
  readonly openLimitMs: number
  /** Lines read: more of them show that its writer lives. */
  readonly lines: number
  /** Ids of tests that ended, and whether they passed. */
  readonly ended: ReadonlyMap<string, boolean>
  /** Errors of those that did not. */
  readonly errors: ReadonlyMap<string, readonly VitestError[]>
  /** Every test of the file, also of rounds before this one. */
  readonly declared: readonly DeclaredTest[]
  /** Who cut the process off that the tests ran in; what came later, nobody heard. */
  readonly struck: Strike | undefined
  /** Processes that ran tests, the last one last; threads of our own process are not among them. */
  readonly pids: readonly number[]
}

/** Reads a trace. The last line may have been cut off by the end of its writer. */
export function readTrace(text: string): Trace {
  const open = new Map<string, { readonly limitMs: number; readonly atMs: number }>()
  let lines = 0
  const ended = new Map<string, boolean>()
  const errors = new Map<string, readonly VitestError[]>()
  const pids = new Set<number>()
  let declared: readonly DeclaredTest[] = []
  let struck: Strike | undefined
  for (const line of text.split('\n')) {
    const told = readLine(line)
    if (told === undefined) continue
    lines += 1
    // It is as if it had ended there: nobody heard of what it did from then on.
    if (struck !== undefined && (told.kind === 'began' || told.kind === 'ended')) continue
    switch (told.kind) {
      case 'round':
        for (const each of [open, ended, errors, pids]) each.clear()
        struck = undefined
        break
      case 'declared':
        declared = told.tests
        break
      case 'struck':
        struck ??= { open: [...open.keys()], how: told.how }
        break
      case 'loaded':
        if (!told.isThread) pids.add(told.pid)
        break
      case 'began':
        open.set(told.id, { limitMs: told.timeoutMs ?? Infinity, atMs: told.atMs })
        break
      case 'ended':
        open.delete(told.id)
        ended.set(told.id, told.passed)
        if (told.errors !== undefined) errors.set(told.id, told.errors)
        break
      case 'beat':
        break
    }
  }
  return {
    open: [...open.keys()],
    beganAtMs: new Map(Array.from(open, ([id, { atMs }]) => [id, atMs])),
    openLimitMs: Math.max(0, ...Array.from(open.values(), ({ limitMs }) => limitMs)),
    lines,
    ended,
    errors,
    declared,
    struck,
    pids: [...pids],
  }
}

/**
 * The source of a set-up file for Vitest that writes the trace to `path`. It is written to a folder outside of every
 * `node_modules`, because only there does Vitest give it the `vitest` of the project.
 */
export function traceSource(path: string): string {
  return `// Written by Muster: tells which test runs, for the case that its process dies.
import { openSync, writeSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { setInterval } from 'node:timers'
import { isMainThread } from 'node:worker_threads'
import { beforeEach } from 'vitest'

// Tests put other clocks in place; these are the real ones still.
const { timeOrigin } = performance
const now = performance.now.bind(performance)
const key = Symbol.for('muster.trace')
globalThis[key] ??= openSync(${JSON.stringify(path)}, 'a')
function tell(line) {
  try {
    writeSync(globalThis[key], JSON.stringify(line) + '\\n')
  } catch {}
}

function pathOf(task) {
  const path = []
  for (let at = task; at !== undefined && at !== at.file; at = at.suite) path.unshift(at.name)
  return path
}
function linesOf(task) {
  const lines = []
  for (let at = task; at !== undefined && at !== at.file; at = at.suite) if (at.location) lines.push(at.location.line)
  return lines
}
function testsIn(suite) {
  return suite.tasks.flatMap((task) =>
    task.type === 'suite' ? testsIn(task) : [{ id: task.id, path: pathOf(task), lines: linesOf(task) }],
  )
}
function errorsOf(task) {
  return (task.result?.errors ?? []).map(({ name, message, stack }) => ({ name, message: String(message), stack }))
}

// Whoever is killed dies a little later, and the test has ended by then: it is written down before.
const { kill, disconnect, ppid: parent } = process
if (globalThis[Symbol.for('muster.strikes')] === undefined) {
  globalThis[Symbol.for('muster.strikes')] = true
  process.kill = (pid, signal) => {
    const isHarmless = signal === 0 || signal === 'SIGCONT' || signal === 'SIGSTOP'
    if ([parent, -parent, -1].includes(pid) && !isHarmless) tell({ kind: 'struck', how: 'process.kill()' })
    return kill.call(process, pid, signal)
  }
  if (isMainThread && disconnect !== undefined)
    process.disconnect = () => {
      tell({ kind: 'struck', how: 'process.disconnect()' })
      return disconnect.call(process)
    }
}

let hasDeclared = false
tell({ kind: 'loaded', pid: process.pid, isThread: !isMainThread })
globalThis[Symbol.for('muster.beat')] ??= setInterval(() => tell({ kind: 'beat' }), ${beatMs}).unref()
beforeEach(({ task, onTestFinished }) => {
  if (!hasDeclared) tell({ kind: 'declared', tests: testsIn(task.file) })
  hasDeclared = true
  const timeoutMs = task.timeout > 0 && task.timeout < 2 ** 31 ? task.timeout : null
  tell({ kind: 'began', id: task.id, timeoutMs, atMs: timeOrigin + now() })
  onTestFinished(() => {
    const passed = task.result?.state === 'pass' && !task.fails
    tell({ kind: 'ended', id: task.id, passed, ...(passed ? {} : { errors: errorsOf(task) }) })
  })
})
`
}

function readLine(line: string): TraceLine | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isTraceLine(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isTraceLine(value: unknown): value is TraceLine {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  if (value.kind === 'loaded') return 'pid' in value && typeof value.pid === 'number' && 'isThread' in value
  if (value.kind === 'beat' || value.kind === 'round') return true
  if (value.kind === 'declared') return 'tests' in value && Array.isArray(value.tests) && value.tests.every(isDeclared)
  if (value.kind === 'struck') return 'how' in value && typeof value.how === 'string'
  if (!('id' in value) || typeof value.id !== 'string') return false
  if (value.kind === 'began')
    return 'timeoutMs' in value && isLimit(value.timeoutMs) && 'atMs' in value && Number.isFinite(value.atMs)
  return value.kind === 'ended' && 'passed' in value && typeof value.passed === 'boolean'
}

function isDeclared(value: unknown): value is DeclaredTest {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('path' in value)) return false
  return typeof value.id === 'string' && Array.isArray(value.path) && 'lines' in value && Array.isArray(value.lines)
}

function isLimit(value: unknown): boolean {
  return value === null || typeof value === 'number'
}
