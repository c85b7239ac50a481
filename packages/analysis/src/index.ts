// The public entry: what the past says. Everything but the three functions on a store is pure.
export { durationFact } from './duration/duration-fact.ts'
export {
  createFailureGrouper,
  type FailureGrouper,
  type FailureGrouperOptions,
} from './failure-groups/failure-grouper.ts'
export type { FailureBlame, FailureOccurrence } from './failure-groups/failure-occurrence.ts'
export { groupFailures, type GroupFailuresOptions, occurrencesOf } from './failure-groups/group-failures.ts'
export type { KnownCauses, KnownFailure, KnownFailures, KnownRuns } from './failure-groups/known-failures.ts'
export { mergeCauses, mergeRuns, standingOf } from './failure-groups/known-failures.ts'
export { type CountedTasks, countedTasks } from './history/counted-tasks.ts'
export { readTaskSummary } from './history/decide-fold.ts'
export type { HistoryProblem } from './history/history-problem.ts'
export { factsOfSummary } from './history/facts-of-summary.ts'
export { foldTask } from './history/fold-task.ts'
export { mergeSummaries } from './history/merge-summaries.ts'
export type { ReadRecord } from './history/read-record.ts'
export { type TaskName, taskKey } from './history/record-key.ts'
export {
  type DurationSample,
  type FailureMark,
  samplesKept,
  type SeenRun,
  type TaskSummary,
  taskSummary,
} from './history/task-summary.ts'
export { foldRun, type FoldResult, type FoldRunOptions } from './shell/fold-run.ts'
export { historyFacts } from './shell/history-facts.ts'
export { knownFailures } from './shell/known-causes.ts'
export { recoveryHistory } from './shell/recovery-history.ts'
export { readSummaries, taskHistory } from './shell/task-history.ts'
export { median } from './statistics/median.ts'
export { quantile } from './statistics/quantile.ts'
