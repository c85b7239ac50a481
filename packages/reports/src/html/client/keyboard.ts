// Keys that work anywhere on the page, as long as nobody is typing.
import type { CasesSection } from './cases-section.ts'

/** What keys set off. */
export interface KeyActions {
  readonly cases: CasesSection
  readonly help: HTMLDialogElement
  readonly toggleTheme: () => void
  /** Ids of sections by the digit that jumps to them. */
  readonly sections: readonly string[]
}

/** Listens to the keys of the page. */
export function listenToKeys(actions: KeyActions): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null) return
    if (event.key === 'Escape') {
      if (actions.cases.clear() && actions.cases.hasSearchFocus) event.preventDefault()
      return
    }
    if (isTyping(event.target)) {
      // From the search down into what it found.
      if (
        (event.key === 'ArrowDown' || event.key === 'Enter') &&
        actions.cases.hasSearchFocus &&
        actions.cases.list.focus(0)
      ) {
        event.preventDefault()
      }
      return
    }
    if (act(event.key, actions)) event.preventDefault()
  })
}

function act(key: string, { cases, help, toggleTheme, sections }: KeyActions): boolean {
  switch (key) {
    case '/':
      cases.focusSearch()
      return true
    case 'j':
      return move(1, cases)
    case 'k':
      return move(-1, cases)
    case 't':
      toggleTheme()
      return true
    case '?':
      help.showModal()
      return true
  }
  const section = document.getElementById(sections[Number(key) - 1] ?? '')
  section?.scrollIntoView({ block: 'start' })
  return section !== null
}

/** Cards first, in the order of the page, then the rows of the list. */
function move(by: 1 | -1, { list }: CasesSection): boolean {
  const items = Array.from(document.querySelectorAll<HTMLElement>('[data-item]'))
  if (list.focused >= 0) {
    if (list.focused + by >= 0) return list.focus(list.focused + by)
    return focusItem(items.at(-1))
  }
  const at = items.findIndex((item) => item === document.activeElement)
  const target = at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by
  return target < items.length ? focusItem(items[Math.max(0, target)]) : list.focus(0)
}

function focusItem(item: HTMLElement | undefined): boolean {
  item?.focus({ preventScroll: true })
  item?.scrollIntoView({ block: 'center' })
  return item !== undefined
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement
  )
}
