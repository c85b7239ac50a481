// A plan as plain data: what would run in which order, what it is expected to take, and the chain that decides how long the
// whole takes. What `muster plan --json` prints, and what the table is made from.
import type { MakespanEstimate } from '@muster/scheduler'

/** One task of a plan. */
export interface PlannedTask {
  readonly id: string
  readonly kind: string
  readonly file?: string | undefined
  readonly groups: readonly string[]
  /** Ids of the tasks and groups waited for. */
  readonly dependsOn: readonly string[]
  /** Absent where nothing is known. */
  readonly expected?:
    { readonly medianMs: number; readonly p10Ms: number; readonly p90Ms: number; readonly samples: number } | undefined
  /** Milliseconds from the start of the run at which it is expected to start; absent where it would not run, or no duration is known. */
  readonly startMs?: number | undefined
  /** Why it would not run, where it would not. */
  readonly idle?: string | undefined
}

/** A plan, version 1. */
export interface PlanView {
  readonly version: 1
  readonly project: string
  readonly strategy: { readonly name: string; readonly because: string }
  readonly slots: number
  readonly runners: string
  /** In the order in which they are expected to start. */
  readonly tasks: readonly PlannedTask[]
  readonly groups: readonly { readonly id: string; readonly tasks: number; readonly concurrency?: number | undefined }[]
  readonly dependencies: number
  /** Expected times; absent where no duration is known. */
  readonly times?:
    | {
        readonly makespanMs: number
        readonly workMs: number
        /** No schedule can take less. */
        readonly boundMs: number
        /** Tasks whose duration is assumed, since it is not known. */
        readonly assumed: number
        /** What is assumed for each of them, here and in the critical path: the median of the known durations. */
        readonly assumedMs: number
      }
    | undefined
  readonly criticalPath?: { readonly tasks: readonly string[]; readonly ms?: number | undefined } | undefined
  readonly warnings: readonly string[]
}

/** Expected starts by id, and what would not run. */
export interface ExpectedOrder {
  readonly startMs: ReadonlyMap<string, number>
  readonly idle: ReadonlyMap<string, string>
}

/** Reads starts from an estimate. */
export function expectedOrder(estimate: MakespanEstimate, sentence: (verdict: IdleVerdict) => string): ExpectedOrder {
  if (estimate.kind === 'unknown') return { startMs: new Map(), idle: new Map() }
  return {
    startMs: new Map(estimate.tasks.map(({ id, startMs }) => [id, startMs])),
    idle: new Map(estimate.idle.map(({ id, verdict }) => [id, sentence(verdict)])),
  }
}

type IdleVerdict = Extract<MakespanEstimate, { kind: 'estimated' }>['idle'][number]['verdict']

/** Tasks by expected start, then as defined; those that would not run come last. */
export function inStartOrder<Task extends { readonly startMs?: number | undefined }>(
  tasks: readonly Task[],
): readonly Task[] {
  const startOf = ({ startMs }: Task): number => startMs ?? Infinity
  return tasks
    .map((task, at) => ({ task, at }))
    .sort((a, b) => compare(startOf(a.task), startOf(b.task)) || a.at - b.at)
    .map(({ task }) => task)
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
