// One attempt as its supervisor sees it: what was printed and reported so far, kept outside the process that runs the test,
// so that nothing of it is lost when that process dies.
import { performance } from 'node:perf_hooks'
import { failureFromExit } from '../../failure/failure-from-exit.ts'
import { failureOutOfMemory } from '../../failure/failure-out-of-memory.ts'
import { failureOverLimit } from '../../failure/failure-over-limit.ts'
import { failureTimeout } from '../../failure/failure-timeout.ts'
import type { Failure } from '../../model/failure.ts'
import type { CaseResult, Leaks, Outcome } from '../../model/outcome.ts'
import type { AttemptResult, LostProcess } from '../../ports/executor.ts'
import { CapturedOutput, type OutputCaps } from '../captured-output.ts'
import { blameEnd } from '../blame-end.ts'
import { afterStop, concludeAttempt, type EndCause, failed, threw } from '../conclude-attempt.ts'
import { noLeaks } from '../leaks.ts'
import type { AgentEnding, AgentProcess } from './agent-process.ts'
import { explainTimeOut } from './explain-time-out.ts'
import type { RunAttempt } from './messages.ts'
import type { UseWatch } from './use-watch.ts'

/** An attempt and who runs it. */
export interface AttemptUnderWay {
  readonly command: RunAttempt
  readonly agent: AgentProcess
  /** The agent had run other attempts before. */
  readonly wasWarm: boolean
  /** Resolves when everything that the attempt printed has been read, or with `false` when it cannot be. */
  readonly printed: Promise<boolean>
  readonly caps: OutputCaps
  readonly watch: UseWatch
  /** How long its slot has stood still so far, stopped with the coordinator, in milliseconds. */
  readonly pausedMs: () => number
}

/** So many processes of one attempt may die before what is left of it is given up. */
const mostTakeUps = 20

/** One attempt under supervision. */
export class SupervisedAttempt {
  readonly command: RunAttempt
  agent: AgentProcess
  printed: Promise<boolean>
  watch: UseWatch
  readonly cases: CaseResult[] = []
  /** Its executor can go on with it in another process. */
  takesUp = false
  /** What that other process will be told. */
  remembered: Readonly<Record<string, unknown>> | undefined
  stopped: EndCause | undefined
  /** What was seen of it when it had passed its soft time limit. */
  note: string | undefined
  /** The processes that its agent had left behind when it ended. */
  leftByAgent: Promise<Leaks> = Promise.resolve(noLeaks)
  /** How long it may go on after its time limit, in milliseconds. */
  overtimeMs = 0
  readonly #wasWarm: boolean
  readonly #stdout: CapturedOutput
  readonly #stderr: CapturedOutput
  #hasBegun = false
  readonly #pausedMs: () => number
  #sinceMs = performance.now()
  #pausedBeforeMs: number
  #standstillMs: number | undefined
  #takeUps = 0
  /** The limit of memory for which an earlier process was ended. */
  #wasOver: Failure | undefined
  /** Cases that were told by an earlier process and that a later one tells again, by name. */
  readonly #toldBefore = new Map<string, number>()

  constructor({ command, agent, wasWarm, printed, caps, watch, pausedMs }: AttemptUnderWay) {
    this.command = command
    this.agent = agent
    this.printed = printed
    this.watch = watch
    this.#wasWarm = wasWarm
    this.#pausedMs = pausedMs
    this.#pausedBeforeMs = pausedMs()
    this.#stdout = new CapturedOutput(caps)
    this.#stderr = new CapturedOutput(caps)
  }

  /** It was sent to an agent that had done well before, and that ended without having begun it. */
  get neverArrived(): boolean {
    return this.#wasWarm && !this.#hasBegun && this.stopped === undefined
  }

  is({ task, n }: { readonly task: number; readonly n: number }): boolean {
    return this.command.task === task && this.command.n === n
  }

  /** The executor has the task: from here on its time counts. */
  begin(overtimeMs: number): void {
    this.overtimeMs = overtimeMs
    if (!this.#hasBegun) {
      this.#sinceMs = performance.now()
      this.#pausedBeforeMs = this.#pausedMs()
    }
    this.#hasBegun = true
    this.watch.begin()
  }

  /** Another process has it now. */
  get isTakenUp(): boolean {
    return this.#takeUps > 0
  }

  /** How much of its time limit is left, in milliseconds. */
  leftMs(timeoutMs: number): number {
    return Math.max(1, timeoutMs - (performance.now() - this.#sinceMs - (this.#pausedMs() - this.#pausedBeforeMs)))
  }

  /** Takes in a case; says whether it is a new one. */
  tookCase(one: CaseResult): boolean {
    const before = this.#toldBefore.get(keyOf(one)) ?? 0
    if (before > 0) this.#toldBefore.set(keyOf(one), before - 1)
    else this.cases.push(one)
    return before === 0
  }

  /** What another process is told that takes it up after `ending`, or nothing where it ends with its process. */
  lostBy(ending: AgentEnding): LostProcess | undefined {
    const { stopped, cases, remembered } = this
    if (!this.takesUp || ending.kind === 'not-started' || stopped?.kind === 'cancelled') return undefined
    // Whoever ran out of time has had its overtime when that ends as well.
    if (this.#takeUps >= mostTakeUps || (this.isTakenUp && stopped !== undefined && !isOverMemory(stopped)))
      return undefined
    const failure = this.#causeOf(ending)
    if (failure === undefined) return undefined
    const mayRun = stopped === undefined || stopped.kind === 'timed-out' || isOverMemory(stopped)
    return {
      failure,
      result: stopped?.kind === 'timed-out' ? 'timed-out' : 'failed',
      mayRun,
      cases: [...cases],
      ...(remembered === undefined ? {} : { remembered }),
    }
  }

  /** Another process takes it up. What its limit of memory ended is over with the last one. */
  takeUp({ agent, printed, watch }: Pick<AttemptUnderWay, 'agent' | 'printed' | 'watch'>): void {
    this.#takeUps += 1
    this.agent = agent
    this.printed = printed
    this.watch = watch
    if (this.stopped?.kind === 'over-limit' && this.stopped.limit === 'memory') {
      this.#wasOver = failureOverLimit(this.stopped)
      this.stopped = undefined
    }
    this.#toldBefore.clear()
    for (const one of this.cases) this.#toldBefore.set(keyOf(one), (this.#toldBefore.get(keyOf(one)) ?? 0) + 1)
  }

  #causeOf(ending: AgentEnding): Failure | undefined {
    switch (this.stopped?.kind) {
      case 'timed-out':
        return failureTimeout(this.stopped.limitMs, ['its process did not end when it was asked'])
      case 'over-limit':
        return failureOverLimit(this.stopped)
      case 'cancelled':
      case undefined:
        return this.#without(ending).outcome.failure
    }
  }

  /** It has its result, or its agent is gone; what comes later does not count. */
  get isSettled(): boolean {
    return this.#standstillMs !== undefined
  }

  /** Takes nothing more; what passed while it was stopped until here is none of its time. */
  settle(): void {
    this.#standstillMs ??= this.#pausedMs() - this.#pausedBeforeMs
  }

  capture(stream: 'stdout' | 'stderr', printed: string | Buffer, omittedBytes = 0): void {
    const output = stream === 'stdout' ? this.#stdout : this.#stderr
    output.add(printed, omittedBytes)
    this.watch.printed(Buffer.byteLength(printed) + omittedBytes)
  }

  /** The agent's own result, with what it printed. */
  resultOf(result: AttemptResult): AttemptResult {
    const { details } = result
    // What it used is seen from here alone, also where it came to an end meanwhile.
    const outcome = this.#complete(
      this.stopped?.kind === 'over-limit' ? afterStop(result.outcome, this.stopped) : result.outcome,
    )
    const stdout = details?.stdout ?? this.#stdout.text()
    const stderr = details?.stderr ?? this.#stderr.text()
    const reported = details?.cases ?? []
    const isOver = this.stopped?.kind === 'over-limit' && outcome.failure !== undefined
    const blamed = isOver ? blameEnd(reported, outcome.failure, result.outcome.failure) : reported
    // The kernel may have killed the test before everything was, and its executor took that for a crash.
    const cases = this.#wasOver === undefined ? blamed : blameEnd(blamed, this.#wasOver, undefined)
    if (cases.length === 0 && stdout === undefined && stderr === undefined) return this.#explained({ outcome })
    return this.#explained({
      outcome,
      details: { cases, ...(stdout === undefined ? {} : { stdout }), ...(stderr === undefined ? {} : { stderr }) },
    })
  }

  /** The result of an attempt whose agent went away before it had one. */
  resultOfEnding(ending: AgentEnding): AttemptResult {
    const { outcome, details } = concludeAttempt(this.#without(ending), {
      durationMs: performance.now() - this.#sinceMs,
      stopped: this.stopped,
      gathered: { cases: this.cases, artifacts: [], stdout: this.#stdout, stderr: this.#stderr },
    })
    const isOver = this.stopped?.kind === 'over-limit' && outcome.failure !== undefined
    // What the executor could still tell of the end that the limit made of it was a crash, to its eyes.
    const told =
      isOver && details !== undefined
        ? { ...details, cases: blameEnd(details.cases, outcome.failure, undefined) }
        : details
    return this.#explained({ outcome: this.#complete(outcome), ...(told === undefined ? {} : { details: told }) })
  }

  #explained(result: AttemptResult): AttemptResult {
    const { stopped, note } = this
    return stopped?.kind === 'timed-out' ? explainTimeOut(result, { limitMs: stopped.limitMs, note }) : result
  }

  /** Adds what is known here alone. */
  #complete(outcome: Outcome): Outcome {
    const use = this.watch.use(outcome.use)
    const { failure } = outcome
    // The agent was stopped as well and cannot know for how long: its clock went on.
    const ranMs = this.isTakenUp ? performance.now() - this.#sinceMs : outcome.durationMs
    const durationMs = Math.round(Math.max(0, ranMs - (this.#standstillMs ?? 0)) * 1000) / 1000
    const noted =
      this.note === undefined || failure === undefined
        ? {}
        : { failure: { ...failure, evidence: [...failure.evidence, this.note] } }
    return { ...outcome, durationMs, ...(Object.keys(use).length === 0 ? {} : { use }), ...noted }
  }

  #without(ending: AgentEnding): AttemptResult {
    switch (ending.kind) {
      case 'not-started':
        return threw(ending.error, ['the process for the test could not be started'])
      case 'ended': {
        const { killedByKernel } = this.watch
        if (ending.signal === 'SIGKILL' && killedByKernel > 0) return failed(failureOutOfMemory(killedByKernel))
        const cutOff = ending.wasCutOff ? ', which had closed the way to its supervisor,' : ''
        const what = `The process that ran the test${cutOff}`
        return failed(failureFromExit({ ...ending, what, isEarly: true, stderrTail: this.#stderr.lastWords() }))
      }
    }
  }
}

function isOverMemory(stopped: EndCause): boolean {
  return stopped.kind === 'over-limit' && stopped.limit === 'memory'
}

/** Tells a case from others. */
function keyOf({ file, path }: CaseResult): string {
  return JSON.stringify([file, path])
}
