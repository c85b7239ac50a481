// Search over all cases at every keystroke. All names stand in one long text, in which the browser finds a word faster than any
// loop of ours could look at a hundred thousand of them; the text is made once, when first needed.
import type { Cases } from './cases.ts'

/** What is asked for. */
export interface Query {
  /** Words that must all be in the title, suite, file or task; one with `-` before it must not; `"…"` is one word. */
  readonly text: string
  /** Letters of the statuses wanted; empty for all. */
  readonly statuses: ReadonlySet<string>
  readonly order: CaseOrder
}

export type CaseOrder = 'worst' | 'run' | 'slowest' | 'name'

/** Finds cases. */
export class CaseSearch {
  readonly #cases: Cases
  #haystack = ''
  #starts = new Int32Array(0)
  readonly #orders = new Map<CaseOrder, Int32Array>()

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
    const hits = new Int8Array(words.length > 0 ? length : 0)
    let wanted = 0
    for (const word of words) {
      const isForbidden = word.length > 1 && word.startsWith('-')
      if (!isForbidden) wanted += 1
      this.#mark(isForbidden ? word.slice(1) : word, hits, isForbidden ? -100 : 1)
    }
    const codes = new Set(Array.from(statuses, (letter) => letter.charCodeAt(0)))
    const found = new Int32Array(length)
    let count = 0
    const positions = this.#inOrder(order)
    for (let index = 0; index < length; index++) {
      const at = positions === undefined ? index : (positions[index] ?? 0)
      if (words.length > 0 && hits[at] !== wanted) continue
      if (codes.size > 0 && !codes.has(this.#cases.statusCode(at))) continue
      found[count++] = at
    }
    return found.subarray(0, count)
  }

  #mark(word: string, hits: Int8Array, by: number): void {
    const starts = this.#starts
    let at = 0
    for (let found = this.#haystack.indexOf(word); found >= 0; found = this.#haystack.indexOf(word, starts[at])) {
      at = caseAt(starts, found, at)
      hits[at] = Math.max(-100, (hits[at] ?? 0) + by)
      at += 1
      if (at >= hits.length) return
    }
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
