// Jobs without precedence on machines that each take a time of their own for each job (R||Cmax).
import { join } from 'node:path'
import { readNumbers, readTable, type SchedulingInstance } from './scheduling-instance.ts'

/** Every instance that the table names. */
export function readUnrelatedMachines(folder: string): readonly SchedulingInstance[] {
  return readTable(join(folder, 'best-known.csv')).map(({ file = '', best_known_makespan }) => {
    const next = readNumbers(join(folder, file))
    const [jobs, machines] = [next(), next()]
    const times = Float64Array.from({ length: jobs * machines }, () => next())
    return {
      name: file,
      tasks: Array.from({ length: jobs }, (_, job) => ({ id: `j${job}`, kind: 'job' })),
      workers: Array.from({ length: machines }, (_, machine) => ({
        id: `m${machine}`,
        engine: 'none',
        kinds: ['job'],
        capacity: { slots: 1 },
      })),
      durationMs: (job: number, machine: number) => times[job * machines + machine] ?? NaN,
      best: Number(best_known_makespan),
      lowerBound: leastLoad(times, machines),
    }
  })
}

/** What no schedule can beat, as far as it can be said quickly: the best time of the worst job, and all best times shared out. */
function leastLoad(times: Float64Array, machines: number): number {
  let sum = 0
  let longest = 0
  for (let row = 0; row < times.length; row += machines) {
    const least = Math.min(...times.subarray(row, row + machines))
    sum += least
    longest = Math.max(longest, least)
  }
  return Math.max(longest, Math.ceil(sum / machines))
}
