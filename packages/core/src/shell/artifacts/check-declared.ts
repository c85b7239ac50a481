// A task that declares files where nobody keeps any would lose them in silence: it is refused before anything runs.
import { MusterError } from '../../errors/muster-error.ts'
import type { TaskDefinition } from '../../model/task.ts'

/** Throws `OPTIONS_INVALID` for a task with artifacts or inputs where there is no folder for them. */
export function checkDeclared(tasks: readonly TaskDefinition[], hasFolder: boolean): void {
  if (hasFolder) return
  const task = tasks.find(({ artifacts, inputs }) => artifacts !== undefined || inputs !== undefined)
  if (task === undefined) return
  throw new MusterError('OPTIONS_INVALID', {
    expected: `a folder for the files of ${task.id}, which declares ${task.inputs === undefined ? 'artifacts' : 'inputs'}`,
    got: 'an orchestrator without `artifacts`',
    remedy: "Give it one, such as artifacts: { dir: '.muster/artifacts' }.",
  })
}
