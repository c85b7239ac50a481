// The public surface of `@muster/core`: named exports only. The graph, failures, retries, processes and contracts have
// entries of their own.
export { createOrchestrator, type EventsOptions, type Orchestrator, type ResumeOptions } from './shell/orchestrator.ts'
export type { WhatIfOptions } from './shell/kept-runs.ts'
export type { OrderedAttempt, Schedule, WhatIf, WorkerShare } from './what-if/what-if.ts'
export type { Hooks, OrchestratorOptions, RunRequest } from './shell/orchestrator-options.ts'
export type { Plan } from './shell/plan.ts'
export type { Run } from './shell/run-handle.ts'
export type { TaskBatch } from './shell/task-batch.ts'
export type { EventName, EventOf, Listener, ListenerName } from './shell/event-hub.ts'
export type { Listenable } from './shell/listening.ts'
export {
  defineExecutor,
  type DefinedExecutor,
  type DefineExecutorOptions,
  type ExecutorBody,
  type TaskOf,
} from './run/define-executor.ts'
export type { EnvironmentOptions } from './shell/environment.ts'
export type { ArtifactOptions } from './artifacts/artifact-options.ts'
export { globProblem } from './artifacts/glob-problem.ts'
export { pruneArtifacts, type PruneRequest, type Pruned } from './shell/artifacts/prune-artifacts.ts'
export type { OutputOptions } from './shell/engine-options.ts'
export { inProcessEngine, type InProcessEngineOptions } from './shell/in-process-engine.ts'
export { localEngine, type LocalEngineOptions } from './shell/local/local-engine.ts'
export { type CgroupUse, describeCgroups } from './shell/local/cgroups/use-cgroups.ts'
export type { Isolation } from './shell/local/messages.ts'
export type { RecycleOptions } from './shell/local/recycling.ts'
export { memoryStore, type MemoryStoreOptions } from './shell/memory-store.ts'
export { readMachine } from './shell/machine.ts'
export { systemClock } from './shell/system-clock.ts'
export { fifo } from './run/fifo.ts'
export { judge, type AttemptEnding, type TaskEnding, type TaskHistory } from './run/judge.ts'
export { edgeEffect, expiryEffect, type EdgeEffect } from './run/edge-table.ts'
export { exitCodes, exitVerdict } from './run/exit-verdict.ts'
export { verdictSentence, type Explanation } from './run/explain.ts'
export type { InspectedWorker, OpenAttemptView, RunInspection, WaitingTasks } from './run/inspect-run.ts'
export { Kernel, type Outstanding, type Step } from './run/kernel.ts'
export { decideSlots, adaptSlots, type MachineLoad, type SlotStrategy, type Workload } from './run/decide-slots.ts'
export { newRunId } from './shell/run-id.ts'
export type { Parting, ReplayResult } from './run/replay.ts'
export { type KernelOptions, kernelOptions, type KernelOptionsInput } from './run/kernel-options.ts'
export type { CommitRecord, Entry } from './run/entry.ts'
export type { BreakerOptions } from './resilience/breaker-options.ts'
export type { BreakersOptions } from './resilience/breakers-options.ts'
export type { AddTasksSignal, AttemptSignal, CancelScope, ControlSignal, Signal, WorkerSignal } from './run/signal.ts'

export { attemptLabel, type AttemptRef } from './model/attempt.ts'
export type { DependencyDefinition, DependencyKind } from './model/dependency.ts'
export type { DurationFact, TaskFacts } from './model/facts.ts'
export type { Failure, FailureCategory, FailurePhase, FailureSeverity, Fault } from './model/failure.ts'
export type { FailureGroup, FailureGroups, GroupExample, GroupStanding } from './model/failure-group.ts'
export type { FailureRule } from './failure/rules/failure-rule.ts'
export { failureRuleSchema } from './failure/rules/failure-rule-schema.ts'
export type {
  Artifact,
  AttemptDetails,
  CapturedText,
  CaseCounts,
  CaseName,
  CaseScope,
  CaseResult,
  Leaks,
  LeftProcess,
  Outcome,
  ResourceUse,
  Result,
} from './model/outcome.ts'
export type { AttemptLimits } from './model/limits.ts'
export type {
  AttemptReport,
  ExitVerdict,
  LossCause,
  RunEnding,
  RunReport,
  TaskReport,
  WorkerReport,
  AttemptName,
  BreakerReport,
} from './model/report.ts'
export type { GroupDefinition, NeedDefinition, TaskDefinition } from './model/task.ts'
export type { Verdict, VerdictKind } from './model/verdict.ts'
export type { WorkerDefinition } from './model/worker.ts'

export type { CancelWait, Clock } from './ports/clock.ts'
export type {
  AttachAnswer,
  AttemptFolders,
  DetachReason,
  Engine,
  EngineContext,
  LaunchCommand,
  OpenAttempt,
  ProvisionalNews,
  WarmUp,
} from './ports/engine.ts'
export type {
  AttemptResult,
  ExecutableTask,
  ExecutionContext,
  Executor,
  ExecutorModule,
  LostProcess,
} from './ports/executor.ts'
export type { Logger } from './ports/logger.ts'
export type { Observer } from './ports/observer.ts'
export type {
  Claim,
  Happening,
  Policy,
  Preemption,
  PreemptionQuestion,
  Rejection,
  TaskView,
  WorkerView,
} from './ports/policy.ts'
export type { Discovery, DiscoverRequest, Runner } from './ports/runner.ts'
export type {
  Commit,
  HistoryGuard,
  HistoryRecord,
  JournalRow,
  JournalWriter,
  OpenJournalRequest,
  RunOwner,
  RunRecord,
  Store,
} from './ports/store.ts'

export { errorCatalogue, type ErrorCode, type ErrorDescription } from './errors/error-catalogue.ts'
export { invariant } from './errors/invariant.ts'
export { isMusterError, MusterError, type ErrorFacts } from './errors/muster-error.ts'
export { parseOptions } from './errors/parse-options.ts'
export { nearestName } from './graph/nearest-name.ts'
export type { Resolved } from './options/resolved.ts'
export type { RetryOptions, RunRetryOptions } from './retry/retry-options.ts'
export type { RetryPolicy } from './retry/retry-policy.ts'
export type { GiveUpReason, RetryReason } from './run/entry.ts'
export { retryOptions, runRetryOptions, taskRetryOptions } from './retry/retry-schemas.ts'
export type {
  AttemptEnded,
  AttemptLaunched,
  AttemptLost,
  AttemptOutput,
  AttemptProgress,
  AttemptStarted,
  BreakerChanged,
  CaseEnded,
  Note,
  RunDraining,
  RunEnded,
  RunEvent,
  RunEventBody,
  RunningAttempt,
  RunPaused,
  RunSnapshot,
  RunStarted,
  RunUnpaused,
  TaskJudged,
  TaskGaveUp,
  TaskRetrying,
  TasksAdded,
  WorkerChanged,
  WorkerQuarantined,
} from './events/run-event.ts'
