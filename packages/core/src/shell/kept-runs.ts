// What is asked about a run that is kept, whoever drove it: the journal is read and nothing is driven.
import { MusterError } from '../errors/muster-error.ts'
import { buildGraph } from '../graph/build-graph.ts'
import type { RunReport } from '../model/report.ts'
import type { WorkerDefinition } from '../model/worker.ts'
import type { Policy } from '../ports/policy.ts'
import type { Store } from '../ports/store.ts'
import { explain, type Explanation } from '../run/explain.ts'
import { inspectRun, type RunInspection } from '../run/inspect-run.ts'
import { type GraphFactsOf, Replay, type ReplayResult } from '../run/replay.ts'
import { reportOf } from '../run/report-of.ts'
import { RecordedRun } from '../what-if/recorded-run.ts'
import { whatIf, type WhatIf } from '../what-if/what-if.ts'
import { graphFacts } from './plan-tasks.ts'
import { readDetails } from './read-details.ts'
import { readCommits, readRun } from './read-journal.ts'

/** What is different in a run that is decided anew. */
export interface WhatIfOptions {
  /** @defaultValue the policy of the orchestrator */
  readonly policy?: Policy | undefined
  /** Attempts at the same time on each worker of the run. @defaultValue as it was */
  readonly slots?: number | undefined
  /** Instead of the workers that the run had; there from the start. @defaultValue those of the run, from its start to its end */
  readonly workers?: readonly WorkerDefinition[] | undefined
}

/** Reads the runs of a store; `policy` is asked where decisions are made anew. */
export class KeptRuns {
  readonly #store: Store
  readonly #policy: Policy

  constructor(store: Store, policy: Policy) {
    this.#store = store
    this.#policy = policy
  }

  async replay(id: string): Promise<ReplayResult> {
    const replay = new Replay(this.#policy, graphFactsFor(this.#policy))
    for await (const commit of readCommits(this.#store, id)) replay.take(commit)
    if (replay.result.rows === 0) throw unknownRun(id)
    return replay.result
  }

  async whatIf(id: string, { policy = this.#policy, slots, workers }: WhatIfOptions): Promise<WhatIf> {
    const recorded = new RecordedRun()
    for await (const commit of readCommits(this.#store, id)) recorded.take(commit)
    if (recorded.arrivals.length === 0) throw unknownRun(id)
    const asked = workers ?? recorded.workers.map((worker) => withSlots(worker, slots))
    if (asked.length > 0) return whatIf({ recorded, policy, workers: asked, graphOf: graphFactsFor(policy) })
    throw new MusterError('OPTIONS_INVALID', {
      expected: 'workers to run the tasks on',
      got: `run ${id}, which had none, and no \`workers\``,
    })
  }

  async explain(id: string, task: string): Promise<Explanation> {
    const { kernel } = await readRun(this.#store, id, this.#policy)
    kernel.placement.refresh()
    return explain(kernel, task)
  }

  async inspect(id: string): Promise<RunInspection> {
    const { kernel, startedAtWallMs, lastWallMs, lastAtMs } = await readRun(this.#store, id, this.#policy)
    kernel.placement.refresh()
    return inspectRun(kernel, { startedAtWallMs, lastWallMs, atMs: lastAtMs })
  }

  async report(id: string): Promise<RunReport> {
    const { kernel, startedAtWallMs } = await readRun(this.#store, id, this.#policy)
    const details = await readDetails(kernel.state, (name) => this.#store.readDetails(id, name))
    return reportOf(kernel.state, { startedAtWallMs, details })
  }
}

/** What a policy reads of the graph of recorded tasks. */
function graphFactsFor(policy: Policy): GraphFactsOf {
  return (tasks, facts) => {
    const built = buildGraph(tasks, { isOpen: true })
    // A journal holds only what was checked before; one that was tampered with parts soon enough without a graph.
    return built.kind === 'valid' ? graphFacts(built.graph, policy, facts) : {}
  }
}

function withSlots(worker: WorkerDefinition, slots: number | undefined): WorkerDefinition {
  return slots === undefined ? worker : { ...worker, capacity: { ...worker.capacity, slots } }
}

function unknownRun(run: string): MusterError {
  return new MusterError('RUN_UNKNOWN', { expected: `run ${run} in the store`, got: 'no such run' })
}
