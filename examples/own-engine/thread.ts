// The program of a thread: loads the executor once, then carries out one attempt after another. It is never asked to end:
// its engine ends the whole thread, so a loop that never lets go is no trouble.
import { parentPort, workerData } from 'node:worker_threads'
import type { AttemptResult, Executor } from '@muster/core'
import { failureFromError } from '@muster/core/failure'
import type { ThreadMessage, ThreadRequest } from './thread-message.ts'

const module: unknown = await import(String(workerData))
if (!canCreate(module)) throw new Error(`Expected ${String(workerData)} to export a function createExecutor.`)
const executor = module.createExecutor()
const tell = (message: ThreadMessage): void => parentPort?.postMessage(message)

parentPort?.on('message', (request: ThreadRequest) => {
  void carryOut(request).then((result) => {
    tell({ kind: 'ended', result })
  })
})

async function carryOut({ task, ...about }: ThreadRequest): Promise<AttemptResult> {
  const endsAtMs = performance.now() + (about.timeoutMs ?? Infinity)
  const artifacts: NonNullable<AttemptResult['outcome']['artifacts']>[number][] = []
  try {
    const { outcome, details } = await executor.execute(task, {
      ...about,
      env: {},
      signal: new AbortController().signal,
      remainingMs: () => Math.max(0, endsAtMs - performance.now()),
      // Threads leave no processes behind that could be told of one by one.
      leaked: () => undefined,
      remember: () => undefined,
      progress: (fraction, message) => {
        tell({ kind: 'progress', fraction, message })
      },
      log: (text, stream = 'stdout') => {
        tell({ kind: 'output', stream, text })
      },
      caseEnded: (result) => {
        tell({ kind: 'case', result })
      },
      warn: (text) => {
        tell({ kind: 'warning', text })
      },
      artifact: (artifact) => artifacts.push(artifact),
    })
    // The journal is JSON: what does not survive it is told here, where it can be blamed on its executor.
    JSON.stringify(outcome)
    return { outcome: artifacts.length === 0 ? outcome : { ...outcome, artifacts }, details }
  } catch (error) {
    return { outcome: { result: 'failed', durationMs: 0, failure: failureFromError(error) } }
  }
}

function canCreate(module: unknown): module is { readonly createExecutor: () => Executor } {
  if (typeof module !== 'object' || module === null || !('createExecutor' in module)) return false
  return typeof module.createExecutor === 'function'
}
