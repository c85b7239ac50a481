// The resource-constrained project scheduling problem: activities with precedence share four renewable resources (Kolisch
// and Sprecher 1997). Files in the Patterson format; one worker has all resources.
import type { TaskDefinition } from '@muster/core'
import { join } from 'node:path'
import { readNumbers, readTable, type SchedulingInstance } from './scheduling-instance.ts'

/** A project, with the length of its critical path. */
export interface ProjectInstance extends SchedulingInstance {
  /** `j30`, `j60`, `j90` or `j120`. */
  readonly set: string
  readonly criticalPath: number
}

/** Every project that the table names. */
export function readPsplib(folder: string): readonly ProjectInstance[] {
  return readTable(join(folder, 'best-known.csv')).map((row) => {
    const file = row['file'] ?? ''
    return {
      name: file,
      set: file.split('/')[0] ?? '',
      ...readProject(join(folder, file)),
      best: Number(row['upper_bound']),
      lowerBound: Number(row['lower_bound']),
      criticalPath: Number(row['critical_path']),
    }
  })
}

function readProject(path: string): Pick<SchedulingInstance, 'tasks' | 'workers'> {
  const next = readNumbers(path)
  const count = next()
  const names = Array.from({ length: next() }, (_, r) => `r${r + 1}`)
  const amounts = (): Record<string, number> => Object.fromEntries(names.map((name) => [name, next()]))
  const capacity = { slots: count, ...amounts() }
  const dependsOn: string[][] = Array.from({ length: count }, () => [])
  const rows = Array.from({ length: count }, (_, at) => {
    const expectedMs = next()
    const resources = amounts()
    for (let left = next(); left > 0; left--) dependsOn[next() - 1]?.push(`a${at + 1}`)
    return { expectedMs, resources }
  })
  return {
    tasks: rows.map(({ expectedMs, resources }, at): TaskDefinition => ({
      id: `a${at + 1}`,
      kind: 'activity',
      expectedMs,
      dependsOn: dependsOn[at],
      needs: { resources },
    })),
    workers: [{ id: 'site', engine: 'none', kinds: ['activity'], capacity }],
  }
}
