// An edge as its author writes it. What each kind means for each verdict of its target is the edge table's business.

/**
 * How much a task minds what happened to the target of its dependency.
 *
 * - `hard`: the target must pass.
 * - `soft`: the target must have ended, however it ended.
 * - `optional`: waits for nothing; where both are ready the target goes first.
 */
export type DependencyKind = 'hard' | 'soft' | 'optional'

/** An edge to a task or a group, named by its id. */
export interface DependencyDefinition {
  /** Id of the task or the group waited for. */
  readonly on: string
  /** @defaultValue `'hard'` */
  readonly kind?: DependencyKind | undefined
  /**
   * Longest wait for this target in milliseconds of run time, counted from the moment the waiting task was added.
   * After it a hard edge counts as failed and a soft edge lets go.
   * @defaultValue no limit
   */
  readonly timeLimitMs?: number | undefined
}
