// Which order is worth having, from what is known: there is no point in sorting by durations that nobody has measured.
import type { TaskDefinition, TaskFacts } from '@muster/core'
import type { StrategyName } from './strategy-names.ts'

/** A strategy with the reason for it. */
export interface StrategyChoice {
  readonly name: Exclude<StrategyName, 'auto'>
  readonly because: string
}

/** What is known of the tasks. */
export interface KnownTasks {
  readonly tasks: readonly Pick<TaskDefinition, 'id' | 'dependsOn' | 'expectedMs'>[]
  readonly facts: Readonly<Record<string, TaskFacts>>
}

/** The strategy asked for, or the one that suits what is known. */
export function chooseStrategy(asked: StrategyName, { tasks, facts }: KnownTasks): StrategyChoice {
  if (asked !== 'auto') return { name: asked, because: 'as asked for' }
  const known = tasks.filter(
    ({ id, expectedMs }) => facts[id]?.duration !== undefined || expectedMs !== undefined,
  ).length
  if (known === 0) return { name: 'fifo', because: 'no durations are known yet' }
  const howMany =
    known === tasks.length
      ? 'all durations are known'
      : `durations of ${String(known)} of ${String(tasks.length)} tasks are known`
  const hasEdges = tasks.some(({ dependsOn }) => dependsOn !== undefined && dependsOn.length > 0)
  return hasEdges
    ? { name: 'critical-path-first', because: `${howMany}, and tasks depend on each other` }
    : { name: 'longest-first', because: howMany }
}
