// The agent's side of a look at where a slow attempt is busy. The thread that looks is started with the first attempt that
// has a soft time limit, and kept.
import { Worker } from 'node:worker_threads'
import { entryFile } from './entry-arguments.ts'

/** What the thread is told. */
export type WatchOrder =
  { readonly kind: 'watch'; readonly afterMs: number; readonly file: string } | { readonly kind: 'over' }

/** Has the main thread looked at when an attempt takes long. */
export class StackWatch {
  #thread: Worker | undefined

  /** After `afterMs` writes into `file` where the main thread is busy; nothing stands there where it waits. */
  begin(afterMs: number, file: string): void {
    this.#thread ??= started()
    this.#tell({ kind: 'watch', afterMs, file })
  }

  over(): void {
    this.#tell({ kind: 'over' })
  }

  #tell(order: WatchOrder): void {
    this.#thread?.postMessage(order)
  }
}

function started(): Worker {
  const thread = new Worker(entryFile('stack-watcher'), {
    env: {},
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  // Without it only a hint is missing.
  thread.on('error', () => undefined)
  thread.unref()
  return thread
}
