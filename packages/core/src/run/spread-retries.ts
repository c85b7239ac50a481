// What was held up while something was down must not come back all at once when that answers again: retries that a breaker
// kept from starting wait once more, each for a moment of its own. First attempts come as workers have room for them.
import { retryWait } from '../retry/retry-wait.ts'
import type { BreakerKey } from './breaker-key.ts'
import { keysOfTask, lastBlame } from './breaker-keys.ts'
import type { Retrying } from './entry.ts'
import { failedAttempt, ruleOf } from './retry-question.ts'
import { roll } from './dice.ts'
import type { RunState } from './run-state.ts'
import { taskStatus } from './task-status.ts'

/** Tasks that are to be tried again and that the breaker of that name kept from starting. */
export function heldRetries(state: RunState, key: BreakerKey): readonly number[] {
  const { tasks } = state
  const held: number[] = []
  if (!state.explainsRetries || (!key.startsWith('resource:') && !key.startsWith('category:'))) return held
  for (let task = 0; task < tasks.size; task++) {
    if (tasks.status(task) !== taskStatus.ready || tasks.lastAttempt(task) < 0) continue
    if (keysOfTask(state, task).includes(key) || key === `category:${lastBlame(state, task) ?? ''}`) held.push(task)
  }
  return held
}

/** The wait of one of them, or nothing where its rule knows no waits, or leaves no time for one. */
export function spreadRetry(state: RunState, task: number): Retrying | undefined {
  const { tasks, attempts, atMs } = state
  const row = tasks.lastAttempt(task)
  const ending = attempts.ending(row)
  const rule = ruleOf(state, task, ending?.kind === 'ended' ? failedAttempt(ending.outcome) : undefined)
  const delayMs = retryWait({
    rule,
    failures: 1,
    rollOf: () => roll(state.seed, task, tasks.n(task), 'retry-spread'),
    isTaken: (waitMs) => state.isRetryDueAt(atMs + waitMs),
  })
  if (delayMs === 0 || rule.maxTotalMs !== null) return undefined
  const scope = state.scopes.get(task)
  const part = scope === undefined ? undefined : { scope }
  return { kind: 'retrying', task, dueMs: atMs + delayMs, because: 'recovered', ...part }
}
