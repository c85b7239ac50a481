// Which tasks somebody means. A name that is not there is a mistake and is told with what was probably meant; a glob that
// fits nothing is an answer.
import picomatch from 'picomatch'
import { MusterError } from '../errors/muster-error.ts'
import type { ErrorCode } from '../errors/error-catalogue.ts'
import { OPTIONAL } from './edge-kind.ts'
import type { Graph } from './graph.ts'
import type { GraphTask } from './graph-task.ts'
import { nearestName } from './nearest-name.ts'
import { isGlob, parseSelection, type SelectionTerm } from './selection-expression.ts'

/**
 * Ids of the tasks that are selected, in the order of definition.
 *
 * | expression | selects |
 * | --- | --- |
 * | `login`, `src/**` | the task, the members of a group, or all tasks whose ids fit the glob |
 * | `+login` | also everything it depends on, optional dependencies not included |
 * | `login+` | also everything that depends on it, in the same way |
 * | `tag:slow`, `group:e2e`, `file:src/*.ts` | tasks with that tag, in that group, from those files; globs are fine |
 * | `!tag:slow` | all others |
 * | `src/**,!tag:slow` | what all parts select |
 *
 * Several expressions select together what each selects; one that only takes away (`!tag:slow`) takes away from all the
 * others, or from everything where it stands alone. A name that exists is that name, whatever signs it holds. Throws
 * `TASK_UNKNOWN` or `SELECTION_INVALID`, with the nearest name, for what is not there.
 *
 * @example
 * ```ts
 * select(graph, ['+e2e/login', 'tag:smoke', '!tag:slow'])
 * ```
 */
export function select<Task extends GraphTask>(
  graph: Graph<Task>,
  expressions: string | readonly string[],
): readonly string[] {
  let selected: Uint8Array | undefined
  const narrowing: Uint8Array[] = []
  for (const expression of typeof expressions === 'string' ? [expressions] : expressions) {
    const terms = parseSelection(expression, (text) => graph.has(text))
    const marks = everything(graph)
    for (const term of terms) intersect(marks, marksOf(graph, term))
    if (terms.every(({ isNegated }) => isNegated)) narrowing.push(marks)
    else if (selected === undefined) selected = marks
    else for (let node = 0; node < marks.length; node++) if (marks[node] === 1) selected[node] = 1
  }
  selected ??= everything(graph)
  for (const marks of narrowing) intersect(selected, marks)
  const ids: string[] = []
  for (let node = 0; node < graph.size; node++)
    if (selected[node] === 1 && !graph.isGroup(node)) ids.push(graph.id(node))
  return ids
}

function everything<Task extends GraphTask>(graph: Graph<Task>): Uint8Array {
  return new Uint8Array(graph.size).fill(1)
}

function intersect(marks: Uint8Array, others: Uint8Array): void {
  for (let node = 0; node < marks.length; node++) if (others[node] === 0) marks[node] = 0
}

function marksOf<Task extends GraphTask>(graph: Graph<Task>, term: SelectionTerm): Uint8Array {
  const start = withMembers(graph, startOf(graph, term))
  const marks = new Uint8Array(graph.size)
  for (const node of start) marks[node] = 1
  if (term.withDependencies) spread(marks, start, (node, meet) => eachDependency(graph, node, meet))
  if (term.withDependents) {
    const after = new Uint8Array(graph.size)
    spread(after, start, (node, meet) => eachDependent(graph, node, meet))
    for (let node = 0; node < marks.length; node++) if (after[node] === 1) marks[node] = 1
  }
  if (term.isNegated) for (let node = 0; node < marks.length; node++) marks[node] = marks[node] === 1 ? 0 : 1
  return marks
}

/** Marks everything that can be got to. */
function spread(
  marks: Uint8Array,
  start: readonly number[],
  each: (node: number, meet: (next: number) => void) => void,
): void {
  const open = [...start]
  for (const node of start) marks[node] = 1
  const meet = (next: number): void => {
    if (marks[next] === 1) return
    marks[next] = 1
    open.push(next)
  }
  for (let node = open.pop(); node !== undefined; node = open.pop()) each(node, meet)
}

function eachDependency<Task extends GraphTask>(graph: Graph<Task>, node: number, meet: (next: number) => void): void {
  const { starts, to, kind } = graph.edges
  graph.memberHandles(node).forEach(meet)
  for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge++)
    if (kind[edge] !== OPTIONAL) meet(to[edge] ?? 0)
}

function eachDependent<Task extends GraphTask>(graph: Graph<Task>, node: number, meet: (next: number) => void): void {
  const { starts, packed } = graph.followers
  for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
    const edge = packed[at] ?? 0
    if ((edge & 1) === 0) meet(edge >>> 1)
  }
}

/** A group stands for its members. */
function withMembers<Task extends GraphTask>(graph: Graph<Task>, nodes: readonly number[]): readonly number[] {
  if (graph.groupCount === 0) return nodes
  return nodes.flatMap((node) => [node, ...graph.memberHandles(node)])
}

function startOf<Task extends GraphTask>(graph: Graph<Task>, { by, text }: SelectionTerm): readonly number[] {
  switch (by) {
    case 'name':
      if (graph.has(text)) return [graph.handle(text)]
      throw unknown(
        'TASK_UNKNOWN',
        'task or group',
        text,
        idsOf(graph, () => true),
      )
    case 'glob': {
      const fits = matcher(text)
      return handles(graph, (id, node) => !graph.isGroup(node) && fits(id))
    }
    case 'tag':
      return byLabel(graph, 'tag', text, (task) => task.tags ?? [])
    case 'file':
      return byLabel(graph, 'file', text, (task) => (task.file === undefined ? [] : [task.file]))
    case 'group': {
      const fits = matcher(text)
      const found = handles(graph, (id, node) => graph.isGroup(node) && fits(id))
      if (found.length > 0 || isGlob(text)) return found
      throw unknown(
        'SELECTION_INVALID',
        'group',
        text,
        idsOf(graph, (node) => graph.isGroup(node)),
      )
    }
  }
}

function byLabel<Task extends GraphTask>(
  graph: Graph<Task>,
  what: string,
  text: string,
  labels: (task: Task) => readonly string[],
): readonly number[] {
  const fits = matcher(text)
  const found = handles(graph, (_, node) => {
    const task = graph.taskAt(node)
    return task !== undefined && labels(task).some(fits)
  })
  if (found.length > 0 || isGlob(text)) return found
  const known = new Set<string>()
  for (const task of graph.tasks()) for (const label of labels(task)) known.add(label)
  throw unknown('SELECTION_INVALID', what, text, known)
}

/** Whether a name is meant by a text: the same, or a glob that it fits. */
function matcher(text: string): (name: string) => boolean {
  if (!isGlob(text)) return (name) => name === text
  // Signs for `not` and for slashes of another platform have been dealt with, or are letters like any other.
  const fits = picomatch(text, { dot: true, nonegate: true, windows: false })
  return (name) => name === text || fits(name)
}

function handles<Task extends GraphTask>(
  graph: Graph<Task>,
  isMeant: (id: string, node: number) => boolean,
): readonly number[] {
  const found: number[] = []
  for (let node = 0; node < graph.size; node++) if (isMeant(graph.id(node), node)) found.push(node)
  return found
}

function* idsOf<Task extends GraphTask>(graph: Graph<Task>, isMeant: (node: number) => boolean): Iterable<string> {
  for (let node = 0; node < graph.size; node++) if (isMeant(node)) yield graph.id(node)
}

function unknown(code: ErrorCode, what: string, text: string, names: Iterable<string>): MusterError {
  const nearest = nearestName(text, names)
  const hint = nearest === undefined ? undefined : `Did you mean ${JSON.stringify(nearest)}?`
  return new MusterError(code, { expected: `the name of a ${what}`, got: JSON.stringify(text), remedy: hint })
}
