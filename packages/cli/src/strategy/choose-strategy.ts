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
  readonly tasks: readonly Pick<TaskDefinition, 'id' | 'dependsOn' | 'expectedMs' | 'sizeBytes'>[]
  readonly facts: Readonly<Record<string, TaskFacts>>
  /** Wall time now, milliseconds since 1970. @defaultValue the history is taken for fresh */
  readonly nowWallMs?: number | undefined
}

/** Milliseconds after which durations are taken with care: a day. */
const freshForMs = 24 * 3_600_000

/** The strategy asked for, or the one that suits what is known. */
export function chooseStrategy(asked: StrategyName, { tasks, facts, nowWallMs }: KnownTasks): StrategyChoice {
  if (asked !== 'auto') return { name: asked, because: 'as asked for' }
  const known = tasks.filter(
    ({ id, expectedMs }) => facts[id]?.duration !== undefined || expectedMs !== undefined,
  ).length
  if (known === 0) {
    return tasks.some(({ sizeBytes }) => sizeBytes !== undefined)
      ? { name: 'largest-first', because: 'no durations are known yet, but the sizes of files are' }
      : { name: 'fifo', because: 'no durations are known yet' }
  }
  const howMany =
    known === tasks.length
      ? 'all durations are known'
      : `durations of ${String(known)} of ${String(tasks.length)} tasks are known`
  const hasEdges = tasks.some(({ dependsOn }) => dependsOn !== undefined && dependsOn.length > 0)
  if (hasEdges) return { name: 'critical-path-first', because: `${howMany}, and tasks depend on each other` }
  const ageMs = ageOf({ tasks, facts, nowWallMs })
  if (ageMs > freshForMs) return { name: 'hedged-longest-first', because: `${howMany}, measured ${days(ageMs)} ago` }
  return { name: known === tasks.length ? 'longest-first' : 'hedged-longest-first', because: howMany }
}

/** How long ago the newest duration of these tasks was measured; 0 where nobody says. */
function ageOf({ tasks, facts, nowWallMs }: KnownTasks): number {
  const newest = tasks.reduce((latest, { id }) => Math.max(latest, facts[id]?.duration?.measuredAtWallMs ?? -1), -1)
  return nowWallMs === undefined || newest < 0 ? 0 : nowWallMs - newest
}

function days(ms: number): string {
  const count = Math.floor(ms / freshForMs)
  return count === 1 ? 'a day' : `${String(count)} days`
}
