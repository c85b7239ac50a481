// Everything about one case or task, beside the page: its tries, the attempts of its task with what they waited for, and what
// they printed.
import { durationText } from '../../text/duration-text.ts'
import { button, element } from './dom.ts'
import { evidenceView, outputViews } from './failure-view.ts'
import { filesView } from './files-view.ts'
import type { Page } from './page.ts'
import { type Status, statusIcon, statusOfLetter } from './status.ts'
import { triesList } from './tries-list.ts'
import { visibleLine } from './visible-text.ts'
import { waitWords } from './wait-words.ts'

/** The panel. */
export class CasePanel {
  readonly node: HTMLDialogElement = element('dialog', { class: 'panel', 'aria-labelledby': 'panel-title' })
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    // A click beside the panel closes it.
    this.node.addEventListener('click', ({ target }) => {
      if (target === this.node) this.node.close()
    })
  }

  /** Opens it for a case. */
  showCase(at: number): void {
    const { cases, data } = this.#page
    const { failure } = cases.more(at)
    const judged = data.failures[failure ?? -1]
    this.#show({
      status: statusOfLetter(cases.status(at)),
      title: cases.title(at),
      above: cases.suite(at),
      facts: [
        ['Where', cases.place(at)],
        ['Task', cases.task(at)],
        ['Took', durationText(cases.ms(at))],
        ['What', judged?.label ?? ''],
      ],
      body: [triesList(this.#page, at), ...(judged === undefined ? [] : [evidenceView(judged)])],
      task: cases.task(at),
    })
  }

  /** Opens it for a case of a task, or for the task where it has none. */
  showTask(task: string): void {
    const at = this.#page.cases.ofTask(task)
    if (at !== undefined) this.showCase(at)
    else this.#show({ status: statusOfLetter('o'), title: task, above: '', facts: [], body: [], task })
  }

  #show({ status, title, above, facts, body, task }: Shown): void {
    this.node.replaceChildren(
      element(
        'header',
        {},
        statusIcon(status, 22),
        element(
          'div',
          { class: 'panel-names' },
          above === '' ? undefined : element('p', { class: 'suite' }, visibleLine(above)),
          element('h2', { id: 'panel-title' }, visibleLine(title)),
        ),
        button({ class: 'square', 'aria-label': 'Close' }, () => this.node.close(), '✕'),
      ),
      element(
        'dl',
        {},
        ...facts
          .filter(([, value]) => value !== '')
          .flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, visibleLine(value))]),
      ),
      ...body,
      ...this.#attempts(task),
    )
    if (!this.node.open) this.node.showModal()
    this.node.scrollTop = 0
  }

  #attempts(task: string): readonly HTMLElement[] {
    const { attempts, data } = this.#page
    const all = attempts.ofTask(task)
    if (all.length === 0) return [element('p', { class: 'muted' }, 'It was never launched.')]
    const rows = all.map((at) => {
      const status = statusOfLetter(attempts.state(at))
      return element(
        'tr',
        {},
        element('td', {}, String(attempts.n(at))),
        element('td', {}, statusIcon(status, 14), ` ${status.label}`),
        element('td', {}, visibleLine(data.workers[attempts.worker(at)]?.id ?? '')),
        element('td', {}, ...waitWords(attempts, at).map((words) => element('span', { class: 'after' }, words))),
        element('td', {}, durationText(attempts.closed(at) - attempts.launched(at))),
        element(
          'td',
          {},
          button({ class: 'link' }, () => this.#locate(at), 'Show'),
        ),
      )
    })
    const heads = ['Attempt', 'Ended', 'Worker', 'Waited', 'Ran', 'Timeline']
    const head = element('tr', {}, ...heads.map((name) => element('th', { scope: 'col' }, name)))
    return [
      element('h3', {}, 'Attempts of its task'),
      element(
        'div',
        { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Attempts' },
        element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)),
      ),
      ...all.flatMap((at) => {
        const of = all.length > 1 ? `of attempt ${attempts.n(at)}` : ''
        const files = filesView(this.#page, attempts.artifacts(at), of)
        const leaks = attempts.leaks(at)
        const left = leaks === undefined ? [] : [element('p', {}, visibleLine(`${leaks}; killed after it ended`))]
        return [...left, ...(files === undefined ? [] : [files]), ...outputViews(attempts.output(at), of)]
      }),
    ]
  }

  #locate(at: number): void {
    this.node.close()
    this.#page.showAttempt(at)
  }
}

interface Shown {
  readonly status: Status
  readonly title: string
  readonly above: string
  readonly facts: readonly (readonly [string, string])[]
  readonly body: readonly HTMLElement[]
  readonly task: string
}
