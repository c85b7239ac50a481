// What attempts left running. It was killed and the run went on, so nothing is red: without a section of its own nobody would
// hear of it.
import { button, element } from './dom.ts'
import type { Page } from './page.ts'
import { statusIcon, statusOfLetter } from './status.ts'
import { visibleLine } from './visible-text.ts'

/** The section of attempts that left processes running; nothing where none did. */
export function leaksSection(page: Page): HTMLElement | undefined {
  const { leaks } = page.data.attempts
  if (leaks.length === 0) return undefined
  return element(
    'section',
    { id: 'left-running', 'aria-labelledby': 'left-running-title' },
    element(
      'h2',
      { id: 'left-running-title' },
      'Left running',
      element('span', { class: 'count' }, `${leaks.length}, killed`),
    ),
    element('ul', { class: 'card rows' }, ...leaks.map(([at, sentence]) => leakRow(page, at, sentence))),
  )
}

function leakRow(page: Page, at: number, sentence: string): HTMLElement {
  const task = page.attempts.task(at)
  return element(
    'li',
    {},
    statusIcon(statusOfLetter('y'), 18),
    element(
      'div',
      {},
      element(
        'p',
        { class: 'row-head' },
        button({ class: 'link name' }, () => page.openTask(task), visibleLine(task)),
      ),
      element('p', { class: 'row-names' }, visibleLine(sentence)),
    ),
  )
}
