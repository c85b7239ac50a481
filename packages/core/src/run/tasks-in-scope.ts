// Whom a cancel is aimed at. Asked when it is decided and again when it is applied, so both must come to the same tasks.
import type { RunState } from './run-state.ts'
import type { CancelScope } from './signal.ts'

/** Handles of the tasks that a cancel is aimed at. */
export function tasksInScope(state: RunState, scope: CancelScope): Iterable<number> {
  switch (scope.kind) {
    case 'run':
      return allTasks(state)
    case 'task': {
      const task = state.tasks.handle(scope.task)
      return task === undefined ? [] : [task]
    }
    case 'group':
      return membersOf(state, scope.group)
  }
}

function* allTasks(state: RunState): Iterable<number> {
  for (let task = 0; task < state.tasks.size; task++) yield task
}

function* membersOf(state: RunState, group: string): Iterable<number> {
  for (let task = 0; task < state.tasks.size; task++) {
    if (state.tasks.definition(task).groups?.includes(group) === true) yield task
  }
}
