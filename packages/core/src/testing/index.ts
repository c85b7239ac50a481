// What adapters are proven by: `@muster/core/testing`. Free of any test framework.
export { engineContract, type EngineContractCase } from './engine-contract.ts'
export type { EngineSubject, TrialTask } from './engine-trial.ts'
export { faultyStore, type StoreCall, type StoreFault } from './faulty-store.ts'
export { ManualClock } from './manual-clock.ts'
export { storeContract, type StoreContractCase, type StoreSubject } from './store-contract.ts'
export {
  runnerContract,
  type PlannedCase,
  type PlannedTask,
  type RunnerContractCase,
  type RunnerRole,
  type RunnerSubject,
} from './runner-contract.ts'
export type { CarryOut } from './runner-trial.ts'
export { laws, type LawNumber } from './simulation/laws.ts'
export type { SimulationPlan } from './simulation/plan.ts'
export { randomPlan, type PlanSize } from './simulation/random-plan.ts'
export { simulate, type BrokenLaw, type SimulationOptions, type SimulationResult } from './simulation/simulate.ts'
