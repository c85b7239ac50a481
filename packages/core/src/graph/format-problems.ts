// Problems as a person reads them: one line each, the thing by name, and what to do.
import type { EdgeSettings, GraphProblem, GraphWarning } from './graph-problem.ts'

/** How problems are shown. */
export interface FormatProblemsOptions {
  /** Most lines; the rest is counted. @defaultValue `100` */
  readonly limit?: number | undefined
}

/**
 * Problems and warnings of a graph as text, one line each.
 *
 * @example
 * ```ts
 * const result = buildGraph([{ id: 'a', dependsOn: ['b'] }, { id: 'b', dependsOn: ['a'] }])
 * if (result.kind === 'invalid') console.log(formatProblems(result.problems))
 * // => Cycle: a -> b -> a. Remove one of these dependencies, or make one of them optional.
 * ```
 */
export function formatProblems(
  problems: readonly (GraphProblem | GraphWarning)[],
  { limit = 100 }: FormatProblemsOptions = {},
): string {
  const lines = problems.slice(0, limit).map(lineOf)
  const more = problems.length - lines.length
  return (more > 0 ? [...lines, `… and ${more} more.`] : lines).join('\n')
}

function lineOf(problem: GraphProblem | GraphWarning): string {
  switch (problem.kind) {
    case 'field-invalid':
      return `${show(problem.of)}: expected \`${problem.field}\` to be ${problem.expected}, got ${problem.got}.`
    case 'task-duplicate':
      return `Task ${show(problem.id)} is defined ${problem.times} times. Give each task an id of its own.`
    case 'group-duplicate':
      return `Group ${show(problem.id)} is declared more than once. Declare it once.`
    case 'task-and-group':
      return `${show(problem.id)} names a task and a group. Rename one of them.`
    case 'target-unknown': {
      const hint =
        problem.nearest === undefined ? 'Add it, or remove the dependency.' : `Did you mean ${show(problem.nearest)}?`
      return `${show(problem.task)} depends on ${show(problem.target)}, which is neither a task nor a group. ${hint}`
    }
    case 'self-dependency':
      return `${show(problem.task)} depends on itself. Remove that dependency.`
    case 'edge-conflict':
      return `${show(problem.task)} depends on ${show(problem.target)} twice: ${settings(problem.first)} and ${settings(problem.second)}. Keep one.`
    case 'group-empty':
      return `Group ${show(problem.group)} has no members, but ${list(problem.dependents)} wait${problem.dependents.length === 1 ? 's' : ''} for it. Put a task into it, or remove the dependency.`
    case 'cycle':
      return cycleLine(problem)
    case 'optional-left-out':
      return `The optional dependency of ${show(problem.task)} on ${show(problem.target)} would close a cycle, so it does not order. Remove it.`
  }
}

function cycleLine({ path, groups, size }: GraphProblem & { readonly kind: 'cycle' }): string {
  const names = path.map((id) => (groups.includes(id) ? `${show(id)} (group)` : show(id)))
  const shown = names.length <= 13 ? names : [...names.slice(0, 6), `… ${names.length - 12} more …`, ...names.slice(-6)]
  const others = size - (path.length - 1)
  const more =
    others > 0
      ? ` ${others} more hang${others === 1 ? 's' : ''} together with ${path.length === 2 ? 'it' : 'them'}.`
      : ''
  return `Cycle: ${shown.join(' -> ')}. Remove one of these dependencies, or make one of them optional.${more}`
}

function settings({ kind, timeLimitMs }: EdgeSettings): string {
  return timeLimitMs === undefined ? kind : `${kind} within ${timeLimitMs} ms`
}

function list(ids: readonly string[]): string {
  const shown = ids.slice(0, 3).map(show).join(', ')
  return ids.length > 3 ? `${shown} and ${ids.length - 3} more` : shown
}

/** An id as it is, unless it holds something that would break the line. */
function show(id: string): string {
  return /^[^\s"\p{C}](?:[^"\p{C}\p{Zl}\p{Zp}]*[^\s"\p{C}])?$/u.test(id) ? id : JSON.stringify(id)
}
