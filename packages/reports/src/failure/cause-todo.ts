// What a person does about a cause. Mostly that is what its first failure asks for; where one worker is to blame it is the worker.
import type { TaskReport } from '@muster/core'
import type { Cause } from './causes.ts'
import { whatToDo } from './what-to-do.ts'

/** Where to begin with a cause; `task` is that of its first case. */
export function causeTodo({ failure, group }: Pick<Cause, 'failure' | 'group'>, task: TaskReport | undefined): string {
  return group?.kind === 'worker' && group.suggestion !== undefined ? group.suggestion : whatToDo(failure, task)
}
