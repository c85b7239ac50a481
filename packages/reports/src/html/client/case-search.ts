// Search over all cases at every keystroke. All names stand in one long text, in which the browser finds a word faster than any
// loop of ours could look at a hundred thousand of them; the text is made once, when first needed. What a word found is kept for
// the next keystroke, which changes one word and mostly makes it longer: then only what it had found is looked at again.
import type { Cases } from './cases.ts'

/** What is asked for. */
export interface Query {
  /** Words that must all be in the title, suite, file or task; one with `-` before it must not; `"…"` is one word. */
  readonly text: string
  /** Letters of the statuses wanted; empty for all. */
  readonly statuses: ReadonlySet<string>
  readonly order: CaseOrder
}

/** In which order cases are shown: red ones first, as they ran, by time or by title. */
export type CaseOrder = 'worst' | 'run' | 'slowest' | 'name'

/** Words whose finds are kept; each takes a byte a case. */
const mostKept = 24

/** The cases that hold a word. */
interface Hits {
  /** 1 for each case that does. */
  readonly marks: Uint8Array
  readonly count: number
}

/** Finds cases. */
export class CaseSearch {
  readonly #cases: Cases
  #haystack = ''
  #starts = new Int32Array(0)
  readonly #orders = new Map<CaseOrder, Int32Array>()
  readonly #kept = new Map<string, Hits>()

  constructor(cases: Cases) {
    this.#cases = cases
  }

  /** Makes the text ready; does nothing the second time. */
  prepare(): void {
    const { length } = this.#cases
    if (this.#starts.length > 0 || length === 0) return
    const parts: string[] = []
    for (let at = 0; at < length; at++) {
      const task = this.#cases.task(at)
      const file = this.#cases.file(at)
      const name = `${this.#cases.title(at)} ${this.#cases.suite(at)} ${file}${task === file ? '' : ` ${task}`}`
      parts.push(name.includes('\n') ? name.replaceAll('\n', ' ') : name)
    }
    this.#haystack = `${parts.join('\n')}\n`.toLowerCase()
    const starts = new Int32Array(length + 1)
    for (let at = 0, from = 0; at < length; at++) {
      starts[at] = from
      from = this.#haystack.indexOf('\n', from) + 1
    }
    starts[length] = this.#haystack.length
    this.#starts = starts
  }

  /** Positions of the cases that fit, in the order asked for. */
  find({ text, statuses, order }: Query): Int32Array {
    const { length } = this.#cases
    const words = wordsOf(text)
    if (words.length > 0) this.prepare()
    const wanted: Uint8Array[] = []
    const forbidden: Uint8Array[] = []
    for (const word of words) {
      const isForbidden = word.length > 1 && word.startsWith('-')
      if (isForbidden) forbidden.push(this.#hitsOf(word.slice(1)).marks)
      else wanted.push(this.#hitsOf(word).marks)
    }
    const codes = new Set(Array.from(statuses, (letter) => letter.charCodeAt(0)))
    const found = new Int32Array(length)
    let count = 0
    const positions = this.#inOrder(order)
    for (let index = 0; index < length; index++) {
      const at = positions === undefined ? index : (positions[index] ?? 0)
      if (!fits(at, wanted, forbidden)) continue
      if (codes.size > 0 && !codes.has(this.#cases.statusCode(at))) continue
      found[count++] = at
    }
    return found.subarray(0, count)
  }

  #hitsOf(word: string): Hits {
    const known = this.#kept.get(word)
    const hits = known ?? this.#look(word)
    // What was asked for last is forgotten last.
    this.#kept.delete(word)
    this.#kept.set(word, hits)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break
      this.#kept.delete(oldest)
    }
    return hits
  }

  #look(word: string): Hits {
    const { length } = this.#cases
    let fewest: Hits | undefined
    for (const [part, hits] of this.#kept) {
      if (word.includes(part) && hits.count < (fewest?.count ?? length / 3)) fewest = hits
    }
    return fewest === undefined ? this.#lookAtAll(word) : this.#lookAgain(word, fewest)
  }

  /** Cases that hold a word hold every part of it, so those that hold a part are enough to look at. */
  #lookAgain(word: string, { marks: before }: Hits): Hits {
    const marks = new Uint8Array(before.length)
    let count = 0
    for (let at = before.indexOf(1); at >= 0; at = before.indexOf(1, at + 1)) {
      if (!this.#haystack.slice(this.#starts[at], this.#starts[at + 1]).includes(word)) continue
      marks[at] = 1
      count += 1
    }
    return { marks, count }
  }

  #lookAtAll(word: string): Hits {
    const starts = this.#starts
    const marks = new Uint8Array(this.#cases.length)
    let count = 0
    let at = 0
    for (let found = this.#haystack.indexOf(word); found >= 0; found = this.#haystack.indexOf(word, starts[at])) {
      at = caseAt(starts, found, at)
      marks[at] = 1
      count += 1
      at += 1
      if (at >= marks.length) break
    }
    return { marks, count }
  }

  #inOrder(order: CaseOrder): Int32Array | undefined {
    if (order === 'run') return undefined
    const known = this.#orders.get(order)
    if (known !== undefined) return known
    const cases = this.#cases
    const positions = new Int32Array(cases.length)
    if (order === 'worst') fillByRank(cases, positions)
    else for (let at = 0; at < positions.length; at++) positions[at] = at
    if (order === 'slowest') positions.sort((a, b) => cases.ms(b) - cases.ms(a) || a - b)
    if (order === 'name') {
      const names = Array.from(positions, (at) => `${cases.title(at)}\n${cases.suite(at)}`.toLowerCase())
      positions.sort((a, b) => compare(names[a] ?? '', names[b] ?? '') || a - b)
    }
    this.#orders.set(order, positions)
    return positions
  }
}

function fits(at: number, wanted: readonly Uint8Array[], forbidden: readonly Uint8Array[]): boolean {
  for (const marks of wanted) if (marks[at] !== 1) return false
  for (const marks of forbidden) if (marks[at] === 1) return false
  return true
}

/** What went wrong comes first; what passed and what was left out keep the order of the run. */
function fillByRank(cases: Cases, positions: Int32Array): void {
  let next = 0
  for (const letters of ['f', 't', 'b', 'y', 'psc']) {
    const codes = Array.from(letters, (letter) => letter.charCodeAt(0))
    for (let at = 0; at < cases.length; at++) if (codes.includes(cases.statusCode(at))) positions[next++] = at
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The case that a place in the text belongs to, at or after `from`. */
function caseAt(starts: Int32Array, place: number, from: number): number {
  // Mostly the very next one, so look near first.
  let step = 1
  let low = from
  while (low + step < starts.length && (starts[low + step] ?? 0) <= place) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step, starts.length - 1)
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= place) low = middle
    else high = middle
  }
  return low
}

/** The words of a query, in lower case. */
export function wordsOf(text: string): readonly string[] {
  return Array.from(text.toLowerCase().matchAll(/(-?)"([^"]+)"?|(\S+)/g), ([, minus = '', quoted, bare]) =>
    quoted === undefined ? (bare ?? '') : minus + quoted,
  )
    .filter((word) => !/^[-"\s]*$/.test(word))
    .slice(0, 20)
}
