// The top of the page: what became of the run in one sentence, in one line of figures, and what to type next.
import { durationText } from '../../text/duration-text.ts'
import { countOf } from './count-of.ts'
import { button, element } from './dom.ts'
import { nextList } from './next-list.ts'
import type { Page } from './page.ts'
import { caseLetters, statusIcon, statusOfLetter, statusOfVerdict } from './status.ts'
import { visibleLine } from './visible-text.ts'

/** The top of the page. `filter` shows the cases of some statuses. */
export function headerSection(page: Page, filter: (letters: string) => void): HTMLElement {
  const { data } = page
  return element(
    'header',
    { class: `top ${data.exit}` },
    element('div', { class: 'verdict' }, statusIcon(statusOfVerdict(data.exit), 34), element('h1', {}, data.sentence)),
    element('p', { class: 'meta' }, ...meta(page)),
    ...proportions(page, filter),
    // Where tests failed, they come first, and say themselves what to do.
    data.exit === 'failed' ? undefined : nextList(page),
  )
}

function meta({ data, cases }: Page): readonly Node[] {
  const parts = [
    ['Run', visibleLine(data.run)],
    ['', new Date(data.startedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })],
    ['', durationText(data.durationMs)],
    ['', counted(data.tasks, 'task')],
    ['', counted(cases.length - data.cases.ofTasks, 'case')],
    ['exit code', String(data.exitCode)],
  ] as const
  return parts.map(([name, value]) =>
    element('span', {}, name === '' ? undefined : `${name} `, element('bdi', {}, value)),
  )
}

/** All cases as one line of colours, and as counts to choose from. */
function proportions({ cases, data }: Page, filter: (letters: string) => void): readonly HTMLElement[] {
  const counts = caseLetters
    .map((letter) => ({ letter, count: countOf(data.cases.statuses, letter) }))
    .filter(({ count }) => count > 0)
  if (counts.length === 0) return []
  const strip = element('div', { class: 'strip', 'aria-hidden': 'true' })
  for (const { letter, count } of counts) {
    const part = element('span', { class: statusOfLetter(letter).name })
    part.style.flexGrow = String(Math.max(count, cases.length / 150))
    strip.append(part)
  }
  const chips = counts.map(({ letter, count }) => {
    const status = statusOfLetter(letter)
    return button(
      { class: 'tally', 'aria-label': `${count} ${status.label}: show these cases` },
      () => filter(letter),
      statusIcon(status, 16),
      element('strong', {}, count.toLocaleString('en')),
      ` ${status.label}`,
    )
  })
  // The sentence above counts tasks, so what these count is said.
  const { ofTasks } = data.cases
  const own = [
    ...(cases.length > ofTasks ? [counted(cases.length - ofTasks, 'test case')] : []),
    ...(ofTasks > 0 ? [`${counted(ofTasks, 'task')} counted as a whole`] : []),
  ].join(' and ')
  const what = element('span', { class: 'tally-unit' }, `${own}:`)
  return [strip, element('div', { class: 'tallies' }, what, ...chips)]
}

/** A number of any size with its noun. */
function counted(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`
}
