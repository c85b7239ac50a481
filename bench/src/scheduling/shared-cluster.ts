// The scenario of `fairness`: a hundred workers, ten owners of whom one submits a hundred times as much as each other, needs and
// lengths drawn from a log of the MetaCentrum (`wagap`). A second of the log is a millisecond here.
import { join } from 'node:path'
import type { TaskDefinition, WorkerDefinition } from '@muster/core'
import { drawFrom } from '../draw.ts'
import { readSwf } from './read-swf.ts'

/** Cores and gibibytes of a worker, as the larger machines of that log have them. */
const cores = 80
const memoryGib = 512
const gib = 2 ** 30
const modestTasks = 100

/** Tasks of ten owners, and where they may run. */
export interface SharedCluster {
  readonly tasks: readonly TaskDefinition[]
  readonly workers: readonly WorkerDefinition[]
  readonly modest: readonly string[]
}

/** Draws the scenario; all tasks are there from the start, in an order that is drawn as well. */
export function sharedCluster(folder: string, seed: number): SharedCluster {
  const { jobs } = readSwf(join(folder, 'wagap-2013.swf'))
  const draw = drawFrom(seed)
  const modest = Array.from({ length: 9 }, (_, at) => `modest-${at + 1}`)
  const owners = [...modest.flatMap((owner) => Array<string>(modestTasks).fill(owner))]
  owners.push(...Array<string>(100 * modestTasks).fill('greedy'))
  for (let at = owners.length - 1; at > 0; at--) {
    const other = draw(at + 1)
    const moved = owners[at] ?? ''
    owners[at] = owners[other] ?? ''
    owners[other] = moved
  }
  const tasks = owners.map((owner, at): TaskDefinition => {
    const job = jobs[draw(jobs.length)]
    const cpu = Math.min(job?.processors ?? 1, cores)
    const memory = Math.min(Math.max(1, Math.ceil((job?.memory ?? gib) / gib)), memoryGib)
    return {
      id: `t${at}`,
      kind: 'job',
      owner,
      expectedMs: Math.max(1, job?.runS ?? 1),
      needs: { resources: { cpu, memory } },
    }
  })
  const workers = Array.from({ length: 100 }, (_, at): WorkerDefinition => {
    return {
      id: `w${at}`,
      engine: 'simulated',
      kinds: ['job'],
      capacity: { slots: 1000, cpu: cores, memory: memoryGib },
    }
  })
  return { tasks, workers, modest }
}
