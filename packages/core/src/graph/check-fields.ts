// Fields as they really are: whoever calls from JavaScript or passes on parsed JSON has no compiler that looked at them.
// Only what would spoil the graph or the run is refused; what a field means is not judged here.
import type { GraphProblem } from './graph-problem.ts'

/** Any object, seen as somebody who does not trust its type. */
export type Unchecked = Readonly<Record<string, unknown>>

/** Whether a value has fields at all; a list has. */
export function isObject(value: unknown): value is Unchecked {
  return typeof value === 'object' && value !== null
}

/** A list, or nothing where there is none; what is no list was reported when it was counted. */
export function entriesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : none
}

const none: readonly unknown[] = []

/** Reports the numbers of a task that cannot be what they should be. */
export function checkNumbers(task: Unchecked, of: string, problems: GraphProblem[]): void {
  const { expectedMs, timeoutMs, priority, needs } = task
  if (expectedMs !== undefined && !isAmount(expectedMs)) problems.push(amountProblem(of, 'expectedMs', expectedMs))
  if (timeoutMs !== undefined && !isAmount(timeoutMs)) problems.push(amountProblem(of, 'timeoutMs', timeoutMs))
  if (priority !== undefined && !Number.isFinite(priority))
    problems.push(fieldProblem(of, 'priority', 'a number', priority))
  if (needs !== undefined) checkNeeds(needs, of, problems)
}

/** Whether a value is a finite number that is not negative. */
export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < Infinity
}

/** The problem of a field that should be an amount. */
export function amountProblem(of: string, field: string, got: unknown): GraphProblem {
  return fieldProblem(of, field, 'a number from 0 up', got)
}

/** The problem of a field that is not as expected. */
export function fieldProblem(of: string, field: string, expected: string, got: unknown): GraphProblem {
  return { kind: 'field-invalid', of, field, expected, got: show(got) }
}

function checkNeeds(needs: unknown, of: string, problems: GraphProblem[]): void {
  if (!isObject(needs)) {
    problems.push(fieldProblem(of, 'needs', 'an object', needs))
    return
  }
  const { resources } = needs
  if (resources === undefined) return
  if (!isObject(resources)) problems.push(fieldProblem(of, 'needs.resources', 'amounts by name', resources))
  else
    for (const [name, amount] of Object.entries(resources))
      if (!isAmount(amount)) problems.push(amountProblem(of, `needs.resources.${name}`, amount))
}

function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `${JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)} (text)`
    case 'number':
    case 'boolean':
    case 'bigint':
    case 'undefined':
      return String(value)
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'an array' : 'an object'
    case 'function':
    case 'symbol':
      return `a ${typeof value}`
  }
}
