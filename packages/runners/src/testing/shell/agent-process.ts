// Starts the process in which a trial's executor runs, and carries attempts to it. A process that died is replaced, as an
// engine would replace it.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { AttemptResult, ExecutableTask, ExecutionContext, Runner } from '@muster/core'
import type { AgentNews, AgentOrder } from './agent-messages.ts'

/** Where Node finds the hook that leads to the sources of this repository. */
export const sourceHooks: string = new URL('./source-hooks.ts', import.meta.url).href

/** A process that runs the attempts of one runner, one at a time. */
export class TrialAgent {
  readonly #runner: Runner
  #child: ChildProcess | undefined

  constructor(runner: Runner) {
    this.#runner = runner
  }

  /** Carries out one attempt there. */
  async carryOut(task: ExecutableTask, context: ExecutionContext): Promise<AttemptResult> {
    const child = this.#start(context)
    const stop = (): void => send(child, { kind: 'stop', reason: reasonOf(context.signal) })
    try {
      return await new Promise((resolve, reject) => {
        child.on('message', (news: AgentNews) => {
          switch (news.kind) {
            case 'log':
              context.log(news.text, news.stream)
              return
            case 'case':
              context.caseEnded(news.result)
              return
            case 'done':
              resolve(news.result)
              return
            case 'threw':
              reject(new Error(news.message))
              return
          }
        })
        child.once('exit', (code, signal) => {
          this.#child = undefined
          reject(new Error(`The trial's process ended with ${signal ?? `exit code ${code ?? 'unknown'}`}.`))
        })
        const { root, env, n } = context
        const stopped = context.signal.aborted ? reasonOf(context.signal) : undefined
        send(child, { kind: 'run', executor: this.#runner.executor, task, root, env, n, stopped })
        context.signal.addEventListener('abort', stop, { once: true })
      })
    } finally {
      child.removeAllListeners('message').removeAllListeners('exit')
      context.signal.removeEventListener('abort', stop)
    }
  }

  async close(): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    send(child, { kind: 'close' })
    await once(child, 'exit')
  }

  #start({ root, env }: ExecutionContext): ChildProcess {
    this.#child ??= fork(fileURLToPath(new URL('./trial-agent.ts', import.meta.url)), [], {
      cwd: root,
      env,
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', sourceHooks],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    return this.#child
  }
}

function reasonOf({ reason }: AbortSignal): string {
  return reason instanceof Error ? reason.name : 'AbortError'
}

function send(child: ChildProcess, order: AgentOrder): void {
  child.send(order)
}
