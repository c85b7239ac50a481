// A batch that a crash cut off is half in the journal: its tasks take part with whatever completes it. Whoever added it was
// never told that it is kept, so he adds it again; what is there already must be neither doubled nor forgotten.
import type { RunState } from '../run/run-state.ts'
import type { TaskBatch } from './task-batch.ts'

/** What is left of a batch without its end; nothing where all batches are whole. */
export function cutOffBatch({ isBatchOpen, pending }: RunState): TaskBatch | undefined {
  return isBatchOpen ? { tasks: [...pending.tasks], groups: [...pending.groups] } : undefined
}

/** What the batch that completes it comes to: all that takes part then, and what of it has still to be told. */
export function completeBatch(left: TaskBatch | undefined, batch: TaskBatch): { whole: TaskBatch; rest: TaskBatch } {
  if (left === undefined) return { whole: batch, rest: batch }
  const kept = new Set(left.tasks.map(({ id }) => id))
  const groups = new Set(batch.groups?.map(({ id }) => id))
  const rest = { ...batch, tasks: batch.tasks.filter(({ id }) => !kept.has(id)) }
  const before = left.groups?.filter(({ id }) => !groups.has(id)) ?? []
  const whole = { tasks: [...left.tasks, ...rest.tasks], groups: [...before, ...(batch.groups ?? [])] }
  return { whole, rest }
}
