// The public entry: which task goes next and where, and what follows from it. All of it is pure.
export {
  expectedMakespan,
  type ExpectedTask,
  type IdleTask,
  type MakespanEstimate,
  type MakespanQuestion,
} from './plan/expected-makespan.ts'
export type { MakespanBound } from './plan/makespan-bound.ts'
export type { PlanQuestion } from './plan/plan-question.ts'
export {
  type PlanOptions,
  type PlannedTask,
  planSchedule,
  type SchedulePlan,
  sufferagePlan,
} from './plan/plan-schedule.ts'
export { tasksInPlan } from './plan/tasks-in-plan.ts'
export { criticalPathFirst } from './strategies/critical-path-first.ts'
export { assignBatch, type BatchAssignment } from './matching/assign-batch.ts'
export { type AdaptiveChoice, adaptive, type AdaptiveOptions, type StrategyRecord } from './strategies/adaptive.ts'
export { affinity, type AffinityOptions, keepApart, type KeepApartOptions } from './strategies/affinity.ts'
export { costEfficient, type CostOptions } from './strategies/cost-efficient.ts'
export { hardwareMatch, type HardwareMatchOptions } from './strategies/hardware-match.ts'
export { likelyToFailFirst, type LikelyToFailOptions } from './strategies/likely-to-fail-first.ts'
export { loadBalanced } from './strategies/load-balanced.ts'
export { performanceBased } from './strategies/performance-based.ts'
export { priorityFirst, type PriorityOptions } from './strategies/priority-first.ts'
export { type ChangedOptions, recentlyChangedFirst } from './strategies/recently-changed-first.ts'
export { roundRobin } from './strategies/round-robin.ts'
export { seededShuffle, type ShuffleOptions } from './strategies/seeded-shuffle.ts'
export { shortestFirst } from './strategies/shortest-first.ts'
export { weighted, type WeightedPart } from './strategy/weighted.ts'
export { when } from './strategy/when.ts'
export { fifo } from './strategies/fifo.ts'
export { followPlan, type FollowPlanOptions } from './strategies/follow-plan.ts'
export { lookAhead } from './strategies/look-ahead.ts'
export { largestFirst } from './strategies/largest-first.ts'
export { longestFirst } from './strategies/longest-first.ts'
export { resourceCriticalPathFirst } from './strategies/resource-critical-path-first.ts'
export { referenceCapacity, resourceFit, type ResourceFitOptions } from './strategies/resource-fit.ts'
export { andThen } from './strategy/and-then.ts'
export { expectedDurationMs } from './strategy/expected-duration.ts'
export { chunkSizes, type ChunkOptions, nextChunk } from './batch/chunk-sizes.ts'
export { type BatchingQuestion, compareBatching, type ComparedBatching } from './batch/compare-batching.ts'
export { type Batch, type BatchOptions, type BatchStrategy, type BatchTest, formBatches } from './batch/form-batches.ts'
export { packBins, type PackOptions } from './batch/pack-bins.ts'
export { type KnownEnd, type SplitBatch, splitFailedBatch } from './batch/split-failed-batch.ts'
export { stealWork, type Theft } from './batch/steal-work.ts'
export { checkShards, type ShardsCheck, type TakenShard } from './partition/check-shards.ts'
export { type Partition, type PartitionOptions, partitionTests, type Shard } from './partition/partition-tests.ts'
export { type DurationEstimate, estimateDurations, type KnownDurations } from './predict/estimate-durations.ts'
export { hedgedLongestFirst, type HedgeOptions } from './predict/hedged-longest-first.ts'
export { normalTestId } from './predict/normal-test-id.ts'
export { strategyByName, strategyNames } from './strategy/strategy-by-name.ts'
export { compilePlugins, type CompiledPlugins } from './pipeline/compile-plugins.ts'
export { createPolicy } from './pipeline/create-policy.ts'
export { type ConsideredPlace, type Decision, explainDecision, type ScorePart } from './pipeline/decision.ts'
export {
  claim,
  definePlugin,
  type Permit,
  type Plugin,
  type PluginFacts,
  type PluginQuestion,
  type PluginReads,
  type PluginTask,
  type PluginWorker,
  refuse,
  type Refusal,
} from './pipeline/plugin.ts'
export type { PluginProblem } from './pipeline/plugin-guard.ts'
export type { PolicyOptions } from './pipeline/policy-options.ts'
export { type ComparedPolicy, compareStrategies, type StrategyComparison } from './simulate/compare-strategies.ts'
export {
  type AdjustOptions,
  type FairShareOptions,
  ownerShareOptions,
  type OwnerShareOptions,
  type QuotaOptions,
  type QuotaShare,
} from './quota/share-options.ts'
export { adjustShares, type AdjustedShare } from './quota/adjust-shares.ts'
export type { LoanEntry, LoanPart } from './quota/loans.ts'
export { fairShare, ownerShares, quotas } from './quota/owner-shares.ts'
export type { ShareListeners } from './quota/share-session.ts'
export { jainIndex, type ScheduleMetrics, scheduleMetrics } from './simulate/schedule-metrics.ts'
export {
  type SimulatedAttempt,
  type SimulatedSchedule,
  simulateSchedule,
  type SimulationRequest,
} from './simulate/simulate-schedule.ts'
export type { Workload } from './simulate/workload.ts'
export { backfill, type BackfillOptions, type PromisedPlace } from './reserve/backfill.ts'
export { patientBackfill, type PatientBackfillOptions } from './reserve/patient-backfill.ts'
export { findOverbooked, type Reservation, type ReservedFor } from './reserve/reservation.ts'
export { reservations, type ReservationsOptions } from './reserve/reservations.ts'
export { admitDeadline, type AdmitDeadlineOptions, type DeadlineAdmission } from './deadline/admit-deadline.ts'
export { assessDeadlines, type DeadlineRisk } from './deadline/assess-deadlines.ts'
export type { ToldProbability } from './deadline/calibrate-probability.ts'
export { deadlineAware, type DeadlineAwareOptions } from './deadline/deadline-aware.ts'
export type { DeadlineSnapshot, DueTask } from './deadline/deadline-snapshot.ts'
export { earliestDeadlineFirst, leastSlackFirst } from './deadline/deadline-strategies.ts'
export { mitigateDeadlines, type MitigationStep } from './deadline/mitigate-deadlines.ts'
