// One edge after the other: found, new, allowed, then written. What most edges are, a name that was found at once, goes
// through a few comparisons; everything else may take its time.
import { amountProblem, fieldProblem, isAmount, isObject } from './check-fields.ts'
import { edgeKindName, edgeKindNumber, HARD } from './edge-kind.ts'
import type { EdgeSettings } from './graph-problem.ts'
import type { GraphReading } from './graph-reading.ts'
import type { GraphTask } from './graph-task.ts'
import { nearestName } from './nearest-name.ts'

/** Rows up to this length are searched for a second edge to one target, longer ones leave marks at their targets. */
export const SHORT_ROW = 16

/** Writes the edges of a reading. */
export class EdgeAdder<Task extends GraphTask> {
  readonly #reading: GraphReading<Task>
  readonly #ids: readonly string[]
  readonly #to: Int32Array
  readonly #hasGroups: boolean
  #task = 0
  #row = 0
  #isLong = false
  /** By target, one more than the last edge that a long row has to it. */
  #marks = new Int32Array(0)
  /** Edges written so far, those that were there before included. */
  edges: number

  constructor(reading: GraphReading<Task>) {
    this.#reading = reading
    this.#ids = reading.tables.index.ids
    this.#to = reading.tables.to
    this.#hasGroups = reading.tables.groups.size > 0
    this.edges = reading.tables.edgeCount
  }

  /** Adds the edges of `task`. What the hashes of its entries say lies in the table of targets from `read` on. */
  addRow(task: number, entries: readonly unknown[], read: number): void {
    this.#task = task
    this.#row = this.edges
    this.#isLong = entries.length > SHORT_ROW
    if (this.#isLong && this.#marks.length === 0) this.#marks = new Int32Array(this.#ids.length)
    for (let position = 0; position < entries.length; position++) {
      const entry = entries[position]
      const target = this.#to[read + position] ?? -1
      const isFound = typeof entry === 'string' && target >= 0 && this.#ids[target] === entry
      if (isFound && target !== task && this.#edgeTo(target) < 0) this.#write(target)
      else this.#add(entry, position)
    }
  }

  #add(entry: unknown, position: number): void {
    const { tables, problems, names } = this.#reading
    const task = this.#ids[this.#task] ?? ''
    const on = isObject(entry) ? entry['on'] : entry
    if (typeof on !== 'string' || on === '') {
      problems.push(fieldProblem(task, `dependsOn[${position}]`, 'an id or an object with `on`', on))
      return
    }
    const kind = isObject(entry) ? edgeKindNumber(entry['kind']) : HARD
    const limit = isObject(entry) ? entry['timeLimitMs'] : undefined
    if (kind < 0)
      problems.push(fieldProblem(task, `dependsOn[${position}].kind`, 'hard, soft or optional', kindOf(entry)))
    if (limit !== undefined && !isAmount(limit))
      problems.push(amountProblem(task, `dependsOn[${position}].timeLimitMs`, limit))
    const target = tables.index.find(on)
    if (target < 0)
      problems.push({ kind: 'target-unknown', task, target: on, nearest: nearestName(on, this.#ids, names) })
    else if (target === this.#task) problems.push({ kind: 'self-dependency', task })
    else if (kind >= 0) this.#addTo(target, { kind, limit: isAmount(limit) ? limit : undefined })
  }

  #addTo(target: number, { kind, limit }: { readonly kind: number; readonly limit: number | undefined }): void {
    const { tables, problems } = this.#reading
    const known = this.#edgeTo(target)
    if (known < 0) {
      tables.setKind(this.edges, kind)
      if (limit !== undefined) tables.timeLimits.set(this.edges, limit)
      this.#write(target)
      return
    }
    const first: EdgeSettings = { kind: edgeKindName(tables.kind[known]), timeLimitMs: tables.timeLimits.get(known) }
    const second: EdgeSettings = { kind: edgeKindName(kind), timeLimitMs: limit }
    if (first.kind === second.kind && first.timeLimitMs === second.timeLimitMs) return
    const [task = '', id = ''] = [this.#ids[this.#task], this.#ids[target]]
    problems.push({ kind: 'edge-conflict', task, target: id, first, second })
  }

  #write(target: number): void {
    this.#to[this.edges++] = target
    if (this.#isLong) this.#marks[target] = this.edges
    if (this.#hasGroups) this.#reading.tables.noteTarget(target)
  }

  /** The edge that this row already has to `target`, or -1. */
  #edgeTo(target: number): number {
    if (this.#isLong) return (this.#marks[target] ?? 0) > this.#row ? (this.#marks[target] ?? 0) - 1 : -1
    for (let edge = this.#row; edge < this.edges; edge++) if (this.#to[edge] === target) return edge
    return -1
  }
}

function kindOf(entry: unknown): unknown {
  return isObject(entry) ? entry['kind'] : undefined
}
