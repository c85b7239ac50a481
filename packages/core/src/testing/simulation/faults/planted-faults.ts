// Every bug that is planted to see whether a law bites.
import { breakerFaults } from './breaker-faults.ts'
import { decisionFaults } from './decision-faults.ts'
import { driverFaults } from './driver-faults.ts'
import { orchestratorFaults } from './orchestrator-faults.ts'
import { placementFaults } from './placement-faults.ts'
import type { PlantedFault } from './planted-fault.ts'
import { preemptionFaults } from './preemption-faults.ts'

/** All planted faults; their names differ. */
export const plantedFaults: readonly PlantedFault[] = [
  ...decisionFaults,
  ...placementFaults,
  ...breakerFaults,
  ...driverFaults,
  ...orchestratorFaults,
  ...preemptionFaults,
]
