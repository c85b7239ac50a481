// Our end of the database thread: sends what one turn of the event loop brought as one message, and settles promises as
// answers come. The thread is started by the first request, and keeps the process alive only while one is unanswered.
import { Worker } from 'node:worker_threads'
import { invariant } from '@muster/core'
import type { StoreFailure } from '../store-failure.ts'
import type {
  AppendRequest,
  ThreadAnswer,
  ThreadCall,
  ThreadRequest,
  ThreadResult,
  ThreadSettings,
} from '../thread-messages.ts'
import { errorOf } from './raise-failure.ts'
import { workerUrl } from './worker-url.ts'

interface Waiting<Value> {
  readonly resolve: (value: Value) => void
  readonly reject: (error: Error) => void
}

/** The thread that owns the writing connection, as the rest of the store sees it. */
export class StoreThread {
  readonly #settings: ThreadSettings
  readonly #appends = new Map<number, Waiting<void>>()
  readonly #calls = new Map<number, Waiting<ThreadResult>>()
  #worker: Worker | undefined
  #death: Error | undefined
  #outbox: ThreadRequest[] = []
  /** The last append sent, and the last one answered. */
  #appended = 0
  #settled = 0
  #called = 0

  constructor(settings: ThreadSettings) {
    this.#settings = settings
  }

  /** Resolves once the commit is durable; commits become so in the order of these calls. */
  append(append: Omit<AppendRequest, 'kind' | 'number'>): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#death !== undefined) {
        reject(this.#death)
        return
      }
      const number = ++this.#appended
      this.#appends.set(number, { resolve, reject })
      this.#send({ kind: 'append', number, ...append })
    })
  }

  /** Carries out a call after everything that was asked before it. */
  async call(call: ThreadCall): Promise<Exclude<ThreadResult, { kind: 'failed' }>> {
    const result = await new Promise<ThreadResult>((resolve, reject) => {
      if (this.#death !== undefined) {
        reject(this.#death)
        return
      }
      const id = ++this.#called
      this.#calls.set(id, { resolve, reject })
      this.#send({ kind: 'call', id, call })
    })
    if (result.kind === 'failed') throw errorOf(result.failure)
    return result
  }

  /** Closes the database after everything that was asked, and ends the thread. */
  async close(): Promise<void> {
    const worker = this.#worker
    if (worker === undefined || this.#death !== undefined) return
    await this.call({ kind: 'close' })
    await worker.terminate()
  }

  /** Ends the thread where it stands, as a crash would: what has no answer yet may or may not be stored. */
  async kill(): Promise<void> {
    await this.#worker?.terminate()
  }

  #send(request: ThreadRequest): void {
    const worker = this.#started()
    if (this.#appends.size + this.#calls.size === 1) worker.ref()
    this.#outbox.push(request)
    if (this.#outbox.length > 1) return
    queueMicrotask(() => {
      worker.postMessage(this.#outbox)
      this.#outbox = []
    })
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker
    const worker = new Worker(workerUrl(), {
      workerData: this.#settings,
      name: 'muster-sqlite',
      // Flags of the application (inspector, loaders, conditions) are not for this thread.
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    worker.on('message', (answers: readonly ThreadAnswer[]) => {
      for (const answer of answers) this.#take(answer)
      if (this.#appends.size + this.#calls.size === 0) worker.unref()
    })
    worker.on('error', (error: unknown) => this.#die(error))
    worker.on('exit', (code) => this.#die(new Error(`the thread ended with code ${code}`)))
    this.#worker = worker
    return worker
  }

  #take(answer: ThreadAnswer): void {
    switch (answer.kind) {
      case 'refused':
        this.#settle(answer.number)?.reject(errorOf(answer.failure))
        return
      case 'stored':
        while (this.#settled < answer.through) this.#settle(++this.#settled)?.resolve()
        return
      case 'answered': {
        const waiting = this.#calls.get(answer.id)
        invariant(waiting !== undefined, 'the database thread answers what it was asked')
        this.#calls.delete(answer.id)
        waiting.resolve(answer.result)
      }
    }
  }

  /** Takes an append off the list; `undefined` where it was refused before. */
  #settle(number: number): Waiting<void> | undefined {
    const waiting = this.#appends.get(number)
    this.#appends.delete(number)
    return waiting
  }

  #die(cause: unknown): void {
    this.#death ??= errorOf(deathBy(cause))
    const waiting = [...this.#appends.values(), ...this.#calls.values()]
    this.#appends.clear()
    this.#calls.clear()
    for (const { reject } of waiting) reject(this.#death)
  }
}

function deathBy(cause: unknown): StoreFailure {
  const got = cause instanceof Error ? cause.message : String(cause)
  return { kind: 'misuse', code: 'STORE_FAILED', expected: 'the database thread to run', got, cause: got }
}
