// A graph for a terminal: one line a task in the order in which they may run, with what it waits for.
import type { Graph } from './graph.ts'
import type { GraphTask } from './graph-task.ts'
import { reduceEdges, shownEdges, type ShownEdge } from './reduce-edges.ts'

/** What the text shows. */
export interface TextOptions {
  /** Whether edges that longer ways imply are left out. @defaultValue `true` */
  readonly isReduced?: boolean | undefined
}

/**
 * The graph as text, a line for each task and group. Behind the arrow stands what comes before: `~` marks a soft
 * dependency, `?` an optional one; a group lists its members.
 *
 * @example
 * ```ts
 * toText(graph)
 * // => build
 * //    unit <- build
 * //    tests (group) = unit
 * //    publish <- tests, ~docs
 * ```
 */
export function toText<Task extends GraphTask>(graph: Graph<Task>, { isReduced = true }: TextOptions = {}): string {
  const before = new Map<string, string[]>()
  for (const edge of isReduced ? reduceEdges(graph) : shownEdges(graph)) {
    const known = before.get(edge.from)
    if (known === undefined) before.set(edge.from, [textOf(edge)])
    else known.push(textOf(edge))
  }
  const lines = graph.order().map((id) => {
    const targets = before.get(id)
    const name = graph.kind(id) === 'group' ? `${show(id)} (group)` : show(id)
    const sign = graph.kind(id) === 'group' ? '=' : '<-'
    return targets === undefined ? name : `${name} ${sign} ${targets.join(', ')}`
  })
  return lines.map((line) => `${line}\n`).join('')
}

function textOf({ to, kind }: ShownEdge): string {
  const signs = { hard: '', soft: '~', optional: '?', member: '' }
  return `${signs[kind]}${show(to)}`
}

/** An id as it is, unless it holds something that would break the line or pass for a sign. */
function show(id: string): string {
  return /^[^\s"~?,\p{C}](?:[^",\p{C}\p{Zl}\p{Zp}]*[^\s",\p{C}])?$/u.test(id) ? id : JSON.stringify(id)
}
