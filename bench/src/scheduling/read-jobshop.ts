// The job shop: each job visits every machine in an order of its own, a machine does one operation at a time. The machines
// are resources of one worker, an operation waits for the one before it in its job.
import type { TaskDefinition } from '@muster/core'
import { join } from 'node:path'
import { readNumbers, readTable, type SchedulingInstance } from './scheduling-instance.ts'

/** Every shop that the table names. */
export function readJobshop(folder: string): readonly SchedulingInstance[] {
  return readTable(join(folder, 'best-known.csv')).map(({ file = '', upper_bound, lower_bound }) => ({
    name: file,
    ...readShop(join(folder, file)),
    best: Number(upper_bound),
    lowerBound: Number(lower_bound),
  }))
}

function readShop(path: string): Pick<SchedulingInstance, 'tasks' | 'workers'> {
  const next = readNumbers(path)
  const [jobs, machines] = [next(), next()]
  const tasks: TaskDefinition[] = []
  for (let job = 0; job < jobs; job++) {
    for (let step = 0; step < machines; step++) {
      const machine = `m${next()}`
      tasks.push({
        id: `j${job}-${step}`,
        kind: 'operation',
        expectedMs: next(),
        dependsOn: step === 0 ? [] : [`j${job}-${step - 1}`],
        groups: [`job ${job}`],
        needs: { resources: { [machine]: 1 } },
      })
    }
  }
  const capacity = Object.fromEntries(Array.from({ length: machines }, (_, machine) => [`m${machine}`, 1]))
  return {
    tasks,
    workers: [{ id: 'shop', engine: 'none', kinds: ['operation'], capacity: { slots: tasks.length, ...capacity } }],
  }
}
