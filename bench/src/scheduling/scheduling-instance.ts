// One scheduling problem of the literature in the words of Muster: tasks, workers, how long what takes where, and what is
// known about the best schedule. Files are read by the readers beside this; none of them knows what is done with it.
import type { TaskDefinition, WorkerDefinition } from '@muster/core'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BenchMisuse } from '../bench-misuse.ts'
import type { BenchContext } from '../bench.ts'

/** A problem with what is known of it. */
export interface SchedulingInstance {
  /** The file, and what tells its instances apart. */
  readonly name: string
  readonly tasks: readonly TaskDefinition[]
  readonly workers: readonly WorkerDefinition[]
  /** Milliseconds by position of task and worker, where they differ between workers. */
  readonly durationMs?: ((task: number, worker: number) => number) | undefined
  /** The shortest makespan that anybody has found. */
  readonly best: number
  /** What no schedule can beat. */
  readonly lowerBound: number
}

/** A folder of the data; a benchmark cannot do without it. */
export function dataFolder({ data }: Pick<BenchContext, 'data'>, set: string): string {
  const folder = join(data ?? '', set)
  if (data !== undefined && existsSync(folder)) return folder
  throw new BenchMisuse(`Expected --data to name a folder with the set ${set}, got ${data ?? 'nothing'}.`)
}

/** The rows of a table of comma-separated values, by the names in its first line. */
export function readTable(path: string): readonly Readonly<Record<string, string>>[] {
  const [head = '', ...rows] = readFileSync(path, 'utf8').trim().split(/\r?\n/)
  const names = head.split(',')
  return rows.map((row) => {
    const cells = row.split(',')
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']))
  })
}

/** All numbers of a file, one after another. */
export function readNumbers(path: string): () => number {
  const words = readFileSync(path, 'utf8').split(/\s+/).filter(Boolean)
  let at = 0
  return () => {
    const number = Number(words[at++])
    if (Number.isFinite(number)) return number
    throw new Error(`Expected ${path} to hold a number at place ${at}, got ${words[at - 1] ?? 'its end'}`)
  }
}
