// An executor that also discovers the tasks of its kind.
import type { GroupDefinition, TaskDefinition } from '../model/task.ts'
import type { ExecutorModule } from './executor.ts'

/** What discovery is asked for. */
export interface DiscoverRequest {
  /** Project root, absolute. */
  readonly root: string
  /** Globs over files relative to the root; empty means all that the runner would run by itself. */
  readonly select: readonly string[]
  readonly signal: AbortSignal
  /**
   * Folder, absolute, in which a runner may keep what it found for the next time, where asking again is dear. It may not be
   * there yet. What is kept must be checked against everything that decides the answer. @defaultValue nothing is kept
   */
  readonly cacheDir?: string | undefined
}

/** What a runner found. */
export interface Discovery {
  readonly tasks: readonly TaskDefinition[]
  readonly groups?: readonly GroupDefinition[] | undefined
  /** What the person should know: files that could not be read, a setting that is ignored. */
  readonly warnings?: readonly string[] | undefined
}

/** Discovers tasks of its kind and says which module executes them in a worker process. */
export interface Runner {
  /** The `kind` of its tasks. */
  readonly name: string
  /** Finds its tasks under the root. A file that cannot be read is a warning, not a throw. */
  discover(request: DiscoverRequest): Promise<Discovery>
  /** The module that a worker process loads to execute them. */
  readonly executor: ExecutorModule
}
