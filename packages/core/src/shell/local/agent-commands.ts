// What an agent does with the commands that it is sent, in its own thread or in one that was made for an attempt.
import type { Writable } from 'node:stream'
import { AgentWork } from './agent-work.ts'
import type { AgentCommand } from './messages.ts'

/** Obeys commands; what comes of them is written to a channel. */
export class AgentCommands {
  readonly #channel: Writable
  readonly #whenEnded: () => void
  #work: AgentWork | undefined

  /** `whenEnded` is called after the result of each attempt has been written. */
  constructor(channel: Writable, whenEnded: () => void = () => undefined) {
    this.#channel = channel
    this.#whenEnded = whenEnded
    process.on('uncaughtException', (error) => {
      // A test runner that listens as well knows better whose error it is.
      if (process.listenerCount('uncaughtException') === 1) this.#work?.crash(error)
    })
    // A test may close them. What cannot be printed is lost, and the supervisor says so.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  }

  obey(command: AgentCommand): void {
    switch (command.kind) {
      case 'serve':
        this.#work = new AgentWork(command, this.#channel, this.#whenEnded)
        return
      case 'prepare':
        for (const kind of command.kinds) this.#work?.prepare(kind)
        return
      case 'run':
        this.#work?.run(command)
        return
      case 'abort':
        this.#work?.stop(command.cause)
        return
      case 'stop':
        void Promise.resolve(this.#work?.close()).finally(() => process.exit(0))
        return
    }
  }
}
