// The agent as its supervisor holds it: a process in a group of its own, its messages on file descriptor 3, its printed
// output apart from them. It is started for the first attempt and stays warm until something ends it.
import { spawn, type ChildProcess } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { Writable } from 'node:stream'
import { readLines } from '../read-lines.ts'
import { signalGroup } from '../signal-group.ts'
import { entryArguments } from './entry-arguments.ts'
import { MarkedStream } from './marked-stream.ts'
import { type AgentCommand, type AgentSignal, longestMessageBytes, type ServeSlot } from './messages.ts'
import { type MessageShapes, readMessage, writeMessage } from './read-message.ts'

/** How an agent ended. */
export type AgentEnding =
  | {
      readonly kind: 'ended'
      readonly code: number | null
      readonly signal: string | null
      /** It had closed the way to its supervisor and was killed for that. */
      readonly wasCutOff: boolean
    }
  | { readonly kind: 'not-started'; readonly error: Error }

/** Who is told what comes from an agent. */
export interface AgentListener {
  signal(agent: AgentProcess, signal: AgentSignal): void
  printed(agent: AgentProcess, stream: 'stdout' | 'stderr', bytes: Buffer): void
  /** The process is gone, but some of what it said may still be on its way. */
  exited(agent: AgentProcess): void
  /** It is gone, and everything it said has been told. */
  ended(agent: AgentProcess, ending: AgentEnding): void
}

const ofAttempt = { task: 'number', n: 'number' } as const
const shapes: MessageShapes<AgentSignal> = {
  begun: ofAttempt,
  progress: { ...ofAttempt, fraction: 'number' },
  output: { ...ofAttempt, stream: 'string', text: 'string' },
  case: { ...ofAttempt, result: 'object' },
  warning: { ...ofAttempt, text: 'string' },
  remembered: { ...ofAttempt, value: 'object' },
  done: { ...ofAttempt, result: 'object', keepsProcesses: 'boolean' },
}

/** How long something that holds the output of a dead agent open is waited for, in milliseconds. */
const drainMs = 500
/** How long an agent that can no longer be heard may take to end: the end of a process closes everything, too. In milliseconds. */
const cutOffMs = 200

/** One agent. */
export class AgentProcess {
  /** How many it was given. */
  attempts = 0
  /** A test has not broken it for those after it, as far as can be seen. */
  isTrusted = true
  readonly startedAtMs: number = performance.now()
  readonly #child: ChildProcess
  readonly #listener: AgentListener
  readonly #streams: readonly MarkedStream[]
  #ending: AgentEnding | undefined
  #hasToldEnd = false
  #wasCutOff = false

  constructor(serve: ServeSlot, listener: AgentListener) {
    this.#listener = listener
    this.#child = spawn(process.execPath, [...serve.nodeArgs, ...entryArguments('agent')], {
      cwd: serve.root,
      env: serve.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    })
    this.#streams = [this.#follow('stdout'), this.#follow('stderr')]
    this.#listen()
    const { run, root, epoch, slot, env, executors, isolation, cgroup } = serve
    this.send({ kind: 'serve', run, root, epoch, slot, env, executors, isolation, cgroup })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  send(command: AgentCommand): void {
    const channel = this.#child.stdio[3]
    if (channel instanceof Writable && channel.writable) channel.write(writeMessage(command))
  }

  /** Resolves when both streams have printed the mark, or with `false` when one of them cannot. */
  async printedMark(mark: string): Promise<boolean> {
    const printed = await Promise.all(this.#streams.map((stream) => stream.expect(mark)))
    return !printed.includes(false)
  }

  signal(signal: NodeJS.Signals): void {
    if (this.pid !== undefined) signalGroup(this.pid, signal)
  }

  #follow(name: 'stdout' | 'stderr'): MarkedStream {
    const stream = this.#child[name]
    if (stream === null) throw new Error('an agent is started with pipes')
    return new MarkedStream(stream, (bytes) => {
      this.#listener.printed(this, name, bytes)
    })
  }

  #listen(): void {
    const child = this.#child
    const channel = child.stdio[3]
    channel?.on('error', () => undefined)
    channel?.once('close', () => {
      this.#cutOff()
    })
    if (channel !== null && channel !== undefined && 'read' in channel) {
      const read = (line: string): void => {
        const signal = readMessage(line, shapes)
        if (signal !== undefined) this.#listener.signal(this, signal)
      }
      readLines(channel, read, longestMessageBytes)
    }
    child.once('error', (error) => {
      if (child.pid === undefined) this.#tellEnd({ kind: 'not-started', error })
    })
    child.once('exit', (code, signal) => {
      this.#ending = { kind: 'ended', code, signal, wasCutOff: this.#wasCutOff }
      this.signal('SIGKILL')
      this.#listener.exited(this)
      setTimeout(() => {
        for (const stream of child.stdio) stream?.destroy()
      }, drainMs).unref()
    })
    child.once('close', () => {
      if (this.#ending !== undefined) this.#tellEnd(this.#ending)
    })
  }

  /** A test has closed the descriptor: nothing that it does can be heard any more. */
  #cutOff(): void {
    setTimeout(() => {
      if (this.#ending !== undefined) return
      this.#wasCutOff = true
      this.signal('SIGKILL')
    }, cutOffMs).unref()
  }

  #tellEnd(ending: AgentEnding): void {
    if (this.#hasToldEnd) return
    this.#hasToldEnd = true
    this.#listener.ended(this, ending)
  }
}
