// Everything that can be wrong with a graph, as data: an application may show it in its own words. All of it is found
// in one go, since mending one mistake to be told of the next is how an afternoon goes.
import type { DependencyKind } from '../model/dependency.ts'

/** Why tasks and groups do not make a graph. */
export type GraphProblem =
  /** A field holds what it may not: a number that is negative or NaN, an id that is no text, an entry that is no edge. */
  | {
      readonly kind: 'field-invalid'
      /** The task or group, or its position where it has no usable id. */
      readonly of: string
      readonly field: string
      readonly expected: string
      readonly got: string
    }
  /** Several tasks have one id. */
  | { readonly kind: 'task-duplicate'; readonly id: string; readonly times: number }
  /** Several groups have one id, or a group that is there already is declared anew with other settings. */
  | { readonly kind: 'group-duplicate'; readonly id: string }
  /** One id names a task and a group. */
  | { readonly kind: 'task-and-group'; readonly id: string }
  /** A dependency on something that is not there. */
  | {
      readonly kind: 'target-unknown'
      readonly task: string
      readonly target: string
      /** The id that is spelled most alike, if one is near enough. */
      readonly nearest: string | undefined
    }
  | { readonly kind: 'self-dependency'; readonly task: string }
  /** One task depends on one target twice, differently. */
  | {
      readonly kind: 'edge-conflict'
      readonly task: string
      readonly target: string
      readonly first: EdgeSettings
      readonly second: EdgeSettings
    }
  /** A group that somebody waits for has no members, so nobody could say when it is done. */
  | { readonly kind: 'group-empty'; readonly group: string; readonly dependents: readonly string[] }
  /** Tasks that wait for each other; one short cycle stands for all that hang together. */
  | {
      readonly kind: 'cycle'
      /** Each depends on the next; the last is the first again. Groups depend on their members. */
      readonly path: readonly string[]
      /** Those on the path that are groups. */
      readonly groups: readonly string[]
      /** How many tasks and groups wait for each other in this way, those on the path included. */
      readonly size: number
    }

/** What does not stop a graph, but is probably not what its author meant. */
export interface GraphWarning {
  /** An optional dependency that would have closed a cycle, and so does not order. */
  readonly kind: 'optional-left-out'
  readonly task: string
  readonly target: string
}

/** What an edge says beside its two ends. */
export interface EdgeSettings {
  readonly kind: DependencyKind
  /** In milliseconds; undefined for no limit. */
  readonly timeLimitMs: number | undefined
}
