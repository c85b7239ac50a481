// A graph as a Mermaid flowchart. Ids never reach the syntax: nodes are called n0, n1, n2, and ids are quoted labels in
// which every sign that Mermaid or HTML would read as its own is written as a code.
import type { Graph } from './graph.ts'
import type { GraphTask } from './graph-task.ts'
import { reduceEdges, shownEdges, type ShownEdge } from './reduce-edges.ts'

/** What a picture shows. */
export interface DiagramOptions {
  /** Whether edges that longer ways imply are left out. @defaultValue `true` */
  readonly isReduced?: boolean | undefined
  /** Which way time goes: to the right or down. @defaultValue `'right'` */
  readonly direction?: 'right' | 'down' | undefined
}

/**
 * A Mermaid flowchart, in which arrows go the way of time: from what is waited for to who waits.
 *
 * Hard edges are solid, soft ones dotted, optional ones dotted and labelled; groups are rounded and hang on their members
 * by plain lines.
 *
 * @example
 * ```ts
 * toMermaid(graph)
 * // => flowchart LR
 * //      n0["build"]
 * //      n1["test"]
 * //      n0 --> n1
 * ```
 */
export function toMermaid<Task extends GraphTask>(
  graph: Graph<Task>,
  { isReduced = true, direction = 'right' }: DiagramOptions = {},
): string {
  const lines = [`flowchart ${direction === 'right' ? 'LR' : 'TD'}`]
  for (let node = 0; node < graph.size; node++) {
    const label = quote(graph.id(node))
    lines.push(`  n${node}${graph.isGroup(node) ? `([${label}])` : `[${label}]`}`)
  }
  for (const edge of isReduced ? reduceEdges(graph) : shownEdges(graph))
    lines.push(`  n${graph.handle(edge.to)} ${arrowOf(edge)} n${graph.handle(edge.from)}`)
  return `${lines.join('\n')}\n`
}

function arrowOf({ kind, timeLimitMs }: ShownEdge): string {
  const limit = timeLimitMs === undefined ? '' : `within ${timeLimitMs} ms`
  switch (kind) {
    case 'member':
      return '---'
    case 'hard':
      return limit === '' ? '-->' : `-->|"${limit}"|`
    case 'soft':
      return limit === '' ? '-.->' : `-.->|"${limit}"|`
    case 'optional':
      return `-.->|"${limit === '' ? 'optional' : `optional ${limit}`}"|`
  }
}

/** A quoted label: letters, digits and a few harmless signs as they are, line breaks as breaks, the rest as codes. */
function quote(id: string): string {
  const label = id
    .replaceAll(/\r\n|\r|\n/g, '\u2028')
    .replaceAll(/[^\p{L}\p{M}\p{N} _/.:,()+=@\u2028-]/gu, (sign) => `#${signCode(sign)};`)
    .replaceAll('\u2028', '<br/>')
    // At its beginning these would make the label a list.
    .replace(/^(\s*\d*)([-+.])(?=\s)/, (_, before: string, sign: string) => `${before}#${signCode(sign)};`)
  return `"${label}"`
}

function signCode(sign: string): number {
  const code = sign.codePointAt(0) ?? 0xfffd
  // What no document may hold: half a pair, and control signs.
  return (code >= 0xd800 && code <= 0xdfff) || code < 0x20 || (code >= 0x7f && code <= 0x9f) ? 0xfffd : code
}
