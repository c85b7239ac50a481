// Flaky cases, each with every try: what a retry hid is shown, or nobody repairs it.
import { countText } from '../../text/count-text.ts'
import { button, element } from './dom.ts'
import type { Page } from './page.ts'
import { statusIcon, statusOfLetter } from './status.ts'
import { triesList } from './tries-list.ts'
import { visibleLine } from './visible-text.ts'

/** The section of flaky cases; nothing where there are none. */
export function flakySection(page: Page): HTMLElement | undefined {
  const { flaky } = page.data
  if (flaky.length === 0) return undefined
  return element(
    'section',
    { id: 'flaky', 'aria-labelledby': 'flaky-title' },
    element(
      'h2',
      { id: 'flaky-title' },
      'Flaky',
      element('span', { class: 'count' }, `${flaky.length} passed only after a retry`),
    ),
    ...flaky.map((at) => flakyCard(page, at)),
  )
}

function flakyCard(page: Page, at: number): HTMLElement {
  const { cases } = page
  const suite = cases.suite(at)
  const { retries = 1 } = cases.more(at)
  const card = element('details', { class: 'card flaky' })
  card.append(
    element(
      'summary',
      { 'data-item': true },
      statusIcon(statusOfLetter('y'), 20),
      element(
        'span',
        { class: 'cause-name' },
        suite === '' ? undefined : element('span', { class: 'suite' }, `${visibleLine(suite)} › `),
        element('span', { class: 'title' }, visibleLine(cases.title(at))),
      ),
      element(
        'span',
        { class: 'cause-facts' },
        triesView(retries),
        element('span', { class: 'place' }, visibleLine(cases.place(at))),
      ),
      element('span', { class: 'cause-why' }, visibleLine(firstMessage(page, at))),
    ),
  )
  card.addEventListener('toggle', () => {
    if (card.open && card.childElementCount === 1) {
      card.append(
        element(
          'div',
          { class: 'card-body' },
          triesList(page, at),
          element(
            'div',
            { class: 'card-foot' },
            button({ class: 'link' }, () => page.openCase(at), 'All about this case'),
          ),
        ),
      )
    }
  })
  return card
}

function firstMessage(page: Page, at: number): string {
  return page.data.failures[page.cases.more(at).earlier?.[0] ?? -1]?.message ?? 'A failed try of which nothing was kept'
}

/** Signs of the tries: failed, failed, passed. */
function triesView(retries: number): HTMLElement {
  const shown = Math.min(retries, 6)
  const signs = Array.from({ length: shown }, () => statusIcon(statusOfLetter('f'), 14))
  return element(
    'span',
    { class: 'tries', role: 'img', 'aria-label': `failed ${countText(retries, 'time')}, then passed` },
    ...signs,
    retries > shown ? ` +${retries - shown} ` : undefined,
    statusIcon(statusOfLetter('p'), 14),
  )
}
