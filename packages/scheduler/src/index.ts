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
export { criticalPathFirst } from './strategies/critical-path-first.ts'
export { fifo } from './strategies/fifo.ts'
export { lookAhead } from './strategies/look-ahead.ts'
export { longestFirst } from './strategies/longest-first.ts'
export { resourceCriticalPathFirst } from './strategies/resource-critical-path-first.ts'
export { referenceCapacity, resourceFit, type ResourceFitOptions } from './strategies/resource-fit.ts'
export { andThen } from './strategy/and-then.ts'
export { expectedDurationMs } from './strategy/expected-duration.ts'
export { strategyByName, strategyNames } from './strategy/strategy-by-name.ts'
