// What a decision about a retry rests on, gathered from the state of the run, and the entry that the decision becomes. Reads
// only; costs nothing until an attempt did not pass.
import { isChargedFor } from '../model/is-charged-for.ts'
import type { Outcome } from '../model/outcome.ts'
import { flakinessRetriesAllowed, retriesAllowed } from '../retry/retry-budget.ts'
import type { RetryRule } from '../retry/retry-policy.ts'
import { ruleFor } from '../retry/rule-for.ts'
import { chooseRung, type ChosenRung } from './choose-rung.ts'
import { decideRetry, type FailedAttempt, type RetryQuestion } from './decide-retry.ts'
import { roll } from './dice.ts'
import { enlargedResources } from './enlarged-resources.ts'
import type { GaveUp, Retrying } from './entry.ts'
import { nextScope } from './next-scope.ts'
import type { RunState } from './run-state.ts'

/** What follows an attempt of a task that did not pass, as an entry. */
export function retryEntry(state: RunState, task: number, ending: RetryQuestion['ending']): Retrying | GaveUp {
  const plain = retryQuestion(state, task, ending)
  const rung = ending === 'failed' ? rungOf(state, task, plain) : undefined
  const question = rung === undefined ? plain : { ...plain, rule: rung.rule }
  const decided = decideRetry(question)
  const isSkipped = decided.kind === 'retry' && rung?.step.effect.kind === 'skip'
  const decision = isSkipped ? ({ kind: 'stop', because: 'nothing-helps' } as const) : decided
  const explains = state.explainsRetries
  if (decision.kind === 'stop') {
    const { because } = decision
    const left = explains && Number.isFinite(question.budgetLeft) ? { budgetLeft: question.budgetLeft } : {}
    return { kind: 'gave-up', task, because, ...left }
  }
  const { delayMs, because, isPaid, worker, reservation } = decision
  const dueMs = state.atMs + delayMs
  if (!explains) return { kind: 'retrying', task, dueMs }
  const resources =
    reservation === 'same' ? undefined : enlargedResources(state, task, question.rule, codeOf(state, task))
  const scope = nextScope({
    asked: question.rule.scope,
    outcome: ending === 'failed' ? lastOutcome(state, task) : undefined,
    before: state.scopesOfRows.get(state.tasks.lastAttempt(task)),
  })
  return {
    kind: 'retrying',
    task,
    dueMs,
    because,
    ...(isPaid ? { isPaid } : {}),
    ...(isPaid && Number.isFinite(question.budgetLeft) ? { budgetLeft: question.budgetLeft - 1 } : {}),
    ...(question.failed?.retryAfterMs === undefined ? {} : { retryAfterMs: question.failed.retryAfterMs }),
    ...(worker === 'any' ? {} : { prefers: worker }),
    ...(resources === undefined ? {} : { resources }),
    ...(scope === undefined ? {} : { scope }),
    ...(rung === undefined ? {} : { recovery: rung.taken }),
  }
}

function rungOf(state: RunState, task: number, { rule, failed }: RetryQuestion): ChosenRung | undefined {
  if (rule.ladder === undefined || failed === undefined) return undefined
  return chooseRung(state, { task, category: failed.category, rule, code: codeOf(state, task) })
}

function retryQuestion(state: RunState, task: number, ending: RetryQuestion['ending']): RetryQuestion {
  const { tasks, settings, attempts } = state
  const endings = state.endingsOf(task)
  const lost = endings.filter((attempt) => attempt.kind === 'lost')
  const ended = endings.flatMap((attempt) => (attempt.kind === 'ended' ? [attempt.outcome] : []))
  const failed = ending === 'failed' ? failedAttempt(ended.at(-1)) : undefined
  return {
    rule: ruleOf(state, task, failed),
    ending,
    failed: state.explainsRetries ? failed : undefined,
    charged: tasks.charged(task),
    uncharged: ended.filter(({ failure }) => !isChargedFor(failure?.category)).length,
    workersLost: state.suspicion.get(task) ?? 0,
    losses: lost.length,
    poisonAfter: settings.poisonAfter,
    maxLosses: settings.maxLosses,
    cancelled: state.cancelledBy.has(task),
    isIdempotent: tasks.definition(task).idempotent !== false,
    elapsedMs: state.atMs - attempts.launchedAtMs(firstAttempt(state, task)),
    budgetLeft: budgetLeft(state),
    flakinessLeft: flakinessLeft(state),
    rollOf: rollsOf(state, task),
    isTaken: state.explainsRetries ? (delayMs) => state.isRetryDueAt(state.atMs + delayMs) : undefined,
  }
}

/** The rule that holds for the last failure of a task, or for a failure that nothing is known of. */
export function ruleOf(state: RunState, task: number, failed: FailedAttempt | undefined): RetryRule {
  return ruleFor(state.settings.retry, state.tasks.definition(task), failed?.category ?? 'unknown')
}

/** What the decision has to know of an outcome. What says nothing of its failure is unknown, unless its result says it. */
export function failedAttempt(outcome: Outcome | undefined): FailedAttempt {
  const failure = outcome?.failure
  if (failure !== undefined) {
    const { category, transient, retryAfterMs } = failure
    return { category, transient, retryAfterMs }
  }
  if (outcome?.result === 'cancelled') return { category: 'cancelled', transient: false }
  return { category: outcome?.result === 'timed-out' ? 'timeout' : 'unknown', transient: true }
}

/** Retries that the run may still make; `Infinity` where it has no budget. */
function budgetLeft(state: RunState): number {
  return Math.max(0, retriesAllowed(state.settings.retry.budget, state.tasks.size) - state.paidRetries)
}

/** Retries that the run may still make to see whether tests are flaky; `Infinity` where they have no share of their own. */
function flakinessLeft({ settings, tasks, flakinessRetries }: RunState): number {
  return Math.max(0, flakinessRetriesAllowed(settings.retry.budget, tasks.size) - flakinessRetries)
}

/** Runs from before waits could depend on one another rolled by the number of the attempt. */
function rollsOf(state: RunState, task: number): (failures: number) => number {
  const n = state.tasks.n(task)
  return (failures) => roll(state.seed, task, state.explainsRetries ? failures : n, 'retry-delay')
}

function firstAttempt({ tasks, attempts }: RunState, task: number): number {
  let row = tasks.lastAttempt(task)
  for (let before = attempts.before(row); before >= 0; before = attempts.before(row)) row = before
  return row
}

function codeOf(state: RunState, task: number): string | undefined {
  return lastOutcome(state, task)?.failure?.code
}

function lastOutcome({ attempts, tasks }: RunState, task: number): Outcome | undefined {
  const ending = attempts.ending(tasks.lastAttempt(task))
  return ending?.kind === 'ended' ? ending.outcome : undefined
}
