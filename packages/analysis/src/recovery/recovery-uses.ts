// What a run tells of recovery: each attempt that followed a failed one is a use of the strategy that the run's rules named for
// that failure. Attempts that were lost or cancelled say nothing of what helps.
import type { FailureCategory, RunReport, TaskReport } from '@muster/core'
import { type RecoverySample, type RecoverySituation, strategyOf } from '@muster/core/recovery'
import { type RetryPolicy, ruleFor } from '@muster/core/retry'

/** One use of a strategy. */
export interface RecoveryUse {
  readonly situation: RecoverySituation
  readonly sample: RecoverySample
}

/** The uses in one task, by the rules that its run had. */
export function recoveryUses(
  task: TaskReport,
  policy: RetryPolicy,
  { startedAtWallMs }: Pick<RunReport, 'startedAtWallMs'>,
): readonly RecoveryUse[] {
  const before = new Set<FailureCategory>()
  return task.attempts.flatMap(({ ending, closedAtMs, worker }, at): readonly RecoveryUse[] => {
    const next = task.attempts[at + 1]
    if (ending.kind !== 'ended' || ending.outcome.failure === undefined || next?.ending.kind !== 'ended') return []
    const { result } = next.ending.outcome
    if (result !== 'passed' && result !== 'failed' && result !== 'timed-out') return []
    const { category } = ending.outcome.failure
    const again = before.has(category) ? 1 : 0
    before.add(category)
    const ms = Math.max(0, (next.closedAtMs ?? 0) - (closedAtMs ?? 0))
    // The report says which rung was taken; runs without ladders are told from their rules.
    const rule = ruleFor(policy, { kind: task.kind }, category)
    const told = next.recovery?.strategy ?? strategyOf(rule)
    // Another worker is preferred, not waited for: where it was the same one again, nothing is learned of going elsewhere.
    const strategy = told === 'other-worker' && next.worker === worker ? strategyOf({ ...rule, worker: 'any' }) : told
    const situation = { category, strategy, workerClass: workerClass(worker), runner: task.kind }
    return [{ situation, sample: [startedAtWallMs, result === 'passed' ? 1 : 0, Math.round(ms), again] }]
  })
}

/** Workers that differ in their numbers only are of one kind. */
function workerClass(worker: string): string {
  return worker.replace(/\d+/g, '#')
}
