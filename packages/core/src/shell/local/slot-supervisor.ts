// What a supervisor does: it keeps one agent, hands it one attempt after another, holds each to its time limit by a clock
// of its own, and lets nothing of an attempt live on. It never runs a line of a test.
import { randomBytes } from 'node:crypto'
import type { AttemptResult } from '../../ports/executor.ts'
import type { StopCause } from '../conclude-attempt.ts'
import { leftRunning } from '../left-running.ts'
import { signalProcess } from '../signal-group.ts'
import { type AgentEnding, type AgentListener, AgentProcess } from './agent-process.ts'
import { isFenceHeld } from './fence.ts'
import { killAll } from './kill-all.ts'
import type { AgentSignal, CancelAttempt, RunAttempt, ServeSlot, SupervisorSignal } from './messages.ts'
import { type Member, SlotMembers } from './slot-members.ts'
import { SupervisedAttempt } from './supervised-attempt.ts'

/** Longest time from the launch until the executor has been loaded, in milliseconds. */
const startLimitMs = 120_000
/** Longest overtime that an executor is given, in milliseconds: a time limit must stay one. */
const longestOvertimeMs = 10_000
/** How long the mark that ends the output is waited for, in milliseconds; a test may have closed the stream. */
const markLimitMs = 1000
/** Longest delay that a timer holds: 24 days, and more than any attempt. */
const longestTimerMs = 2 ** 31 - 1

/** The supervisor of one slot. */
export class SlotSupervisor implements AgentListener {
  readonly #serve: ServeSlot
  readonly #tell: (signal: SupervisorSignal) => void
  readonly #members: SlotMembers
  #agent: AgentProcess | undefined
  #current: SupervisedAttempt | undefined
  #timers: NodeJS.Timeout[] = []
  #isClosing = false
  #whenIdle: (() => void) | undefined
  #whenAgentEnded: (() => void) | undefined

  constructor(serve: ServeSlot, tell: (signal: SupervisorSignal) => void) {
    this.#serve = serve
    this.#tell = tell
    this.#members = new SlotMembers(serve, process.pid)
  }

  run(command: RunAttempt): void {
    const because = this.#refusal()
    if (because !== undefined) {
      this.#tell({ kind: 'refused', task: command.task, n: command.n, because })
      return
    }
    const wasWarm = this.#agent !== undefined
    this.#agent ??= new AgentProcess(this.#serve, this)
    const mark = `\0${randomBytes(12).toString('hex')}\0`
    const printed = this.#agent.printedMark(mark)
    this.#current = new SupervisedAttempt({ command, agent: this.#agent, wasWarm, printed, caps: this.#serve.output })
    this.#agent.send({ ...command, mark })
    this.#after(startLimitMs, () => {
      this.#stop({ kind: 'timed-out', limitMs: startLimitMs })
    })
  }

  cancel({ task, n, because }: CancelAttempt): void {
    if (this.#current?.is({ task, n }) === true) this.#stop({ kind: 'cancelled', because })
  }

  /** Says that the slot lives, and looks for processes that may hide later. */
  beat(): void {
    this.#tell({ kind: 'beat' })
    if (this.#current !== undefined) this.#members.find(this.#agent?.pid)
  }

  /** Ends what runs, lets the executors let go, and leaves nothing behind. */
  async close(): Promise<void> {
    this.#isClosing = true
    if (this.#current !== undefined) {
      const idle = new Promise<void>((resolve) => (this.#whenIdle = resolve))
      this.#stop({ kind: 'cancelled', because: 'the run was let go' })
      await idle
    }
    const agent = this.#agent
    if (agent !== undefined) {
      const ended = new Promise<void>((resolve) => (this.#whenAgentEnded = resolve))
      agent.send({ kind: 'stop' })
      const kill = setTimeout(() => {
        agent.signal('SIGKILL')
      }, this.#serve.graceMs)
      await ended
      clearTimeout(kill)
    }
    await this.abandon()
  }

  /** Kills everything at once. */
  async abandon(): Promise<void> {
    this.#isClosing = true
    await killAll(() => {
      this.#agent?.signal('SIGKILL')
      return this.#members.find(undefined).map(({ pid }) => pid)
    })
  }

  signal(agent: AgentProcess, signal: AgentSignal): void {
    const attempt = this.#current
    if (attempt?.is(signal) !== true || attempt.agent !== agent || attempt.isSettled) return
    switch (signal.kind) {
      case 'begun':
        this.#begin(attempt, signal.overtimeMs)
        return
      case 'done':
        attempt.isSettled = true
        void this.#finishDone(attempt, signal.result, signal.keepsProcesses)
        return
      case 'case':
        attempt.cases.push(signal.result)
        this.#tell(signal)
        return
      case 'output':
        attempt.capture(signal.stream, signal.text, signal.omittedBytes)
        this.#tell(signal)
        return
      case 'progress':
        this.#tell(signal)
        return
      case 'warning':
        this.#tell({ kind: 'warning', text: signal.text })
        return
    }
  }

  printed(agent: AgentProcess, stream: 'stdout' | 'stderr', bytes: Buffer): void {
    const attempt = this.#current
    if (attempt?.agent !== agent) return
    attempt.capture(stream, bytes)
    const { task, n } = attempt.command
    this.#tell({ kind: 'output', task, n, stream, text: bytes.toString('utf8') })
  }

  exited(agent: AgentProcess): void {
    if (this.#agent === agent) this.#agent = undefined
    // What it left behind may hold its output open.
    void this.#killLeftovers(() => true)
  }

  ended(agent: AgentProcess, ending: AgentEnding): void {
    if (this.#agent === agent) this.#agent = undefined
    this.#whenAgentEnded?.()
    const attempt = this.#current
    if (attempt?.agent !== agent || attempt.isSettled) return
    attempt.isSettled = true
    if (attempt.neverArrived) {
      // The warm agent was on its way out when the attempt was sent to it.
      this.#clearTimers()
      this.#current = undefined
      this.run(attempt.command)
      return
    }
    void this.#finishEnded(attempt, ending)
  }

  #refusal(): string | undefined {
    if (this.#isClosing) return 'the slot is being closed'
    if (this.#current !== undefined) return 'the slot is taken'
    return isFenceHeld(this.#serve.fence) ? undefined : 'the run has another owner by now'
  }

  /** What is asked for as overtime comes out of a process that runs code of strangers. */
  #begin(attempt: SupervisedAttempt, overtimeMs: unknown): void {
    if (attempt.stopped === undefined) this.#clearTimers()
    attempt.begin(typeof overtimeMs === 'number' ? Math.min(overtimeMs, longestOvertimeMs) : 0)
    const { task, n, timeoutMs } = attempt.command
    this.#tell({ kind: 'begun', task, n })
    if (timeoutMs === undefined) return
    this.#after(timeoutMs, () => {
      this.#stop({ kind: 'timed-out', limitMs: timeoutMs })
    })
  }

  /** Asks first, then `SIGTERM`, then `SIGKILL`. */
  #stop(cause: StopCause): void {
    const attempt = this.#current
    if (attempt === undefined || attempt.stopped !== undefined || attempt.isSettled) return
    attempt.stopped = cause
    attempt.agent.send({ kind: 'abort', cause })
    const halfMs = this.#serve.graceMs / 2
    const askMs = cause.kind === 'timed-out' ? Math.max(halfMs, attempt.overtimeMs) : halfMs
    this.#after(askMs, () => {
      this.#signalAll(attempt.agent, 'SIGTERM')
    })
    this.#after(askMs + halfMs, () => {
      this.#signalAll(attempt.agent, 'SIGKILL')
    })
  }

  #signalAll(agent: AgentProcess, signal: NodeJS.Signals): void {
    agent.signal(signal)
    for (const { pid } of this.#members.find(agent.pid)) signalProcess(pid, signal)
  }

  async #finishDone(attempt: SupervisedAttempt, result: AttemptResult, keepsProcesses: boolean): Promise<void> {
    this.#clearTimers()
    await atMost(attempt.printed, markLimitMs)
    const isLeft = ({ isOfAttempt, isOrphan }: Member): boolean => !keepsProcesses || isOfAttempt || isOrphan
    const killed = await this.#killLeftovers(isLeft)
    this.#end(attempt, attempt.resultOf(result), killed)
  }

  async #finishEnded(attempt: SupervisedAttempt, ending: AgentEnding): Promise<void> {
    this.#clearTimers()
    const killed = await this.#killLeftovers(() => true)
    this.#end(attempt, attempt.resultOfEnding(ending), killed)
  }

  #end(attempt: SupervisedAttempt, { outcome, details }: AttemptResult, killed: number): void {
    const { task, n, definition } = attempt.command
    if (killed > 0) {
      this.#tell({ kind: 'warning', text: leftRunning(definition.id, killed) })
    }
    this.#current = undefined
    this.#tell({ kind: 'ended', task, n, outcome, ...(details === undefined ? {} : { details }) })
    this.#whenIdle?.()
  }

  /** How many processes of the slot were left and are gone now. */
  async #killLeftovers(isLeft: (member: Member) => boolean): Promise<number> {
    const find = (): readonly number[] =>
      this.#members
        .find(this.#agent?.pid)
        .filter(isLeft)
        .map(({ pid }) => pid)
    try {
      return (await killAll(find)).length
    } catch (error) {
      this.#tell({ kind: 'warning', text: error instanceof Error ? error.message : String(error) })
      return 0
    }
  }

  #after(delayMs: number, then: () => void): void {
    this.#timers.push(setTimeout(then, Math.min(delayMs, longestTimerMs)))
  }

  #clearTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers = []
  }
}

function atMost(promise: Promise<void>, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, limitMs)
    void promise.then(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
