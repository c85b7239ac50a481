// What is seen of attempts while they run, and how the last one of each task ended. All of it is news that may be lost: it is
// shown, never counted.
import type { CaseResult, Outcome } from '@muster/core'
import type { ExpectedDuration } from './time-left.ts'

/** An attempt that runs now. */
export interface RunningAttempt {
  readonly task: string
  readonly n: number
  readonly worker: string
  readonly sinceMs: number
  /** Whether its executor said so; before, it is on its way or waits with its worker. */
  readonly hasBegun: boolean
  readonly expected: ExpectedDuration | undefined
  /** The case that ended last; provisional, as all news of running attempts. */
  readonly lastCase: CaseResult | undefined
  readonly cases: { readonly passed: number; readonly failed: number }
  readonly failedCases: readonly CaseResult[]
  /** Share done, where the executor says so. */
  readonly fraction: number | undefined
  readonly message: string | undefined
}

/** How the last attempt of a task ended, as far as it was seen. */
export interface LastEnding {
  readonly outcome: Outcome
  /** Those that were told live. */
  readonly failedCases: readonly CaseResult[]
  /** All that were told live, where they are kept. */
  readonly cases?: readonly CaseResult[] | undefined
  /** The end of what it printed, both streams as they came. */
  readonly output: string
  /** Characters printed before that, which are no longer here. */
  readonly omitted?: number | undefined
}

/** A running attempt as news of it comes in. */
interface LiveAttempt {
  task: string
  n: number
  worker: string
  sinceMs: number
  hasBegun: boolean
  expected: ExpectedDuration | undefined
  lastCase: CaseResult | undefined
  cases: { passed: number; failed: number }
  failedCases: CaseResult[]
  fraction: number | undefined
  message: string | undefined
  endedCases: CaseResult[]
  output: string
  printed: number
}

interface AttemptName {
  readonly task: string
  readonly n: number
}

/** How much is kept of an attempt, to be shown when it has ended. */
export interface KeptOfAttempt {
  /** Failed cases. */
  readonly failedCases: number
  /** Characters printed last. */
  readonly output: number
  /** Whether every case is kept. */
  readonly everyCase: boolean
}

/** For showing what went wrong in short. */
export const keptBriefly: KeptOfAttempt = { failedCases: 50, output: 4000, everyCase: false }

/** The attempts that run, by task. News of one that no longer runs is dropped. */
export class LiveAttempts {
  readonly #running = new Map<string, LiveAttempt>()
  readonly #endings = new Map<string, LastEnding>()
  readonly #kept: KeptOfAttempt

  constructor(kept: KeptOfAttempt = keptBriefly) {
    this.#kept = kept
  }

  /** Everything that was launched and is not over, in the order of the launches. */
  get launched(): readonly RunningAttempt[] {
    return [...this.#running.values()]
  }

  /** An attempt was handed to a worker. */
  launch(launched: Pick<RunningAttempt, 'task' | 'n' | 'worker' | 'sinceMs' | 'expected'>): void {
    this.#running.set(launched.task, {
      ...launched,
      hasBegun: false,
      lastCase: undefined,
      cases: { passed: 0, failed: 0 },
      failedCases: [],
      fraction: undefined,
      message: undefined,
      endedCases: [],
      output: '',
      printed: 0,
    })
  }

  /** Its executor began. */
  start(name: AttemptName, sinceMs: number): void {
    const attempt = this.#find(name)
    if (attempt !== undefined) Object.assign(attempt, { sinceMs, hasBegun: true })
  }

  /** How far its executor says that it is, from 0 to 1. */
  progress(name: AttemptName, fraction: number, message: string | undefined): void {
    const attempt = this.#find(name)
    if (attempt !== undefined) Object.assign(attempt, { fraction, message })
  }

  /** It printed a piece of text. */
  print(name: AttemptName, text: string): void {
    const attempt = this.#find(name)
    if (attempt === undefined) return
    attempt.printed += text.length
    attempt.output += text
    // Cut now and then only: a test may print a gigabyte in small pieces.
    if (attempt.output.length > 2 * this.#kept.output) attempt.output = attempt.output.slice(-this.#kept.output)
  }

  /** One of its cases ended. */
  endCase(name: AttemptName, result: CaseResult): void {
    const attempt = this.#find(name)
    if (attempt === undefined) return
    attempt.lastCase = result
    if (this.#kept.everyCase) attempt.endedCases.push(result)
    if (result.result === 'skipped') return
    if (result.result === 'passed') attempt.cases.passed++
    else {
      if (result.result !== 'cancelled') attempt.cases.failed++
      if (attempt.failedCases.length < this.#kept.failedCases) attempt.failedCases.push(result)
    }
  }

  /** It ended, and its outcome was accepted. */
  end(task: string, outcome: Outcome): void {
    const attempt = this.#running.get(task)
    this.#running.delete(task)
    const { failedCases = [], endedCases = [], printed = 0 } = attempt ?? {}
    const output = (attempt?.output ?? '').slice(-this.#kept.output)
    this.#endings.set(task, { outcome, failedCases, cases: endedCases, output, omitted: printed - output.length })
  }

  /** How an earlier attempt ended says nothing of the one that was lost. */
  lose(task: string): void {
    this.#running.delete(task)
    this.#endings.delete(task)
  }

  /** Takes away what runs of a task, of whatever it came to. */
  drop(task: string): void {
    this.#running.delete(task)
  }

  /** Takes away all that runs. */
  dropAll(): void {
    this.#running.clear()
  }

  /** How the last attempt of a task ended; kept until it is forgotten, absent where it was lost. */
  lastEnding(task: string): LastEnding | undefined {
    return this.#endings.get(task)
  }

  /** Forgets how the last attempt ended, once that has been shown. */
  forget(task: string): void {
    this.#endings.delete(task)
  }

  #find({ task, n }: AttemptName): LiveAttempt | undefined {
    const attempt = this.#running.get(task)
    return attempt?.n === n ? attempt : undefined
  }
}
