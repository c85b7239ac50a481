// A graph in the language of Graphviz. Ids never reach the syntax: nodes are called n0, n1, n2, and ids are quoted labels.
import type { Graph } from './graph.ts'
import type { GraphTask } from './graph-task.ts'
import { reduceEdges, shownEdges, type ShownEdge } from './reduce-edges.ts'
import type { DiagramOptions } from './to-mermaid.ts'

/**
 * A DOT digraph, in which arrows go the way of time: from what is waited for to who waits.
 *
 * Hard edges are solid, soft ones dashed, optional ones dotted; groups are ellipses and hang on their members by lines
 * without a head.
 *
 * @example
 * ```ts
 * toDot(graph)
 * // => digraph muster {
 * //      rankdir=LR
 * //      node [shape=box]
 * //      n0 [label="build"]
 * //      n1 [label="test"]
 * //      n0 -> n1
 * //    }
 * ```
 */
export function toDot<Task extends GraphTask>(
  graph: Graph<Task>,
  { isReduced = true, direction = 'right' }: DiagramOptions = {},
): string {
  const lines = ['digraph muster {', `  rankdir=${direction === 'right' ? 'LR' : 'TB'}`, '  node [shape=box]']
  for (let node = 0; node < graph.size; node++) {
    const shape = graph.isGroup(node) ? ' shape=ellipse' : ''
    lines.push(`  n${node} [label=${quote(graph.id(node))}${shape}]`)
  }
  for (const edge of isReduced ? reduceEdges(graph) : shownEdges(graph))
    lines.push(`  n${graph.handle(edge.to)} -> n${graph.handle(edge.from)}${attributesOf(edge)}`)
  return `${[...lines, '}'].join('\n')}\n`
}

function attributesOf({ kind, timeLimitMs }: ShownEdge): string {
  const styles = { hard: [], soft: ['style=dashed'], optional: ['style=dotted'], member: ['arrowhead=none'] }
  const limit = timeLimitMs === undefined ? [] : [`label=${quote(`within ${timeLimitMs} ms`)}`]
  const attributes = [...styles[kind], ...limit]
  return attributes.length === 0 ? '' : ` [${attributes.join(' ')}]`
}

/** Text between quotes. Graphviz reads entities within it, so their sign is written as one; half pairs and control signs are replaced. */
function quote(text: string): string {
  const escaped = text
    .replaceAll(/\r\n|\r/g, '\n')
    .replaceAll(/[\p{Cs}\p{Cc}]/gu, (sign) => (sign === '\n' ? sign : '\ufffd'))
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('&', '&amp;')
    .replaceAll('\n', '\\n')
  return `"${escaped}"`
}
