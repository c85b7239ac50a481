// A process of its own in which the executor of a runner may do anything: a small stand-in for the agent of an engine.
import type { AttemptResult, ExecutionContext, Executor, ExecutorModule } from '@muster/core'
import type { AgentNews, AgentOrder } from './agent-messages.ts'

const loaded = new Map<string, Promise<Executor>>()
let controller = new AbortController()

process.on('message', (order: AgentOrder) => {
  switch (order.kind) {
    case 'run':
      controller = new AbortController()
      if (order.stopped !== undefined) stop(order.stopped)
      run(order).then(
        (result) => tell({ kind: 'done', result }),
        (error: unknown) =>
          tell({ kind: 'threw', message: error instanceof Error ? (error.stack ?? '') : String(error) }),
      )
      return
    case 'stop':
      stop(order.reason)
      return
    case 'close':
      void close()
      return
  }
})

function stop(reason: string): void {
  controller.abort(Object.assign(new Error(reason), { name: reason }))
}

async function run({ executor, task, root, env, n }: Extract<AgentOrder, { kind: 'run' }>): Promise<AttemptResult> {
  const context: ExecutionContext = {
    run: 'contract',
    n,
    signal: controller.signal,
    timeoutMs: undefined,
    remainingMs: () => Infinity,
    root,
    env,
    progress: () => undefined,
    artifact: () => undefined,
    leaked: () => undefined,
    remember: () => undefined,
    warn: () => undefined,
    log: (text, stream = 'stdout') => tell({ kind: 'log', text, stream }),
    caseEnded: (result) => tell({ kind: 'case', result }),
  }
  return (await executorOf(executor)).execute(task, context)
}

function executorOf(executor: ExecutorModule): Promise<Executor> {
  const kept = loaded.get(executor.module)
  const loading = kept ?? load(executor)
  loaded.set(executor.module, loading)
  return loading
}

async function load({ module, options }: ExecutorModule): Promise<Executor> {
  // Our own modules, which the contract is about to try.
  const { createExecutor } = (await import(module)) as { createExecutor: (options: unknown) => Executor }
  return createExecutor(options)
}

async function close(): Promise<void> {
  await Promise.all([...loaded.values()].map(async (executor) => (await executor).dispose?.()))
  process.exit(0)
}

function tell(news: AgentNews): void {
  process.send?.(news)
}
