// One attempt as the contract of runners makes it: a context that writes down what the executor tells, and a signal that the
// contract can pull.
import type { CaseResult } from '../model/outcome.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { AttemptResult, ExecutableTask, ExecutionContext } from '../ports/executor.ts'

/** Why the contract ends an attempt. */
export type TrialStop = 'timed-out' | 'cancelled'

/** What an attempt told while it ran. */
export class RunnerTrial {
  readonly cases: CaseResult[] = []
  stdout = ''
  stderr = ''
  readonly context: ExecutionContext
  readonly #controller = new AbortController()
  readonly #waiting: { readonly text: string; readonly then: () => void }[] = []

  constructor(root: string, env: Readonly<Record<string, string>>, n = 1) {
    this.context = {
      run: 'contract',
      n,
      signal: this.#controller.signal,
      timeoutMs: undefined,
      remainingMs: () => Infinity,
      root,
      env,
      progress: () => undefined,
      artifact: () => undefined,
      leaked: () => undefined,
      remember: () => undefined,
      log: (text, stream = 'stdout') => {
        this[stream] += text
        this.#notice()
      },
      caseEnded: (result) => {
        this.cases.push(result)
      },
      warn: () => undefined,
    }
  }

  /** Ends the attempt as its host would. */
  stop(why: TrialStop): void {
    const name = why === 'timed-out' ? 'TimeoutError' : 'AbortError'
    this.#controller.abort(Object.assign(new Error(`The contract: ${why}`), { name }))
  }

  /** Ends the attempt once it has printed `text`. */
  stopAfter(text: string, why: TrialStop): void {
    this.#waiting.push({ text, then: () => this.stop(why) })
    this.#notice()
  }

  #notice(): void {
    const printed = this.stdout + this.stderr
    for (const { text, then } of this.#waiting) if (printed.includes(text)) then()
  }
}

/** Carries out one attempt. */
export type CarryOut = (task: ExecutableTask, context: ExecutionContext) => Promise<AttemptResult>

/** The task as an executor gets it: after a journey through JSON, as every task has made one. */
export function executable(definition: TaskDefinition): ExecutableTask {
  // A journey through JSON loses the type of nothing but the payload, which is unknown here anyway.
  const payload: unknown = definition.payload === undefined ? undefined : JSON.parse(JSON.stringify(definition.payload))
  const { id, kind, file, tags = [] } = definition
  return { id, kind, payload, tags, ...(file === undefined ? {} : { file }) }
}
