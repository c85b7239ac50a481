// An orchestrator that runs nothing and only reads what is kept: for reports, explanations and replays.
import { createOrchestrator, fifo, type Orchestrator, type Policy } from '@muster/core'
import type { Project } from './open-project.ts'

/** Opens the kept runs of a project; a replay asks `policy` what it would decide today. */
export function keptRuns({ store, root }: Pick<Project, 'root' | 'store'>, policy: Policy = fifo()): Orchestrator {
  return createOrchestrator({ store, root, policy })
}
