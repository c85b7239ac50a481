// Which attempt a lost one is filed under. When a worker dies under several attempts nobody knows which of them it was; once
// one of their tasks is poisoned, it is known, also for the deaths before.
import type { AttemptName } from '../model/report.ts'
import type { AttemptTable } from './attempt-table.ts'
import type { TaskTable } from './task-table.ts'

/** Where it is looked up. */
export interface DeathBook {
  readonly tasks: TaskTable
  readonly attempts: AttemptTable
  /** The attempt under which a lost one is filed, by row. */
  readonly collateral: ReadonlyMap<number, number>
  /** Attempts that ended with the same worker, by the row of the one that is named. */
  readonly deaths: ReadonlyMap<number, readonly number[]>
}

/** The attempt that killed the worker under the attempt in that row; nothing where it was alone, or is the cause itself. */
export function firstCause(book: DeathBook, row: number): AttemptName | undefined {
  const { collateral, deaths, tasks, attempts } = book
  const named = collateral.get(row) ?? row
  const together = deaths.get(named)
  if (together === undefined) return undefined
  const isPoisoned = (each: number): boolean => tasks.verdictKind(attempts.task(each)) === 'poisoned'
  const cause = [named, ...together].find(isPoisoned) ?? named
  if (cause === row || isPoisoned(row)) return undefined
  return { task: tasks.id(attempts.task(cause)), n: numberOf(book, cause) }
}

function numberOf({ attempts }: DeathBook, row: number): number {
  let n = 1
  for (let before = attempts.before(row); before >= 0; before = attempts.before(before)) n++
  return n
}
