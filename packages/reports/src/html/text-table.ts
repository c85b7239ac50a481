// Each text once: files and suites stand a hundred times in a report, and a number is shorter than a path.
import type { RunLengths } from './report-data.ts'

/** Gives texts their numbers. */
export class TextTable {
  readonly texts: string[] = []
  readonly #numbers = new Map<string, number>()

  number(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }
}

/** A column in runs. */
export function runLengths(values: Iterable<number>): RunLengths {
  const runs: number[] = []
  for (const value of values) {
    const at = runs.length - 2
    if (at >= 0 && runs[at] === value) runs[at + 1] = (runs[at + 1] ?? 0) + 1
    else runs.push(value, 1)
  }
  return runs
}
