// Search and filter over all cases. Every keystroke asks all of them; the address of the page keeps what was asked, so that it
// can be sent to somebody.
import { CaseList } from './case-list.ts'
import { type CaseOrder, CaseSearch, wordsOf } from './case-search.ts'
import { countOf } from './count-of.ts'
import { button, element } from './dom.ts'
import type { Page } from './page.ts'
import { caseLetters, statusIcon, statusOfLetter } from './status.ts'

const orders: readonly (readonly [CaseOrder, string])[] = [
  ['worst', 'Failures first'],
  ['run', 'As run'],
  ['slowest', 'Slowest first'],
  ['name', 'By name'],
]

/** The section of all cases. */
export class CasesSection {
  readonly node: HTMLElement
  readonly list: CaseList
  readonly #page: Page
  readonly #search: CaseSearch
  readonly #input: HTMLInputElement
  readonly #order: HTMLSelectElement
  readonly #count: HTMLElement
  readonly #chips = new Map<string, HTMLButtonElement>()
  readonly #wanted = new Set<string>()
  #announcing = 0
  #addressing = 0

  constructor(page: Page) {
    this.#page = page
    this.#search = new CaseSearch(page.cases)
    this.list = new CaseList(page)
    this.#input = element('input', {
      type: 'search',
      id: 'search',
      placeholder: 'Search title, suite or file',
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-label': 'Search cases',
      'aria-describedby': 'search-hint',
    })
    this.#order = element(
      'select',
      { 'aria-label': 'Order of cases' },
      ...orders.map(([value, label]) => element('option', { value }, label)),
    )
    this.#count = element('p', { class: 'case-count' })
    this.#input.addEventListener('input', () => this.#find())
    this.#order.addEventListener('change', () => this.#find())
    this.node = element(
      'section',
      { id: 'cases', 'aria-labelledby': 'cases-title' },
      element(
        'h2',
        { id: 'cases-title' },
        'All cases',
        element('span', { class: 'count' }, page.cases.length.toLocaleString('en')),
      ),
      element(
        'div',
        { class: 'case-controls', role: 'search' },
        element(
          'div',
          { class: 'case-search' },
          this.#input,
          element('kbd', { 'aria-hidden': 'true' }, '/'),
          element(
            'span',
            { id: 'search-hint', class: 'visually-hidden' },
            'All words must be there; a word with a minus before it must not.',
          ),
        ),
        element('div', { class: 'chips', role: 'group', 'aria-label': 'Status' }, ...this.#makeChips()),
        this.#order,
        this.#count,
      ),
      this.list.node,
    )
    this.#readAddress()
  }

  /** To be called when the section stands in the page. */
  begin(): void {
    this.#find()
    const prepare = (): void => this.#search.prepare()
    if ('requestIdleCallback' in globalThis) requestIdleCallback(prepare)
    else setTimeout(prepare, 200)
  }

  focusSearch(): void {
    this.node.scrollIntoView({ block: 'start', behavior: 'instant' })
    this.#input.focus({ preventScroll: true })
    this.#input.select()
  }

  get hasSearchFocus(): boolean {
    return document.activeElement === this.#input
  }

  /** Empties the search; says whether there was anything in it. */
  clear(): boolean {
    if (this.#input.value === '' && this.#wanted.size === 0) return false
    this.#input.value = ''
    this.#wanted.clear()
    this.#find()
    return true
  }

  /** Shows only cases of these statuses. */
  filter(wanted: string): void {
    this.#wanted.clear()
    for (const letter of wanted) this.#wanted.add(letter)
    this.#find()
    this.node.scrollIntoView({ block: 'start' })
  }

  #makeChips(): readonly HTMLElement[] {
    const { statuses } = this.#page.data.cases
    return caseLetters.flatMap((letter) => {
      const count = countOf(statuses, letter)
      if (count === 0) return []
      const status = statusOfLetter(letter)
      const chip = button(
        { class: 'chip', 'aria-pressed': 'false' },
        () => {
          if (!this.#wanted.delete(letter)) this.#wanted.add(letter)
          this.#find()
        },
        statusIcon(status, 14),
        status.label,
        element('span', { class: 'count' }, count.toLocaleString('en')),
      )
      this.#chips.set(letter, chip)
      return [chip]
    })
  }

  #find(): void {
    const text = this.#input.value
    const order = orders.find(([value]) => value === this.#order.value)?.[0] ?? 'worst'
    const found = this.#search.find({ text, statuses: this.#wanted, order })
    this.list.show(found, wordsOf(text))
    for (const [letter, chip] of this.#chips) {
      const pressed = String(this.#wanted.has(letter))
      if (chip.getAttribute('aria-pressed') !== pressed) chip.setAttribute('aria-pressed', pressed)
    }
    const all = this.#page.cases.length
    const said =
      all === 0
        ? 'No case was reported.'
        : found.length === all
          ? ''
          : found.length === 0
            ? 'No case fits. Press Escape to see all.'
            : `${found.length.toLocaleString('en')} of ${all.toLocaleString('en')}`
    this.#count.textContent = said
    // An address that changes at every key costs the browser more than the search does.
    clearTimeout(this.#addressing)
    this.#addressing = setTimeout(() => this.#writeAddress(text, order), 150)
    clearTimeout(this.#announcing)
    this.#announcing = setTimeout(() => this.#page.announce(said), 600)
  }

  #readAddress(): void {
    const asked = new URLSearchParams(location.hash.slice(1))
    this.#input.value = asked.get('q') ?? ''
    for (const letter of asked.get('s') ?? '') if (this.#chips.has(letter)) this.#wanted.add(letter)
    const order = asked.get('o')
    if (orders.some(([value]) => value === order)) this.#order.value = order ?? 'worst'
  }

  #writeAddress(text: string, order: CaseOrder): void {
    const asked = new URLSearchParams()
    if (text !== '') asked.set('q', text)
    if (this.#wanted.size > 0) asked.set('s', Array.from(this.#wanted).join(''))
    if (order !== 'worst') asked.set('o', order)
    const hash = asked.toString()
    if (hash === location.hash.slice(1)) return
    // Some browsers limit how often an address may change; what is shown does not depend on it.
    try {
      history.replaceState(null, '', hash === '' ? location.pathname + location.search : `#${hash}`)
    } catch {
      return
    }
  }
}
