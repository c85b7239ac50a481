// Recovery after failures, learned: `@muster/core/recovery`. Pure.
export { adaptTimeout, type AdaptedTimeout, type AdaptTimeoutOptions, type TimeoutEvidence } from './adapt-timeout.ts'
export { builtInStrategies, unofferedStrategies } from './built-in-strategies.ts'
export { chooseRecovery, type RecoveryChoice, type RecoveryQuestion } from './choose-recovery.ts'
export type { RecoveryReason } from './recovery-words.ts'
export { planRecovery, type PlannedRecovery, type RecoveryPlan, type RecoveryPlanQuestion } from './plan-recovery.ts'
export {
  foldRecovery,
  mergeRecoveries,
  type RecoveryRecord,
  type RecoverySample,
  type RecoverySituation,
  situationKey,
} from './recovery-record.ts'
export { defineRecoveryStrategy, type RecoveryEffect, type RecoveryStrategy } from './recovery-strategy.ts'
export type { RecoveryLevel } from './recovery-words.ts'
export { type RecoveryOptions, strategiesOf, type StrategyOptions } from './recovery-options.ts'
export { explainRecovery, type RecoveryUsed } from './recovery-used.ts'
export type { RecoveryStep } from './recovery-step.ts'
export type { Roll } from './sample-beta.ts'
export { strategyOf } from './strategy-of.ts'
