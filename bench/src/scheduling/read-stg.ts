// The Standard Task Graph set (Tobita and Kasahara 2002): tasks with precedence on equal processors, each of them a worker
// with one slot.
import type { TaskDefinition } from '@muster/core'
import { join } from 'node:path'
import { readNumbers, readTable, type SchedulingInstance } from './scheduling-instance.ts'

/** A task graph on a number of processors. */
export interface TaskGraphInstance extends SchedulingInstance {
  /** Tasks of the graph, the two of no length at its ends not counted. */
  readonly size: number
}

/** Every graph that the table names, once for each number of processors. */
export function readStg(folder: string): readonly TaskGraphInstance[] {
  return readTable(join(folder, 'optimal.csv')).flatMap(({ file = '', ...optima }) => {
    const tasks = readGraph(join(folder, file))
    return Object.entries(optima).map(([column, optimum]): TaskGraphInstance => {
      const processors = Number(column.slice(1))
      return {
        name: `${file} on ${processors}`,
        size: Number(file.split('/')[0]),
        tasks,
        workers: Array.from({ length: processors }, (_, at) => ({
          id: `p${at + 1}`,
          engine: 'none',
          kinds: ['task'],
          capacity: { slots: 1 },
        })),
        best: Number(optimum),
        lowerBound: Number(optimum),
      }
    })
  })
}

function readGraph(path: string): readonly TaskDefinition[] {
  const next = readNumbers(path)
  // The two of no length at the ends are not counted in the first number.
  const count = next() + 2
  return Array.from({ length: count }, () => {
    const id = `t${next()}`
    const expectedMs = next()
    const dependsOn = Array.from({ length: next() }, () => `t${next()}`)
    return { id, kind: 'task', expectedMs, dependsOn }
  })
}
