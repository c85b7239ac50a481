// What the worker of a test file writes down itself, at once and into a file: its process, and each test as it begins and
// ends. Vitest's own news is sent in batches, so that a worker that is killed takes its last tenth of a second with it, and
// with it the name of the test that did it.

/** How often a worker whose event loop turns says so, in milliseconds. */
export const beatMs = 500

/** One line of the trace. */
export type TraceLine =
  | { readonly kind: 'loaded'; readonly pid: number; readonly isThread: boolean }
  /** At `atMs`, milliseconds since 1970. Vitest itself gives it up after `timeoutMs`, `null` for never; a loop keeps it from doing so. */
  | { readonly kind: 'began'; readonly id: string; readonly timeoutMs: number | null; readonly atMs: number }
  /** Written while its event loop turns. */
  | { readonly kind: 'beat' }
  | { readonly kind: 'ended'; readonly id: string; readonly passed: boolean }

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
  /** Processes that ran tests, the last one last; threads of our own process are not among them. */
  readonly pids: readonly number[]
}

/** Reads a trace. The last line may have been cut off by the end of its writer. */
export function readTrace(text: string): Trace {
  const open = new Map<string, { readonly limitMs: number; readonly atMs: number }>()
  let lines = 0
  const ended = new Map<string, boolean>()
  const pids = new Set<number>()
  for (const line of text.split('\n')) {
    const told = readLine(line)
    if (told === undefined) continue
    lines += 1
    switch (told.kind) {
      case 'loaded':
        if (!told.isThread) pids.add(told.pid)
        break
      case 'began':
        open.set(told.id, { limitMs: told.timeoutMs ?? Infinity, atMs: told.atMs })
        break
      case 'ended':
        open.delete(told.id)
        ended.set(told.id, told.passed)
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

tell({ kind: 'loaded', pid: process.pid, isThread: !isMainThread })
globalThis[Symbol.for('muster.beat')] ??= setInterval(() => tell({ kind: 'beat' }), ${beatMs}).unref()
beforeEach(({ task, onTestFinished }) => {
  const timeoutMs = task.timeout > 0 && task.timeout < 2 ** 31 ? task.timeout : null
  tell({ kind: 'began', id: task.id, timeoutMs, atMs: timeOrigin + now() })
  onTestFinished(() => tell({ kind: 'ended', id: task.id, passed: task.result?.state === 'pass' && !task.fails }))
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
  if (value.kind === 'beat') return true
  if (!('id' in value) || typeof value.id !== 'string') return false
  if (value.kind === 'began')
    return 'timeoutMs' in value && isLimit(value.timeoutMs) && 'atMs' in value && Number.isFinite(value.atMs)
  return value.kind === 'ended' && 'passed' in value && typeof value.passed === 'boolean'
}

function isLimit(value: unknown): boolean {
  return value === null || typeof value === 'number'
}
