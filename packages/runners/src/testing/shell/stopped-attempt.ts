// One attempt as a trial beyond the contract makes it: it writes down what it is told, and its first word `looping` ends it in
// the way that the trial wants.
import type { CaseResult, ExecutionContext } from '@muster/core'
import { trialEnvironment } from './trial-project.ts'

/** Name of the error that ends an attempt; `never` for one that nobody ends. */
export type TrialEnd = 'TimeoutError' | 'AbortError' | 'never'

/** The context of an attempt, and what it was told. */
export interface StoppedAttempt {
  readonly context: ExecutionContext
  readonly cases: readonly CaseResult[]
  /** Titles and result of each case, such as `suite > test passed`. */
  readonly told: () => readonly string[]
}

/** An attempt in `root` that is ended when its test has printed `looping`. */
export function stoppedAttempt(root: string, end: TrialEnd = 'never'): StoppedAttempt {
  const controller = new AbortController()
  const cases: CaseResult[] = []
  return {
    cases,
    told: () => cases.map(({ path, result }) => `${path.join(' > ')} ${result}`),
    context: {
      run: 'r',
      n: 1,
      signal: controller.signal,
      timeoutMs: undefined,
      remainingMs: () => Infinity,
      root,
      env: trialEnvironment(),
      progress: () => undefined,
      log: (text) => {
        if (text.includes('looping') && end !== 'never') controller.abort(Object.assign(new Error(end), { name: end }))
      },
      caseEnded: (one) => cases.push(one),
      artifact: () => undefined,
      leaked: () => undefined,
      remember: () => undefined,
      warn: () => undefined,
    },
  }
}
