// What a supervisor does: it keeps one agent, hands it one attempt after another, holds each to its limits by a clock of its
// own, and lets nothing of an attempt live on. It never runs a line of a test.
import { randomBytes } from 'node:crypto'
import type { Leaks } from '../../model/outcome.ts'
import type { AttemptResult, LostProcess } from '../../ports/executor.ts'
import type { EndCause } from '../conclude-attempt.ts'
import { isTold, noLeaks, withLeaks } from '../leaks.ts'
import { leftRunning } from '../left-running.ts'
import { systemClock } from '../system-clock.ts'
import type { AgentEnding, AgentListener, AgentProcess } from './agent-process.ts'
import { busyProcesses } from './busy-processes.ts'
import { isFenceHeld } from './fence.ts'
import { isStopped } from './is-stopped.ts'
import { isTrueWithin } from './is-true-within.ts'
import type { AgentSignal, CancelAttempt, PrepareKinds, RunAttempt, ServeSlot, SupervisorSignal } from './messages.ts'
import { PausableTimers } from './pausable-timers.ts'
import type { Member } from './slot-members.ts'
import { SlotTree } from './slot-tree.ts'
import { describeSlow, forgetPlace, takePlace } from './soft-limit.ts'
import { signalProcess } from '../signal-group.ts'
import { endAfterStop, stopAttempt } from './stop-attempt.ts'
import { type AttemptUnderWay, SupervisedAttempt } from './supervised-attempt.ts'
import { UseWatch } from './use-watch.ts'

/** Longest time from the launch until the executor has been loaded, in milliseconds. */
const startLimitMs = 120_000
/** Longest time for the same where an attempt is taken up, in milliseconds: it has been loaded on this machine before. */
const takeUpLimitMs = 30_000
/** Longest overtime that an executor is given, in milliseconds: a time limit must stay one. */
const longestOvertimeMs = 10_000
/** How long the mark that ends the output is waited for, in milliseconds; a test may have closed the stream. */
const markLimitMs = 1000

/** The supervisor of one slot. */
export class SlotSupervisor implements AgentListener {
  readonly #serve: ServeSlot
  readonly #tell: (signal: SupervisorSignal) => void
  readonly #tree: SlotTree
  readonly #timers = new PausableTimers(systemClock())
  #current: SupervisedAttempt | undefined
  /** It waits until a worn agent is gone. */
  #waiting: { readonly command: RunAttempt; cancelled?: CancelAttempt } | undefined
  #isRetiring = false
  /** The coordinator is stopped, by Ctrl-Z say, and everything here with it. */
  #isPaused = false
  #isClosing = false
  #whenIdle: (() => void) | undefined

  constructor(serve: ServeSlot, tell: (signal: SupervisorSignal) => void) {
    this.#serve = serve
    this.#tell = tell
    this.#tree = new SlotTree(serve, (text) => {
      tell({ kind: 'warning', text })
    })
  }

  /** Starts the agent before there is an attempt for it. One that does not come up is tried again with the attempt. */
  prepare(command: PrepareKinds): void {
    if (this.#refusal() === undefined) this.#tree.warmAgent(this).send(command)
  }

  run(command: RunAttempt): void {
    const because = this.#refusal()
    if (because !== undefined) {
      this.#tell({ kind: 'refused', task: command.task, n: command.n, because })
      return
    }
    this.#retireWorn(command)
    if (this.#isRetiring) this.#waiting = { command }
    else this.#start(command)
  }

  cancel(cancel: CancelAttempt): void {
    if (this.#waiting !== undefined && isSame(this.#waiting.command, cancel)) this.#waiting.cancelled = cancel
    if (this.#current?.is(cancel) === true) this.#stop({ kind: 'cancelled', because: cancel.because })
  }

  /** Says that the slot lives, follows its coordinator into a pause, and looks for processes that may hide later. */
  beat(): void {
    this.#tell({ kind: 'beat' })
    const isPaused = isStopped(process.ppid)
    if (isPaused) this.#timers.pause()
    else this.#timers.resume()
    // Stopped again at every beat, since whoever was just being started may have been missed.
    if (isPaused || this.#isPaused) this.#tree.signal(this.#tree.agent, isPaused ? 'SIGSTOP' : 'SIGCONT')
    if (!isPaused && !this.#isPaused) this.#wake()
    this.#isPaused = isPaused
    if (!isPaused) this.#current?.watch.look()
  }

  /** Ends what runs, lets the executors let go, and leaves nothing behind. */
  async close(): Promise<void> {
    this.#isClosing = true
    if (this.#current !== undefined) {
      const idle = new Promise<void>((resolve) => (this.#whenIdle = resolve))
      this.#stop({ kind: 'cancelled', because: 'the run was let go' })
      await idle
    }
    await this.#tree.letAgentGo(this.#serve.graceMs)
    await this.abandon()
  }

  /** Kills everything at once. */
  async abandon(): Promise<void> {
    this.#isClosing = true
    await this.#tree.killEverything()
  }

  signal(agent: AgentProcess, signal: AgentSignal): void {
    const attempt = this.#current
    if (attempt?.is(signal) !== true || attempt.agent !== agent || attempt.isSettled) return
    switch (signal.kind) {
      case 'begun':
        this.#begin(attempt, signal)
        return
      case 'done':
        attempt.settle()
        void this.#finishDone(attempt, signal.result, signal.keepsProcesses)
        return
      case 'case':
        if (attempt.tookCase(signal.result)) this.#tell(signal)
        return
      case 'remembered':
        attempt.remembered = signal.value
        return
      case 'output':
        this.#tell(signal)
        attempt.capture(signal.stream, signal.text, signal.omittedBytes)
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
    const { task, n } = attempt.command
    this.#tell({ kind: 'output', task, n, stream, text: bytes.toString('utf8') })
    attempt.capture(stream, bytes)
  }

  exited(agent: AgentProcess): void {
    this.#tree.forget(agent)
    // What it left behind may hold its output open.
    const killed = this.#tree.killLeftovers(() => true)
    if (this.#current?.agent === agent) this.#current.leftByAgent = killed
  }

  ended(agent: AgentProcess, ending: AgentEnding): void {
    this.#tree.ended(agent)
    const attempt = this.#current
    if (attempt?.agent !== agent || attempt.isSettled) return
    const lost = this.#isClosing ? undefined : attempt.lostBy(ending)
    if (lost !== undefined) {
      void this.#takeUp(attempt, lost, ending)
      return
    }
    attempt.settle()
    if (attempt.neverArrived) {
      // The warm agent was on its way out when the attempt was sent to it.
      this.#timers.clear()
      this.#current = undefined
      this.run(attempt.command)
      return
    }
    void this.#finishEnded(attempt, ending)
  }

  #refusal(): string | undefined {
    if (this.#isClosing) return 'the slot is being closed'
    if (this.#current !== undefined || this.#waiting !== undefined) return 'the slot is taken'
    return isFenceHeld(this.#serve.fence) ? undefined : 'the run has another owner by now'
  }

  #start(command: RunAttempt): void {
    const wasWarm = this.#tree.agent !== undefined
    const pausedMs = (): number => this.#timers.pausedMs
    const caps = this.#serve.output
    const { agent, printed, watch, mark } = this.#equip(command)
    this.#current = new SupervisedAttempt({ command, agent, wasWarm, printed, watch, caps, pausedMs })
    agent.send({ ...command, mark, placeFile: this.#placeFile })
    this.#timers.after(startLimitMs, () => {
      this.#stop({ kind: 'timed-out', limitMs: startLimitMs })
    })
  }

  /** The agent for an attempt, and what it is watched by. */
  #equip(command: RunAttempt): Pick<AttemptUnderWay, 'agent' | 'printed' | 'watch'> & { readonly mark: string } {
    const agent = this.#tree.warmAgent(this, command.process)
    agent.attempts += 1
    const mark = `\0${randomBytes(12).toString('hex')}\0`
    const printed = agent.printedMark(mark)
    const watch = new UseWatch({
      limits: command.limits,
      pids: () => this.#tree.pids(),
      cpuMs: () => this.#tree.cpuMs(),
      memory: this.#tree.memory,
      exceeded: (over) => {
        this.#stop({ kind: 'over-limit', ...over })
      },
    })
    return { agent, printed, watch, mark }
  }

  /** Has a fresh agent go on with an attempt whose agent died. */
  async #takeUp(attempt: SupervisedAttempt, lost: LostProcess, ending: AgentEnding): Promise<void> {
    this.#timers.clear()
    attempt.watch.end()
    await attempt.leftByAgent
    // What the test had started ends with the process that started it, and is not left over.
    await this.#tree.killLeftovers(() => true)
    if (this.#isClosing || attempt.stopped?.kind === 'cancelled') {
      attempt.settle()
      void this.#finishEnded(attempt, ending)
      return
    }
    const { agent, printed, watch, mark } = this.#equip(attempt.command)
    attempt.takeUp({ agent, printed, watch })
    agent.send({ ...attempt.command, mark, placeFile: this.#placeFile, lost })
    this.#timers.after(takeUpLimitMs, () => {
      agent.signal('SIGKILL')
    })
  }

  /** A test that stops the process that runs it would keep everybody waiting, its time limit too: it is made to go on. */
  #wake(): void {
    const attempt = this.#current
    const pid = attempt?.agent.pid
    if (attempt === undefined || pid === undefined || !isStopped(pid)) return
    signalProcess(pid, 'SIGCONT')
    const what = 'stopped the process that runs tests, which was made to go on'
    this.#tell({ kind: 'warning', text: `${attempt.command.definition.id} ${what}.` })
  }

  /** What is said here comes out of a process that runs code of strangers. */
  #begin(attempt: SupervisedAttempt, { overtimeMs, takesUp }: Extract<AgentSignal, { kind: 'begun' }>): void {
    const { stopped, isTakenUp } = attempt
    if (stopped === undefined || isTakenUp) this.#timers.clear()
    attempt.takesUp = takesUp === true
    attempt.begin(typeof overtimeMs === 'number' ? Math.min(overtimeMs, longestOvertimeMs) : 0)
    const { task, n, timeoutMs } = attempt.command
    if (!isTakenUp) this.#tell({ kind: 'begun', task, n })
    if (isTakenUp && stopped !== undefined) {
      const { graceMs } = this.#serve
      endAfterStop(attempt, stopped, { tree: this.#tree, timers: this.#timers, graceMs })
      return
    }
    if (timeoutMs !== undefined)
      this.#timers.after(isTakenUp ? attempt.leftMs(timeoutMs) : timeoutMs, () => {
        this.#stop({ kind: 'timed-out', limitMs: timeoutMs })
      })
    const { softTimeoutMs } = attempt.command.limits
    if (softTimeoutMs === undefined || isTakenUp) return
    forgetPlace(this.#placeFile)
    this.#timers.after(softTimeoutMs, () => {
      void this.#nameSlow(attempt, softTimeoutMs)
    })
  }

  /** Says what an attempt does that takes long. */
  async #nameSlow(attempt: SupervisedAttempt, limitMs: number): Promise<void> {
    const place = await takePlace(this.#placeFile)
    if (attempt.isSettled) return
    const [, ...pids] = this.#tree.pids()
    const busy = pids.length === 0 ? [] : await busyProcesses(pids)
    if (hasEnded(attempt)) return
    attempt.note = describeSlow(limitMs, place, { pids, busy })
    this.#tell({ kind: 'warning', text: `${attempt.command.definition.id}: ${attempt.note}.` })
  }

  get #placeFile(): string {
    return `${this.#serve.fence.path}.${this.#serve.slot}.place`
  }

  #stop(cause: EndCause): void {
    const { graceMs } = this.#serve
    if (this.#current !== undefined)
      stopAttempt(this.#current, cause, { tree: this.#tree, timers: this.#timers, graceMs })
  }

  async #finishDone(attempt: SupervisedAttempt, result: AttemptResult, keepsProcesses: boolean): Promise<void> {
    this.#timers.clear()
    attempt.watch.end()
    const hasPrinted = await isTrueWithin(attempt.printed, markLimitMs)
    // What the kernel is taking away can do nothing more, neither to this attempt nor to the next.
    const isLeft = ({ isOfAttempt, isOrphan, isEnding }: Member): boolean =>
      !isEnding && (!keepsProcesses || isOfAttempt || isOrphan)
    const killed = await this.#tree.killLeftovers(isLeft)
    if (!hasPrinted) this.#distrust(attempt)
    this.#end(attempt, attempt.resultOf(result), killed)
  }

  async #finishEnded(attempt: SupervisedAttempt, ending: AgentEnding): Promise<void> {
    this.#timers.clear()
    attempt.watch.end()
    const ofAgent = await attempt.leftByAgent
    const later = await this.#tree.killLeftovers(() => true)
    // What was ended with its attempt is not left over from it.
    const killed = attempt.stopped === undefined ? withLeaks(ofAgent, later) : later
    this.#end(attempt, attempt.resultOfEnding(ending), killed)
  }

  /** Nothing printed after the test closed the output would ever arrive. */
  #distrust({ agent, command }: SupervisedAttempt): void {
    agent.isTrusted = false
    const what = 'closed the output of the process that runs tests'
    const follows = 'what it printed may be missing, and the process is replaced'
    this.#tell({ kind: 'warning', text: `${command.definition.id} ${what}; ${follows}.` })
  }

  #end(attempt: SupervisedAttempt, { outcome: found, details }: AttemptResult, killed: Leaks): void {
    const { task, n, definition } = attempt.command
    // What its executor had found and ended is told together with what was found here.
    const leaks = withLeaks(isTold(found) ? (found.leaks ?? noLeaks) : noLeaks, killed)
    const outcome = leaks.count > 0 ? { ...found, leaks } : found
    if (leaks.count > 0) this.#tell({ kind: 'warning', text: leftRunning(definition.id, leaks) })
    this.#current = undefined
    this.#tell({ kind: 'ended', task, n, outcome, ...(details === undefined ? {} : { details }) })
    this.#whenIdle?.()
    if (!this.#isClosing) this.#retireWorn()
  }

  /** Also where the attempt asks for an agent in which nothing has run, or that uses no cache. */
  #retireWorn(next?: RunAttempt): void {
    const isWorn = this.#tree.isAgentWorn(this.#serve.recycle) || this.#tree.isAgentUsedFor(next?.process)
    if (!this.#isRetiring && isWorn) void this.#retire()
  }

  /** Lets a worn agent go; what was to run meanwhile runs in a fresh one. */
  async #retire(): Promise<void> {
    this.#isRetiring = true
    await this.#tree.letAgentGo(this.#serve.graceMs)
    // What its executors kept warm goes with it.
    await this.#tree.killLeftovers(() => true)
    this.#isRetiring = false
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting === undefined) return
    const { command, cancelled } = waiting
    this.run(command)
    if (cancelled !== undefined) this.cancel(cancelled)
  }
}

/** Asked again after a wait, in which that may have changed. */
function hasEnded({ isSettled }: SupervisedAttempt): boolean {
  return isSettled
}

function isSame(one: { readonly task: number; readonly n: number }, other: typeof one): boolean {
  return one.task === other.task && one.n === other.n
}
