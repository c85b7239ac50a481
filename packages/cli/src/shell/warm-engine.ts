// Agents start while tests are still being looked for: both take a good part of a second, and neither needs the other.
import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { type Engine, localEngine, newRunId, type OrchestratorOptions } from '@muster/core'

/** An engine that gets ready for a run. */
export interface WarmEngine {
  readonly engine: Engine
  /** The run that it gets ready for. */
  readonly run: string
}

/** More are started when there are attempts for them: a short run would never use them. */
const mostAtOnce = 4

/** What is known before the tasks are. */
export interface WarmStart {
  readonly options: Pick<OrchestratorOptions, 'runners' | 'env' | 'limits' | 'recycle' | 'isolation' | 'cgroups'>
  readonly root: string
  readonly slots: number
  /** The selection, as given. */
  readonly words: readonly string[]
  readonly wallMs: number
}

/** Makes the engine of a run and starts its first agents. */
export function warmEngine({ options, root, slots, words, wallMs }: WarmStart): WarmEngine {
  const { runners, env, limits, recycle, isolation, cgroups } = options
  const engine = localEngine({ runners, slots, env, limits, recycle, isolation, cgroups })
  const run = newRunId(wallMs)
  engine.warmUp?.({ run, root, attempts: Math.min(slots, mostAtOnce, atMost(root, words)) })
  return { engine, run }
}

/** Slots that are known before the tasks are; none where a strategy waits for those. */
export function slotsBeforehand(slots: number | string): number | undefined {
  if (typeof slots === 'number') return slots
  return slots === 'simple' ? availableParallelism() : undefined
}

/** Most tasks that the words can choose: whoever names files means no more than those. */
function atMost(root: string, words: readonly string[]): number {
  const areFiles = words.every((word) => isFile(resolve(root, word.replace(/(:\d+(,\d+)*)$/, ''))))
  return words.length > 0 && areFiles ? words.length : Infinity
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
