// The run that is killed over and over: bodies of 1 to 50 milliseconds, each behind one or two earlier tasks, so that an
// order which is forgotten would show.
import type { TaskDefinition } from '@muster/core'
import { dice } from './dice.ts'

/** The same tasks for the same seed. */
export function crashTasks({
  tasks,
  seed,
}: {
  readonly tasks: number
  readonly seed: number
}): readonly TaskDefinition[] {
  const roll = dice(seed)
  return Array.from({ length: tasks }, (_, index) => {
    const payload = { ms: 1 + Math.floor(roll() * 50), leavesChild: roll() < 0.03 }
    const earlier = index < 20 ? [] : [Math.floor(roll() * (index - 10)), index - 10 - Math.floor(roll() * 10)]
    return {
      id: `task-${String(index)}`,
      kind: 'sleep',
      payload,
      dependsOn: [...new Set(earlier)].map((at) => `task-${String(at)}`),
    }
  })
}
