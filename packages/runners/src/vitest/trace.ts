// What the worker of a test file writes down itself, at once and into a file: its process, and each test as it begins and
// ends. Vitest's own news is sent in batches, so that a worker that is killed takes its last tenth of a second with it, and
// with it the name of the test that did it.

/** One line of the trace. */
export type TraceLine =
  | { readonly kind: 'loaded'; readonly pid: number; readonly isThread: boolean }
  | { readonly kind: 'began'; readonly id: string }
  | { readonly kind: 'ended'; readonly id: string; readonly passed: boolean }

/** What the trace of one run says. */
export interface Trace {
  /** Ids of tests that began and did not end. */
  readonly open: readonly string[]
  /** Ids of tests that ended, and whether they passed. */
  readonly ended: ReadonlyMap<string, boolean>
  /** Processes that ran tests, the last one last; threads of our own process are not among them. */
  readonly pids: readonly number[]
}

/** Reads a trace. The last line may have been cut off by the end of its writer. */
export function readTrace(text: string): Trace {
  const open = new Set<string>()
  const ended = new Map<string, boolean>()
  const pids = new Set<number>()
  for (const line of text.split('\n')) {
    const told = readLine(line)
    if (told === undefined) continue
    if (told.kind === 'loaded') {
      if (!told.isThread) pids.add(told.pid)
    } else if (told.kind === 'began') open.add(told.id)
    else {
      open.delete(told.id)
      ended.set(told.id, told.passed)
    }
  }
  return { open: [...open], ended, pids: [...pids] }
}

/**
 * The source of a set-up file for Vitest that writes the trace to `path`. It is written to a folder outside of every
 * `node_modules`, because only there does Vitest give it the `vitest` of the project.
 */
export function traceSource(path: string): string {
  return `// Written by Muster: tells which test runs, for the case that its process dies.
import { openSync, writeSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import { beforeEach } from 'vitest'

const key = Symbol.for('muster.trace')
globalThis[key] ??= openSync(${JSON.stringify(path)}, 'a')
function tell(line) {
  try {
    writeSync(globalThis[key], JSON.stringify(line) + '\\n')
  } catch {}
}

tell({ kind: 'loaded', pid: process.pid, isThread: !isMainThread })
beforeEach(({ task, onTestFinished }) => {
  tell({ kind: 'began', id: task.id })
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
  if (!('id' in value) || typeof value.id !== 'string') return false
  return value.kind === 'began' || (value.kind === 'ended' && 'passed' in value && typeof value.passed === 'boolean')
}
