// The events of a whole step, in the order in which everybody hears them: notes, what happened, then verdicts. One place, so
// that whoever reads them from the journal later hears what was told live.
import type { RunEvent } from '../events/run-event.ts'
import { eventOf } from './events-of.ts'
import type { Step } from './kernel.ts'
import type { RunState } from './run-state.ts'

/** Tells what a step came to; `state` is the one right after it, `position` the row that made it durable. */
export function tellStep(state: RunState, step: Step, position: number, tell: (event: RunEvent) => void): void {
  const { atMs } = state
  for (const text of step.notes) tell({ kind: 'note', text, position, atMs })
  for (const entry of step.entries) {
    const event = eventOf(state, entry, position)
    if (event !== undefined) tell(event)
  }
  for (const task of step.judged) {
    const verdict = state.verdict(task)
    if (verdict !== undefined) tell({ kind: 'task-judged', task: state.tasks.id(task), verdict, position, atMs })
  }
}
