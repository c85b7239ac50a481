// A task that nobody executes is refused when it comes in, not when its turn comes: by then half of the run may be over.
import { MusterError } from '../errors/muster-error.ts'
import { nearestName } from '../graph/nearest-name.ts'
import type { TaskDefinition } from '../model/task.ts'

/** Throws `EXECUTOR_UNKNOWN` for a task that nobody executes. */
export function checkKinds(tasks: readonly TaskDefinition[], kinds: ReadonlySet<string> | undefined): void {
  if (kinds === undefined) return
  const foreign = tasks.find((task) => !kinds.has(task.kind))
  if (foreign === undefined) return
  const nearest = nearestName(foreign.kind, [...kinds])
  throw new MusterError('EXECUTOR_UNKNOWN', {
    expected: kinds.size === 0 ? 'at least one executor or runner' : `a kind among ${[...kinds].join(', ')}`,
    got: `kind ${JSON.stringify(foreign.kind)} of task ${JSON.stringify(foreign.id)}`,
    ...(nearest === undefined ? {} : { remedy: `Did you mean ${nearest}?` }),
  })
}
