// Finds the lines of a text that a rule matches. All lines stand in one text of small letters, in which the words of a rule
// are looked for: a rule is only tried on lines that hold one of them.
import type { PatternBranch } from '../patterns/line-pattern.ts'
import type { CompiledRule } from '../rules/compiled-rules.ts'
import { LetterGroups } from './letter-groups.ts'
import type { LogLine } from './log-line.ts'

/** Lines, prepared for many searches. */
export class SearchableLines {
  readonly #lines: readonly LogLine[]
  /** Whether any line only warns. */
  readonly hasWarnings: boolean
  readonly #text: string
  #groups: LetterGroups | undefined
  /** Where each line begins in the text. */
  readonly #starts: readonly number[]

  constructor(lines: readonly LogLine[]) {
    this.#lines = lines
    this.hasWarnings = lines.some(({ role }) => role === 'warned')
    const starts: number[] = []
    const small: string[] = []
    let at = 0
    for (const { text } of lines) {
      const lowered = text.toLowerCase()
      // Few letters change their length; their case is kept then.
      const kept = lowered.length === text.length ? lowered : text
      starts.push(at)
      small.push(kept)
      at += kept.length + 1
    }
    this.#starts = starts
    this.#text = small.join('\n')
  }

  /** The first line that the rule matches and `accepts` takes. */
  find({ patterns }: CompiledRule, accepts: (line: LogLine) => boolean): LogLine | undefined {
    let earliest = Infinity
    for (const { branches } of patterns) {
      for (const branch of branches) earliest = Math.min(earliest, this.#findBranch(branch, accepts, earliest))
    }
    return this.#lines[earliest]
  }

  /** The first such line before `end`, or `Infinity`. */
  #findBranch({ words, matches }: PatternBranch, accepts: (line: LogLine) => boolean, end: number): number {
    if (words.length === 0) {
      const at = this.#lines.findIndex((line) => accepts(line) && matches(line.text))
      return at < 0 ? Infinity : at
    }
    let earliest = end
    for (const word of words) {
      this.#groups ??= new LetterGroups(this.#text)
      if (!this.#groups.mayHold(word)) continue
      let from = 0
      for (;;) {
        const hit = this.#text.indexOf(word, from)
        if (hit < 0) break
        const at = this.#lineAt(hit)
        if (at >= earliest) break
        const line = this.#lines[at]
        if (line !== undefined && accepts(line) && matches(line.text)) earliest = at
        from = this.#starts[at + 1] ?? this.#text.length
      }
    }
    return earliest
  }

  /** Number of the line that holds a place of the text. */
  #lineAt(place: number): number {
    let [low, high] = [0, this.#starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= place) low = middle
      else high = middle - 1
    }
    return low
  }
}
