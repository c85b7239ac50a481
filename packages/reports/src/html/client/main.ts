// The page comes to life: the data is read, and every part made from it. What fails here is said on the page, above the plain
// list of failures that stands there already.
import type { ReportData } from '../report-data.ts'
import { Attempts } from './attempts.ts'
import { CasePanel } from './case-panel.ts'
import { Cases } from './cases.ts'
import { CasesSection } from './cases-section.ts'
import { causesSection } from './causes-section.ts'
import { button, element } from './dom.ts'
import { flakySection } from './flaky-section.ts'
import { headerSection } from './header-section.ts'
import { helpPanel } from './help-panel.ts'
import { listenToKeys } from './keyboard.ts'
import { leaksSection } from './leaks-section.ts'
import { notRunSection } from './not-run-section.ts'
import type { Page } from './page.ts'
import { foldsForPrint, onPrint, type Printed } from './print.ts'
import { ThemeSwitch } from './theme.ts'
import { TimeSection } from './time-section.ts'
import { visibleLine } from './visible-text.ts'

begin()

function begin(): void {
  const holder = document.getElementById('page')
  const data: unknown = JSON.parse(document.getElementById('report-data')?.textContent ?? 'null')
  if (holder === null || !isReportData(data)) {
    document.body.prepend(
      element('p', { class: 'broken' }, 'This file is damaged: the report in it could not be read.'),
    )
    return
  }
  const said = element('p', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' })
  const page: Page = {
    data,
    cases: new Cases(data),
    attempts: new Attempts(data),
    openCase: (at) => panel.showCase(at),
    openTask: (task) => panel.showTask(task),
    showAttempt: (at) => time.gantt?.show(at),
    announce: (text) => (said.textContent = text),
  }
  const panel = new CasePanel(page)
  const cases = new CasesSection(page)
  const time = new TimeSection(page)
  const theme = new ThemeSwitch(() => time.gantt?.redraw())
  const help = helpPanel(data.leftOut)
  const all = page.cases.length === 0 ? undefined : cases.node
  const sections = [causesSection(page), flakySection(page), notRunSection(page), leaksSection(page), time.node, all]
  const shown = sections.filter((section) => section !== undefined)
  holder.replaceChildren(
    ...(all === undefined ? [] : [element('a', { class: 'skip', href: '#cases' }, 'To all cases')]),
    bar(data.run, shown, { help, theme }),
    element(
      'main',
      {},
      headerSection(page, (wanted) => cases.filter(wanted)),
      ...shown,
    ),
    footer(),
    panel.node,
    help,
    said,
  )
  cases.begin()
  listenToKeys({
    cases,
    help,
    toggleTheme: () => theme.toggle(),
    sections: ['failures', 'flaky', 'not-run', 'time', 'cases'],
  })
  onPrint([theme.printed, foldsForPrint(), cases.list.printed, drawingForPrint(time)])
  document.documentElement.dataset['ready'] = 'true'
}

function drawingForPrint({ gantt }: TimeSection): Printed {
  const draw = (): void => gantt?.redrawNow()
  return { begin: draw, end: draw }
}

function isReportData(value: unknown): value is ReportData {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1
}

interface BarActions {
  readonly help: HTMLDialogElement
  readonly theme: ThemeSwitch
}

/** What stays in sight: whose run it is, and ways to each part. */
function bar(run: string, sections: readonly HTMLElement[], { help, theme }: BarActions): HTMLElement {
  const links = sections.map((section) => {
    const link = element('a', { href: `#${section.id}` }, section.querySelector('h2')?.firstChild?.textContent ?? '')
    // The address holds what is searched for, so a link must not change it.
    link.addEventListener('click', (event) => {
      event.preventDefault()
      section.scrollIntoView({ block: 'start' })
    })
    return link
  })
  return element(
    'div',
    { class: 'bar-top' },
    element(
      'p',
      { class: 'brand' },
      element('strong', {}, 'Muster'),
      element('bdi', { class: 'run' }, visibleLine(run)),
    ),
    element('nav', { 'aria-label': 'Parts of the report' }, ...links),
    element(
      'span',
      { class: 'actions' },
      button({ class: 'square', 'aria-label': 'Light or dark', title: 'Light or dark (t)' }, () => theme.toggle(), '◐'),
      button({ class: 'square', 'aria-label': 'Keys', title: 'Keys (?)' }, () => help.showModal(), '?'),
    ),
  )
}

function footer(): HTMLElement {
  return element('footer', {}, 'Written by Muster. This file holds the whole report and loads nothing.')
}
