// The agent where attempts run in threads of it, a fresh one for each: what a test does to its modules and globals goes with
// its thread, while the process stays warm. Whatever cannot be ended as a thread ends with the process, as an agent does.
import { Worker } from 'node:worker_threads'
import { entryFile } from './entry-arguments.ts'
import type { AgentCommand } from './messages.ts'

type Serve = Extract<AgentCommand, { kind: 'serve' }>
type Run = Extract<AgentCommand, { kind: 'run' }>

/** Runs attempts in threads. */
export class AgentThreads {
  readonly #serve: Serve
  #thread: Worker | undefined

  constructor(serve: Serve) {
    this.#serve = serve
  }

  /** Whether tasks of a kind are run here. */
  isFor(kind: string): boolean {
    return this.#serve.isolation === 'thread' && this.#serve.executors[kind]?.allowsThreads === true
  }

  run(command: Run): void {
    const thread = new Worker(entryFile('agent-thread'), { execArgv: ['--disable-warning=ExperimentalWarning'] })
    this.#thread = thread
    let hasFinished = false
    thread.on('message', () => {
      // Its result is on its way.
      hasFinished = true
      this.#thread = undefined
      tell(thread, { kind: 'stop' })
    })
    thread.on('error', (error) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    })
    thread.on('exit', (code) => {
      // The test ended its thread. That no result came tells the supervisor; it cannot be known what else is broken.
      if (!hasFinished) process.exit(code)
    })
    tell(thread, this.#serve)
    tell(thread, command)
  }

  /** Hands a command on to the thread of the attempt. */
  abort(command: AgentCommand): void {
    if (this.#thread !== undefined) tell(this.#thread, command)
  }
}

function tell(thread: Worker, command: AgentCommand): void {
  thread.postMessage(command)
}
