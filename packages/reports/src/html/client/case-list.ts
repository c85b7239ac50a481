// The list of all cases. Only the rows in sight exist, and the page scrolls as if all of them did; so a hundred thousand cases
// cost what thirty do.
import { durationText } from '../../text/duration-text.ts'
import { element } from './dom.ts'
import type { Page } from './page.ts'
import type { Printed } from './print.ts'
import { statusIcon, statusOfLetter } from './status.ts'
import { visibleLine } from './visible-text.ts'

/** Height of a row in pixels; the style sheet says the same. */
const rowHeight = 46
/** Tallest element that every browser lays out; beyond it, the bar moves more than a row a row. */
const tallest = 8_000_000
/** Rows kept above and below what is in sight. */
const around = 6

/** Shows some of the cases. */
export class CaseList {
  readonly node: HTMLElement = element('div', { class: 'case-list', role: 'list', 'aria-label': 'Cases' })
  readonly #page: Page
  readonly #rows = new Map<number, HTMLElement>()
  #found: Int32Array = new Int32Array(0)
  #words: readonly string[] = []
  #height = 0
  #isPrinting = false

  constructor(page: Page) {
    this.#page = page
    const draw = (): void => this.#draw()
    addEventListener('scroll', draw, { passive: true })
    addEventListener('resize', draw, { passive: true })
    this.node.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest('[data-row]') : null
      const at = this.#found[Number(row?.getAttribute('data-row') ?? -1)]
      if (at !== undefined) page.openCase(at)
    })
  }

  /** On paper nothing scrolls: some rows stand there, and how many more there are. */
  get printed(): Printed {
    return { begin: () => this.#print(true), end: () => this.#print(false) }
  }

  get length(): number {
    return this.#found.length
  }

  /** Shows these cases, with these words marked. */
  show(found: Int32Array, words: readonly string[]): void {
    this.#found = found
    this.#words = words.filter((word) => !word.startsWith('-'))
    this.#height = Math.min(found.length * rowHeight, tallest)
    this.node.style.height = `${this.#height}px`
    for (const row of this.#rows.values()) row.remove()
    this.#rows.clear()
    this.#draw()
  }

  /** Moves the focus to a row, and the row into sight. */
  focus(row: number): boolean {
    if (row < 0 || row >= this.#found.length) return false
    const box = this.node.getBoundingClientRect()
    const top = box.top + this.#place(row)
    const low = stickyHeight()
    if (top < low || top + rowHeight > innerHeight) {
      // Scrolled in the measure of the bar, so that the row lands in the middle.
      const share = (row * rowHeight - innerHeight / 2) / Math.max(1, this.#found.length * rowHeight - innerHeight)
      const isScaled = this.#found.length * rowHeight > tallest
      const y = isScaled ? share * (this.#height - innerHeight) : row * rowHeight - innerHeight / 2
      scrollTo({ top: scrollY + box.top + y, behavior: 'instant' })
      this.#draw()
    }
    const button = this.#rows.get(row)?.querySelector('button')
    button?.focus({ preventScroll: true })
    return button !== undefined && button !== null
  }

  /** The row that has the focus, or -1. */
  get focused(): number {
    const row = document.activeElement?.getAttribute('data-row')
    return row === null || row === undefined ? -1 : Number(row)
  }

  /** Scrolled part of the list in pixels of all rows. */
  #offset(): number {
    const top = stickyHeight() - this.node.getBoundingClientRect().top
    const whole = this.#found.length * rowHeight
    if (whole <= tallest) return top
    return (top * (whole - innerHeight)) / Math.max(1, this.#height - innerHeight)
  }

  /** Place of a row within the node. */
  #place(row: number): number {
    const offset = this.#offset()
    const top = stickyHeight() - this.node.getBoundingClientRect().top
    return row * rowHeight - offset + top
  }

  #draw(): void {
    if (this.#isPrinting) return
    const offset = this.#offset()
    const shift = stickyHeight() - this.node.getBoundingClientRect().top - offset
    const from = Math.max(0, Math.floor(offset / rowHeight) - around)
    const to = Math.min(this.#found.length, Math.ceil((offset + innerHeight) / rowHeight) + around)
    for (const [row, node] of this.#rows) {
      if ((row >= from && row < to) || node.contains(document.activeElement)) continue
      node.remove()
      this.#rows.delete(row)
    }
    const made: HTMLElement[] = []
    for (let row = from; row < to; row++) {
      let node = this.#rows.get(row)
      if (node === undefined) {
        node = this.#makeRow(row)
        this.#rows.set(row, node)
        made.push(node)
      }
      node.style.transform = `translateY(${row * rowHeight + (shift === 0 ? 0 : shift)}px)`
    }
    this.node.append(...made)
  }

  #makeRow(row: number): HTMLElement {
    const { cases } = this.#page
    const at = this.#found[row] ?? 0
    const status = statusOfLetter(cases.status(at))
    const suite = cases.suite(at)
    const place = cases.place(at)
    const { reason } = cases.more(at)
    const below = [suite, place === '' ? cases.task(at) : place, reason ?? ''].filter((part) => part !== '')
    return element(
      'div',
      { class: 'case-slot', role: 'listitem', 'aria-setsize': this.#found.length, 'aria-posinset': row + 1 },
      element(
        'button',
        { type: 'button', class: 'case-row', 'data-row': row },
        statusIcon(status, 18),
        element(
          'span',
          { class: 'case-text' },
          element('span', { class: 'visually-hidden' }, `${status.label}: `),
          element('span', { class: 'case-title' }, ...this.#marked(visibleLine(cases.title(at)))),
          element('span', { class: 'case-below' }, ...this.#marked(visibleLine(below.join('  ·  ')))),
        ),
        element('span', { class: 'ms' }, /[bsc]/.test(cases.status(at)) ? '' : durationText(cases.ms(at))),
      ),
    )
  }

  /** A text with the words that were searched for marked. */
  #marked(text: string): readonly (Node | string)[] {
    const lower = text.toLowerCase()
    // Where lower case is longer than the text, places in the two differ.
    if (this.#words.length === 0 || lower.length !== text.length) return [text]
    const spans = this.#words
      .flatMap((word) => {
        const from = lower.indexOf(word)
        return from < 0 ? [] : [{ from, to: from + word.length }]
      })
      .sort((a, b) => a.from - b.from)
    const parts: (Node | string)[] = []
    let done = 0
    for (const { from, to } of spans) {
      if (from < done) continue
      parts.push(text.slice(done, from), element('mark', {}, text.slice(from, to)))
      done = to
    }
    parts.push(text.slice(done))
    return parts
  }

  #print(isPrinting: boolean): void {
    this.#isPrinting = isPrinting
    for (const row of this.#rows.values()) row.remove()
    this.#rows.clear()
    this.node.replaceChildren()
    this.node.style.height = isPrinting ? 'auto' : `${this.#height}px`
    if (!isPrinting) {
      this.#draw()
      return
    }
    const shown = Math.min(this.#found.length, 200)
    for (let row = 0; row < shown; row++) this.node.append(this.#makeRow(row))
    if (this.#found.length > shown) {
      this.node.append(element('p', { class: 'muted' }, `and ${this.#found.length - shown} more, which the file holds`))
    }
  }
}

/** How much of the window's top is covered by what stays there. */
function stickyHeight(): number {
  return document.querySelector('.case-controls')?.getBoundingClientRect().bottom ?? 0
}
