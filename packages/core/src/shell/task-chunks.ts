// Tasks are told in chunks, so that no row of the journal grows without bound. They take part once the last chunk is there.
import type { TaskFacts } from '../model/facts.ts'
import type { AddTasksSignal } from '../run/signal.ts'
import type { TaskBatch } from './task-batch.ts'

const tasksPerRow = 5_000

/** The signals that hand in a batch, at least one; they are made as they are asked for. */
export function* taskChunks({ tasks, groups = [], facts = {} }: TaskBatch): Generator<AddTasksSignal, void, void> {
  const hasFacts = Object.keys(facts).length > 0
  for (let from = 0; from < tasks.length || from === 0; from += tasksPerRow) {
    const chunk = tasks.slice(from, from + tasksPerRow)
    const known: Record<string, TaskFacts> = {}
    if (hasFacts) {
      for (const { id } of chunk) {
        const fact = facts[id]
        if (fact !== undefined) known[id] = fact
      }
    }
    yield {
      kind: 'add-tasks',
      tasks: chunk,
      groups: from === 0 ? groups : [],
      facts: hasFacts ? known : undefined,
      more: from + tasksPerRow < tasks.length,
    }
  }
}
