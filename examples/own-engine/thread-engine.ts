// An engine on worker threads: cheaper than processes, and unlike functions in the application's own thread it can end
// what loops for ever. What crashes the process as a whole, it cannot survive; that is what child processes are for.
import type { Engine } from '@muster/core'
import { ThreadRun } from './thread-run.ts'

export interface ThreadEngineOptions {
  /** `file:` URL of a module that exports `createExecutor()`. */
  readonly module: string
  /** Kinds of task that its executor takes. */
  readonly kinds: readonly string[]
  readonly slots: number
}

export function threadEngine(options: ThreadEngineOptions): Engine {
  const runs = new Map<string, ThreadRun>()
  const detach = async (name: string): Promise<void> => {
    const run = runs.get(name)
    runs.delete(name)
    await run?.close()
  }
  return {
    name: 'threads',
    async attach(context, open) {
      await detach(context.run)
      runs.set(context.run, new ThreadRun(context, options))
      const { kinds, slots } = options
      const worker = { id: 'threads', engine: 'threads', kinds, capacity: { slots } }
      // Threads never outlive their owner, so each owner meets a new life of the worker.
      context.deliver({ kind: 'worker-joined', worker, incarnation: context.epoch })
      // A thread never outlives its process, so nothing of a former owner can still run.
      return open.map(({ attempt }) => ({ kind: 'lost', attempt }))
    },
    launch(commands) {
      for (const command of commands) runs.get(command.attempt.run)?.launch(command)
    },
    cancel(attempt, because) {
      runs.get(attempt.run)?.cancel(attempt, because)
    },
    detach,
    async close() {
      await Promise.all([...runs.keys()].map(detach))
    },
  }
}
