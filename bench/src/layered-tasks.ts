// Tasks that do nothing, with dependencies: each depends on two earlier ones drawn from the seed, so that there is no
// order to guess and no level to wait for.
import type { TaskDefinition } from '@muster/core'
import { drawFrom } from './draw.ts'

const batch = 10_000

/** `count` tasks with ids as JSON.parse gives them: fresh strings, equal ones not the same object. */
export function layeredTasks(count: number, seed: number): readonly TaskDefinition[] {
  const draw = drawFrom(seed)
  const tasks: TaskDefinition[] = []
  // Parsed in batches, so that making the input costs no more memory than the input.
  for (let from = 0; from < count; from += batch) {
    const lines: string[] = []
    for (let i = from; i < Math.min(from + batch, count); i++) {
      const dependsOn = i < 100 ? [] : [...new Set([draw(i), draw(i)])].map((target) => `task-${String(target)}`)
      lines.push(JSON.stringify({ id: `task-${String(i)}`, kind: 'noop', dependsOn }))
    }
    // What was written a line above is what is read.
    const parsed = JSON.parse(`[${lines.join(',')}]`) as readonly TaskDefinition[]
    for (const task of parsed) tasks.push(task)
  }
  return tasks
}
