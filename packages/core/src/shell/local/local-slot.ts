// One slot as the coordinator holds it: the supervisor process, and the attempt that it was given. The process is started
// for the first attempt and again after it died.
import { spawn, type ChildProcess } from 'node:child_process'
import type { AttemptRef } from '../../model/attempt.ts'
import type { AttemptLimits } from '../../model/limits.ts'
import type { LaunchCommand } from '../../ports/engine.ts'
import { CapturedOutput } from '../captured-output.ts'
import { defaultLineBytes, readLines } from '../read-lines.ts'
import { signalProcess } from '../signal-group.ts'
import { entryArguments } from './entry-arguments.ts'
import { longestMessageBytes, type ServeSlot, type SupervisorCommand, type SupervisorSignal } from './messages.ts'
import { writeMessage } from './read-message.ts'
import { readSupervisorSignal } from './read-supervisor-signal.ts'

/** How a supervisor went away. */
export interface SupervisorEnding {
  /** It had said that it was ready. */
  readonly wasReady: boolean
  /** For people: exit code or signal, and its last words. */
  readonly how: string
}

/** Who is told what comes from a slot. */
export interface SlotListener {
  signal(slot: LocalSlot, signal: SupervisorSignal): void
  unreadable(slot: LocalSlot, because: string): void
  ended(slot: LocalSlot, ending: SupervisorEnding): void
}

/** One slot. */
export class LocalSlot {
  /** What the supervisor is carrying out. */
  command: LaunchCommand | undefined
  /** Kinds whose executor is warm in the agent. */
  readonly warm: Set<string> = new Set()
  /** While what a dead supervisor left is being ended. */
  clearing: Promise<void> | undefined
  lastHeardMs = 0
  /** It was silent for too long when it was last looked at. */
  isSuspect = false
  readonly #serve: ServeSlot
  readonly #env: Readonly<Record<string, string>>
  readonly #listener: SlotListener
  #child: ChildProcess | undefined
  #isReady = false
  #isLeaving = false
  #whenGone: (() => void)[] = []

  constructor(serve: ServeSlot, env: Readonly<Record<string, string>>, listener: SlotListener) {
    this.#serve = serve
    this.#env = env
    this.#listener = listener
  }

  get index(): number {
    return this.#serve.slot
  }

  get isUp(): boolean {
    return this.#child !== undefined
  }

  launch(command: LaunchCommand, limits: AttemptLimits, nowMs: number): void {
    this.command = command
    if (this.clearing === undefined) this.#carry(command, limits, nowMs)
    else
      void this.clearing.then(() => {
        if (this.command === command && !this.#isLeaving) this.#carry(command, limits, nowMs)
      })
  }

  /** Starts the supervisor and its agent before there is an attempt for them. */
  prepare(kinds: readonly string[], nowMs: number): void {
    if (this.#child === undefined) this.#start(nowMs)
    for (const kind of kinds) this.warm.add(kind)
    this.#send({ kind: 'prepare', kinds })
  }

  #carry(command: LaunchCommand, limits: AttemptLimits, nowMs: number): void {
    if (this.#child === undefined) this.#start(nowMs)
    this.warm.add(command.task.kind)
    const { attempt, task, timeoutMs, folders, process, cases } = command
    const { id, kind, payload, file, tags = [] } = task
    const definition = { id, kind, payload, tags, ...(file === undefined ? {} : { file }), ...(cases && { cases }) }
    this.#send({ kind: 'run', task: attempt.task, n: attempt.n, definition, timeoutMs, limits, folders, process })
  }

  cancel({ task, n }: AttemptRef, because: string): void {
    const send = (): void => {
      this.#send({ kind: 'cancel', task, n, because })
    }
    if (this.clearing === undefined) send()
    else void this.clearing.then(send)
  }

  /** Asks the supervisor to end everything and go; kills it after `limitMs`. Resolves when it is gone. */
  leave(limitMs: number): Promise<void> {
    this.#isLeaving = true
    if (this.#child === undefined) return Promise.resolve()
    this.#send({ kind: 'stop' })
    const kill = setTimeout(() => {
      this.kill()
    }, limitMs)
    return new Promise((resolve) => {
      this.#whenGone.push(() => {
        clearTimeout(kill)
        resolve()
      })
    })
  }

  kill(): void {
    if (this.#child?.pid !== undefined) signalProcess(this.#child.pid, 'SIGKILL')
  }

  #start(nowMs: number): void {
    const child = spawn(process.execPath, entryArguments('supervisor'), {
      env: this.#env,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#child = child
    this.#isReady = false
    this.lastHeardMs = nowMs
    const lastWords = new CapturedOutput({ headBytes: 0, tailBytes: 2048 })
    child.stdin.on('error', () => undefined)
    child.stderr.on('data', (bytes: Buffer) => {
      lastWords.add(bytes)
    })
    const read = (line: string): void => {
      this.#read(line)
    }
    // The supervisor adds the captured output to what the agent said.
    readLines(child.stdout, read, longestMessageBytes + 2 * defaultLineBytes)
    let failure: Error | undefined
    child.once('error', (error) => {
      failure = error
      if (child.pid === undefined) this.#gone(error.message)
    })
    // After `close` nothing more is read: an end that was sent before the supervisor died still counts.
    child.once('close', (code, signal) => {
      const words = lastWords.lastWords().trim()
      const how = failure?.message ?? (signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`)
      this.#gone(words === '' ? how : `${how}: ${words}`)
    })
    this.#send(this.#serve)
  }

  #read(line: string): void {
    const signal = readSupervisorSignal(line)
    if (signal.kind === 'unreadable') {
      this.#listener.unreadable(this, signal.because)
      return
    }
    if (signal.kind === 'ready') this.#isReady = true
    this.#listener.signal(this, signal)
  }

  #gone(how: string): void {
    if (this.#child === undefined) return
    this.#child = undefined
    this.warm.clear()
    const waiting = this.#whenGone
    this.#whenGone = []
    this.#listener.ended(this, { wasReady: this.#isReady, how })
    for (const resolve of waiting) resolve()
  }

  #send(command: SupervisorCommand): void {
    this.#child?.stdin?.write(writeMessage(command))
  }
}
