// A graph as plain data that survives JSON, and back. Reading checks the envelope here and leaves the rest to building,
// which checks everything anyway, so that the graph loads no schema library; the schema itself lies beside it.
import { MusterError } from '../errors/muster-error.ts'
import type { GroupDefinition } from '../model/task.ts'
import { buildGraph, type GraphResult } from './build-graph.ts'
import { isObject } from './check-fields.ts'
import { Graph } from './graph.ts'
import type { GraphTask } from './graph-task.ts'

/** The version of {@link GraphDocument} that is written. */
export const graphDocumentVersion = 1

/** A graph as it is kept and sent. Tasks are as they were given, whatever else they carry. */
export interface GraphDocument<Task extends GraphTask = GraphTask> {
  readonly format: 'muster-graph'
  readonly version: typeof graphDocumentVersion
  /** Whether tasks may be added later, so that groups may be empty. */
  readonly isOpen: boolean
  /** Every group, those that only tasks name included. */
  readonly groups: readonly GroupDefinition[]
  readonly tasks: readonly Task[]
}

/**
 * A graph as plain data for `JSON.stringify`.
 *
 * @example
 * ```ts
 * const text = JSON.stringify(toJson(graph))
 * const again = requireGraph(fromJson(JSON.parse(text)))
 * ```
 */
export function toJson<Task extends GraphTask>(graph: Graph<Task>): GraphDocument<Task> {
  return {
    format: 'muster-graph',
    version: graphDocumentVersion,
    isOpen: Graph.partsOf(graph).isOpen,
    groups: [...graph.groups()],
    tasks: [...graph.tasks()],
  }
}

/**
 * Builds the graph of a document. What is wrong with its tasks is in the result; throws `INPUT_UNREADABLE` for what is no
 * such document at all or is of a newer version.
 */
export function fromJson(document: unknown): GraphResult {
  if (!isObject(document) || document['format'] !== 'muster-graph')
    throw unreadable('a document with `format: "muster-graph"`', isObject(document) ? document['format'] : document)
  const { version, isOpen, groups, tasks } = document
  if (version !== graphDocumentVersion)
    throw unreadable(`version ${graphDocumentVersion} of it`, version, 'Use a version of Muster that knows it.')
  if (typeof isOpen !== 'boolean') throw unreadable('`isOpen` to be true or false', isOpen)
  if (!isList(groups)) throw unreadable('`groups` to be a list', groups)
  if (!isList(tasks)) throw unreadable('`tasks` to be a list', tasks)
  return buildGraph(tasks, { groups, isOpen })
}

/** A list; what is in it is checked where the graph is built. */
function isList(value: unknown): value is readonly (GraphTask & GroupDefinition)[] {
  return Array.isArray(value)
}

function unreadable(expected: string, got: unknown, remedy?: string): MusterError {
  const shown = typeof got === 'string' || typeof got === 'number' ? JSON.stringify(got) : typeof got
  return new MusterError('INPUT_UNREADABLE', { expected, got: shown, remedy })
}
