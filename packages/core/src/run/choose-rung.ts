// Which rung of its ladder the next attempt of a task takes. A task climbs one rung with each failure of the same category; where it
// begins is what failures of that kind have come to in this run (`ladder-standing.ts`). Rungs that cannot be carried out now are
// passed over: what would change nothing must not be told as if it had been tried, nor learned from.
import type { FailureCategory } from '../model/failure.ts'
import { builtInStrategies } from '../recovery/built-in-strategies.ts'
import type { RecoveryStep } from '../recovery/recovery-step.ts'
import { strategyOf } from '../recovery/strategy-of.ts'
import type { RetryRule } from '../retry/retry-policy.ts'
import { isLastCapable } from './decide-quarantine.ts'
import { enlargedResources } from './enlarged-resources.ts'
import type { RecoveryTaken } from '../recovery/recovery-used.ts'
import { standingKey } from './ladder-standing.ts'
import type { RunState } from './run-state.ts'

/** A rung, its place, and what it comes to now. */
export interface ChosenRung {
  readonly step: RecoveryStep
  /** The rule with what the rung says. */
  readonly rule: RetryRule
  readonly taken: RecoveryTaken
}

/** What the rung is chosen for. */
export interface RungQuestion {
  readonly task: number
  readonly category: FailureCategory
  readonly rule: RetryRule
  /** What ran out, where that is known. */
  readonly code: string | undefined
}

/** The rung, or nothing where there is no ladder or nothing of it can be carried out. */
export function chooseRung(state: RunState, question: RungQuestion): ChosenRung | undefined {
  const { ladder = [] } = question.rule
  if (ladder.length === 0) return undefined
  const from = Math.min(firstRung(state, question), ladder.length - 1)
  for (let rung = from; rung < ladder.length; rung++) {
    const chosen = tryRung(state, question, rung)
    if (chosen !== undefined) return chosen
  }
  for (let rung = from - 1; rung >= 0; rung--) {
    const chosen = tryRung(state, question, rung)
    if (chosen !== undefined) return chosen
  }
  return undefined
}

/** One above the one that has just failed, or where such failures stand in this run. */
function firstRung(state: RunState, { task, category }: RungQuestion): number {
  const before = state.recoveryOf(state.tasks.lastAttempt(task))
  if (before?.category === category) return before.rung + 1
  return state.ladders.get(standingKey(state.tasks.definition(task).kind, category))?.rung ?? 0
}

function tryRung(state: RunState, question: RungQuestion, rung: number): ChosenRung | undefined {
  const { category } = question
  const step = question.rule.ladder?.[rung]
  if (step === undefined) return undefined
  const { because, effect } = step
  const rule = because === 'default' ? defaultRule(state, question) : ruleOn(question.rule, step)
  const base = { category, rung, ...toldOf(step, question.rule, rule) }
  if (effect.kind === 'skip') return { step, rule, taken: base }
  const { process = 'any', concurrency, quarantine = false, worker = 'any', reservation = 'same' } = effect
  const failedOn = state.attempts.worker(state.tasks.lastAttempt(question.task))
  if (process !== 'any' && state.workers.definition(failedOn).freshProcesses !== true) return undefined
  if (concurrency === 'reduced' && state.running.size === 0) return undefined
  const isOut = state.workers.quarantine(failedOn) !== undefined
  if (quarantine && (isOut || isLastCapable(state, failedOn))) return undefined
  // By default another worker is only preferred, and what there is not is not told; a rung that is nothing but that needs one.
  if (because !== 'default' && worker === 'other' && !quarantine && !hasOther(state, question.task, failedOn))
    return undefined
  if (because !== 'default' && reservation !== 'same' && !isGained(state, question, rule)) return undefined
  return {
    step,
    rule,
    taken: {
      ...base,
      ...(process === 'any' ? {} : { process }),
      ...(concurrency === 'reduced' ? { inFlight: Math.max(1, Math.floor((state.running.size + 1) / 2)) } : {}),
      ...(quarantine ? { putsOut: failedOn } : {}),
    },
  }
}

/** What is said of the rung. Of what such failures are met with only that which can be done now, by its own name. */
function toldOf(
  { strategy, level, because, helped, uses }: RecoveryStep,
  asked: RetryRule,
  rule: RetryRule,
): Pick<RecoveryTaken, 'strategy' | 'level' | 'because' | 'helped' | 'uses'> {
  if (because === 'default' && (rule.worker !== asked.worker || rule.reservation !== asked.reservation)) {
    const done = strategyOf(rule)
    return { strategy: done, level: builtInStrategies.find(({ name }) => name === done)?.level ?? 1, because }
  }
  const known = { ...(helped === undefined ? {} : { helped }), ...(uses === undefined ? {} : { uses }) }
  return { strategy, level, because, ...known }
}

/** What holds by default, without what there is not: another worker, or anything larger to reserve. */
function defaultRule(state: RunState, question: RungQuestion): RetryRule {
  const { rule, task } = question
  const failedOn = state.attempts.worker(state.tasks.lastAttempt(task))
  const isAlone = rule.worker === 'other' && !hasOther(state, task, failedOn)
  const isWhole = rule.reservation !== 'same' && !isGained(state, question, rule)
  return isAlone || isWhole
    ? { ...rule, ...(isAlone ? { worker: 'any' } : {}), ...(isWhole ? { reservation: 'same' } : {}) }
    : rule
}

/** The rule of a task whose next attempt takes the rung. */
function ruleOn(rule: RetryRule, { effect }: RecoveryStep): RetryRule {
  if (effect.kind === 'skip') return rule
  const { delayMs, worker = 'any', reservation = 'same' } = effect
  const wait = delayMs === undefined ? {} : ({ baseDelayMs: delayMs, backoff: 'constant' } as const)
  return { ...rule, ...wait, maxDelayMs: Math.max(rule.maxDelayMs, delayMs ?? 0), worker, reservation }
}

function hasOther({ workers, tasks, classes }: RunState, task: number, worker: number): boolean {
  const taskClass = classes.get(tasks.taskClass(task))
  if (taskClass === undefined) return false
  for (let other = 0; other < workers.size; other++) {
    if (other !== worker && workers.missing(other, taskClass).length === 0) return true
  }
  return false
}

function isGained(state: RunState, { task, code }: RungQuestion, rule: RetryRule): boolean {
  return enlargedResources(state, task, rule, code) !== undefined
}
