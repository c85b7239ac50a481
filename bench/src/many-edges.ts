// Tasks with five dependencies each, defined in no helpful order: edges go to any task that lies below in an order that
// is drawn from the seed, so neither the list nor the ids say what comes first.
import type { GraphTask } from '@muster/core/graph'
import { drawFrom } from './draw.ts'

const batch = 10_000

/** How large the input is. */
export interface ManyEdges {
  readonly tasks: number
  readonly edgesPerTask: number
  readonly seed: number
}

/** Tasks as JSON.parse gives them: ids are fresh strings, equal ones are not the same object. */
export function manyEdges({ tasks: count, edgesPerTask, seed }: ManyEdges): readonly GraphTask[] {
  const draw = drawFrom(seed)
  const height = Int32Array.from({ length: count }, (_, at) => at)
  for (let at = count - 1; at > 0; at--) swap(height, at, draw(at + 1))
  const tasks: GraphTask[] = []
  // Parsed in batches, so that making the input costs no more memory than the input.
  for (let from = 0; from < count; from += batch) {
    const lines: string[] = []
    for (const own of height.subarray(from, Math.min(from + batch, count))) {
      const below = new Set<number>()
      while (below.size < Math.min(edgesPerTask, own)) below.add(draw(own))
      lines.push(JSON.stringify({ id: idOf(own), dependsOn: [...below].map(idOf) }))
    }
    for (const task of parse(lines)) tasks.push(task)
  }
  return tasks
}

/** Tasks each of which depends on the next one defined. */
export function longChain(count: number): readonly GraphTask[] {
  const tasks: GraphTask[] = []
  for (let from = 0; from < count; from += batch) {
    const lines: string[] = []
    for (let at = from; at < Math.min(from + batch, count); at++)
      lines.push(JSON.stringify({ id: idOf(at), dependsOn: at + 1 < count ? [idOf(at + 1)] : [] }))
    for (const task of parse(lines)) tasks.push(task)
  }
  return tasks
}

/** 21 letters: a name such as tests have, and longer than those of which the platform keeps one copy. */
function idOf(number: number): string {
  return `suite-${String(number % 90).padStart(2, '0')}/case-${String(number).padStart(7, '0')}`
}

function parse(lines: readonly string[]): readonly GraphTask[] {
  const parsed: unknown = JSON.parse(`[${lines.join(',')}]`)
  return isTasks(parsed) ? parsed : []
}

function isTasks(value: unknown): value is readonly GraphTask[] {
  return Array.isArray(value)
}

function swap(numbers: Int32Array, a: number, b: number): void {
  const kept = numbers[a] ?? 0
  numbers[a] = numbers[b] ?? 0
  numbers[b] = kept
}
