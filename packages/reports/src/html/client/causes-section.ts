// Failures first: one card a cause. Its first line says what broke, the next why, then what to do; everything else is folded.
import type { PageCause, PageFailure } from '../report-data.ts'
import { countText } from '../../text/count-text.ts'
import { durationText } from '../../text/duration-text.ts'
import { countOf } from './count-of.ts'
import { button, element } from './dom.ts'
import { filesView } from './files-view.ts'
import { evidenceView, failureHead, fold, outputViews, stackView } from './failure-view.ts'
import { nextList } from './next-list.ts'
import type { Page } from './page.ts'
import { statusIcon, statusOfLetter } from './status.ts'
import { visibleLine } from './visible-text.ts'

/** Cards filled while the page is made; the others are filled when they are opened. */
const openAtFirst = 3

/** The section of failures; nothing where there are none. */
export function causesSection(page: Page): HTMLElement | undefined {
  const { causes, cases } = page.data
  if (causes.length === 0) return undefined
  const count = countOf(cases.statuses, 'ft')
  const head = count === causes.length ? `${count}` : `${count} from ${countText(causes.length, 'cause')}`
  const cards = causes.map((cause, at) => causeCard(page, cause, at))
  return element(
    'section',
    { id: 'failures', 'aria-labelledby': 'failures-title' },
    element('h2', { id: 'failures-title' }, 'Failures', element('span', { class: 'count' }, head)),
    page.data.causesSentence === undefined
      ? undefined
      : element('p', { class: 'causes-told muted' }, visibleLine(page.data.causesSentence)),
    ...cards,
    nextList(page),
  )
}

function causeCard(page: Page, cause: PageCause, at: number): HTMLElement {
  const { cases, data } = page
  const first = cause.cases[0] ?? 0
  const failure = data.failures[cause.failure]
  const suite = cases.suite(first)
  const card = element('details', { class: 'card cause', open: at < openAtFirst && at * cause.cases.length < 100 })
  const summary = element(
    'summary',
    { 'data-item': true },
    statusIcon(statusOfLetter(cases.status(first)), 20),
    element(
      'span',
      { class: 'cause-name' },
      suite === '' ? undefined : element('span', { class: 'suite' }, `${visibleLine(suite)} › `),
      element('span', { class: 'title' }, visibleLine(cases.title(first))),
    ),
    element(
      'span',
      { class: 'cause-facts' },
      failure === undefined ? undefined : element('span', { class: 'kind' }, visibleLine(failure.label)),
      cause.cases.length > 1
        ? element('span', { class: 'pill' }, `+ ${cause.cases.length - 1} the same way`)
        : undefined,
      ...(cause.marks ?? []).map((mark) => element('span', { class: 'pill' }, visibleLine(mark))),
      cause.blocked > 0 ? element('span', { class: 'pill' }, `blocked ${cause.blocked}`) : undefined,
      cases.place(first) === cases.title(first)
        ? undefined
        : element('span', { class: 'place' }, visibleLine(cases.place(first))),
    ),
    element('span', { class: 'cause-why' }, visibleLine(whyOf(cause, failure))),
  )
  card.append(summary)
  let isFilled = false
  const fill = (): void => {
    if (isFilled || !card.open) return
    isFilled = true
    card.append(causeBody(page, cause))
  }
  card.addEventListener('toggle', fill)
  fill()
  return card
}

/** One case speaks for itself; what several have in common is what the report says of their cause. */
function whyOf({ title, cases }: PageCause, failure: PageFailure | undefined): string {
  return (cases.length > 1 ? title : undefined) ?? failure?.message ?? ''
}

function causeBody(page: Page, cause: PageCause): HTMLElement {
  const { cases, data, attempts } = page
  const first = cause.cases[0] ?? 0
  const failure = data.failures[cause.failure]
  const body = element('div', { class: 'card-body' })
  if (failure === undefined) return body
  const last = attempts.ofTask(cases.task(first)).at(-1)
  const earlier = cases.more(first).earlier ?? []
  if (cause.title !== undefined && cause.cases.length > 1)
    body.append(element('p', { class: 'cause-told' }, visibleLine(cause.title)))
  body.append(
    ...[failureHead(failure), frameView(failure)].filter((view) => view !== undefined),
    element(
      'p',
      { class: 'todo' },
      element('span', { class: 'todo-mark', 'aria-hidden': 'true' }, '→'),
      element('span', {}, visibleLine(cause.todo)),
    ),
    ...(last === undefined ? [] : [filesView(page, attempts.artifacts(last))]).filter((view) => view !== undefined),
    ...[stackView(failure)].filter((view) => view !== undefined),
    ...(last === undefined
      ? []
      : outputViews(attempts.output(last), '', failure.stack === '' && failure.diff.length === 0)),
    ...(cause.cases.length > 1 ? [affected(page, cause)] : []),
    element(
      'div',
      { class: 'card-foot' },
      evidenceView(failure),
      element(
        'span',
        { class: 'actions' },
        button(
          { class: 'link' },
          () => page.openCase(first),
          earlier.length > 0 ? `All ${earlier.length + 1} tries` : 'All about this case',
        ),
        last === undefined
          ? undefined
          : button(
              { class: 'link' },
              () => page.showAttempt(last),
              `In the timeline at ${durationText(attempts.launched(last))}`,
            ),
      ),
    ),
  )
  return body
}

/** The first line of one's own code, where a person looks first. */
function frameView({ frame }: PageFailure): HTMLElement | undefined {
  if (frame === undefined) return undefined
  return element('p', { class: 'frame' }, 'at ', element('code', {}, visibleLine(frame)))
}

function affected(page: Page, { cases: found }: PageCause): HTMLElement {
  const list = element('ul', { class: 'affected' })
  const shown = found.slice(0, 200)
  for (const at of shown) {
    const suite = page.cases.suite(at)
    const name = `${suite === '' ? '' : `${suite} › `}${page.cases.title(at)}`
    list.append(
      element(
        'li',
        {},
        button({ class: 'link name' }, () => page.openCase(at), visibleLine(name)),
        element('span', { class: 'place' }, visibleLine(page.cases.place(at))),
      ),
    )
  }
  if (found.length > shown.length)
    list.append(element('li', { class: 'muted' }, `and ${found.length - shown.length} more`))
  return fold('Cases that failed this way', list, String(found.length))
}
