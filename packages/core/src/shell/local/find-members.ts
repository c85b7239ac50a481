// Which processes belong together: those that carry the markers, and whatever descends from them.
import type { ProcessFacts, ProcessMarks } from './process-table.ts'

/** Processes of a run, or of one slot of it. */
export interface Belonging {
  readonly run: string
  readonly root: string
  readonly slot?: number | undefined
  /** Only those of owners up to this epoch: what a later owner started is not an earlier one's to end. */
  readonly epoch: number
}

/** Tells whether markers say that a process belongs there. */
export function belongs(marks: ProcessMarks | undefined, to: Belonging): boolean {
  if (marks?.run !== to.run || marks.root !== to.root || marks.epoch > to.epoch) return false
  return to.slot === undefined || marks.slot === String(to.slot)
}

/** Those of `processes` that are marked, or whose parent, or its parent, is marked or among `ancestors`. */
export function withDescendants(
  processes: readonly ProcessFacts[],
  isMarked: (process: ProcessFacts) => boolean,
  ancestors: ReadonlySet<number>,
): readonly ProcessFacts[] {
  const members = new Map<number, ProcessFacts>()
  let rest = processes
  for (let found = true; found;) {
    const left: ProcessFacts[] = []
    for (const process of rest) {
      if (members.has(process.parent) || ancestors.has(process.parent) || isMarked(process))
        members.set(process.pid, process)
      else left.push(process)
    }
    found = left.length < rest.length
    rest = left
  }
  return [...members.values()]
}
