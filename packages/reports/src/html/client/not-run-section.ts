// What did not run, by why. A task that was blocked is neither green nor its own fault: it points at who stood in its way.
import { countText } from '../../text/count-text.ts'
import type { PageGroup } from '../report-data.ts'
import { button, element } from './dom.ts'
import type { Page } from './page.ts'
import { statusIcon, statusOfVerdict } from './status.ts'
import { visibleLine } from './visible-text.ts'

/** The section of tasks that did not run; nothing where all did. */
export function notRunSection(page: Page): HTMLElement | undefined {
  const { notRun } = page.data
  if (notRun.length === 0) return undefined
  const count = notRun.reduce((sum, group) => sum + group.count, 0)
  return element(
    'section',
    { id: 'not-run', 'aria-labelledby': 'not-run-title' },
    element('h2', { id: 'not-run-title' }, 'Did not run', element('span', { class: 'count' }, String(count))),
    element('ul', { class: 'card rows' }, ...notRun.map((group) => groupRow(page, group))),
  )
}

function groupRow(page: Page, { kind, why, tasks, count }: PageGroup): HTMLElement {
  const names = tasks.flatMap((task, at) => [
    ...(at === 0 ? [] : [', ']),
    button({ class: 'link name' }, () => page.openTask(task), visibleLine(task)),
  ])
  const more = count - tasks.length
  return element(
    'li',
    {},
    statusIcon(statusOfVerdict(kind), 18),
    element(
      'div',
      {},
      element('p', { class: 'row-head' }, ...sentence(page, { kind, why, count })),
      element('p', { class: 'row-names' }, ...names, more > 0 ? ` and ${more} more` : undefined),
    ),
  )
}

function sentence(
  page: Page,
  { kind, why, count }: Pick<PageGroup, 'kind' | 'why' | 'count'>,
): readonly (Node | string)[] {
  const tasks = countText(count, 'task')
  const name = element('bdi', { class: 'name' }, visibleLine(why))
  switch (kind) {
    case 'blocked':
      return [`${tasks} blocked by `, button({ class: 'link name' }, () => page.openTask(why), visibleLine(why))]
    case 'skipped':
      return [`${tasks} skipped: `, name]
    case 'cancelled':
      return [`${tasks} cancelled by `, name]
    case 'open':
      return [`${tasks} without a verdict: `, name]
  }
}
