// Where the time went: the timeline, what would have made the run faster, the critical path, how busy the workers were, and the
// slowest tasks.
import { countText } from '../../text/count-text.ts'
import { durationText } from '../../text/duration-text.ts'
import type { PageStep } from '../report-data.ts'
import { button, element } from './dom.ts'
import { Gantt } from './gantt.ts'
import type { Page } from './page.ts'
import { visibleLine } from './visible-text.ts'

/** Steps of the path and workers shown before the rest is folded. */
const shownAtFirst = 8

/** The section of time; nothing where nothing ran. */
export class TimeSection {
  readonly node: HTMLElement | undefined
  readonly gantt: Gantt | undefined

  constructor(page: Page) {
    if (page.attempts.length === 0) return
    this.gantt = new Gantt(page)
    this.node = element(
      'section',
      { id: 'time', 'aria-labelledby': 'time-title' },
      element('h2', { id: 'time-title' }, 'Time', element('span', { class: 'count' }, shareOf(page))),
      this.gantt.node,
      element(
        'div',
        { class: 'columns' },
        ...[faster(page), path(page), slowest(page), workers(page)].filter((part) => part !== undefined),
      ),
    )
  }
}

function shareOf({ data }: Page): string {
  const { workMs } = data
  const atOnce = data.endMs === 0 ? 0 : workMs / data.endMs
  return `${durationText(workMs)} of work in ${durationText(data.endMs)}, ${atOnce.toFixed(1)} at once on average`
}

function faster({ data }: Page): HTMLElement | undefined {
  if (data.faster.length === 0) return undefined
  return element(
    'div',
    { class: 'card part' },
    element('h3', {}, 'What would have made it faster'),
    element('ul', { class: 'sentences' }, ...data.faster.map((sentence) => element('li', {}, visibleLine(sentence)))),
  )
}

const waits: Readonly<Record<PageStep['waitedFor'], string>> = {
  start: 'from the start',
  dependency: 'it waited for this one',
  worker: 'its slot was taken until then',
  retry: 'tried again',
}

function path(page: Page): HTMLElement | undefined {
  const { data, attempts } = page
  if (data.path.length < 2) return undefined
  const longest = data.path.reduce(
    (max, { attempt }) => Math.max(max, attempts.closed(attempt) - attempts.launched(attempt)),
    1,
  )
  const items = data.path.map(({ attempt, waitedFor, gapMs }) => {
    const ms = attempts.closed(attempt) - attempts.launched(attempt)
    const n = attempts.n(attempt)
    const why = [
      n > 1 ? `attempt ${n}` : waits[waitedFor],
      ...(gapMs >= 20 ? [`${durationText(gapMs)} idle before`] : []),
    ]
    return element(
      'li',
      {},
      button({ class: 'link name' }, () => page.showAttempt(attempt), visibleLine(attempts.task(attempt))),
      element('span', { class: 'ms' }, durationText(ms)),
      bar(ms / longest, 'path'),
      element('span', { class: 'why' }, why.join(' · ')),
    )
  })
  return element(
    'div',
    { class: 'card part' },
    element('h3', {}, 'Critical path'),
    element(
      'p',
      { class: 'muted' },
      'Each began when the one before it let it. Only what stands here decided how long the run took.',
    ),
    ...cut(items, 'path', 'steps'),
  )
}

function slowest(page: Page): HTMLElement | undefined {
  const { slowest: tasks, texts } = page.data
  const longest = tasks[0]?.[1] ?? 1
  if (tasks.length === 0) return undefined
  const items = tasks.map(([task, ms]) => {
    const id = texts[task] ?? ''
    return element(
      'li',
      {},
      button({ class: 'link name' }, () => page.openTask(id), visibleLine(id)),
      element('span', { class: 'ms' }, durationText(ms)),
      bar(ms / longest, 'slow'),
    )
  })
  return element('div', { class: 'card part' }, element('h3', {}, 'Slowest tasks'), ...cut(items, 'ranked', 'tasks'))
}

function workers({ data }: Page): HTMLElement {
  const items = data.workers.map(({ id, share, busyMs, slots, attempts }) =>
    element(
      'li',
      {},
      element('bdi', { class: 'name' }, visibleLine(id)),
      element('span', { class: 'ms' }, `${Math.round(share * 100)} %`),
      bar(share, 'use'),
      element(
        'span',
        { class: 'why' },
        `${countText(attempts, 'attempt')}, ${durationText(busyMs)} in ${countText(slots, 'slot')}`,
      ),
    ),
  )
  return element(
    'div',
    { class: 'card part' },
    element('h3', {}, 'How busy the workers were'),
    ...cut(items, 'ranked', 'workers'),
  )
}

/** A part of a whole as a bar; the figure stands beside it. */
function bar(share: number, kind: string): HTMLElement {
  const filled = element('span', { class: 'bar-filled' })
  filled.style.width = `${Math.min(100, Math.max(0.5, share * 100))}%`
  return element('span', { class: `bar ${kind}`, 'aria-hidden': 'true' }, filled)
}

function moreText(count: number, of: string): string {
  return `${count} more ${count === 1 ? of.replace(/s$/, '') : of}`
}

function cut(items: readonly HTMLElement[], kind: string, of: string): readonly HTMLElement[] {
  const list = element('ol', { class: `measured ${kind}` }, ...items.slice(0, shownAtFirst))
  if (items.length <= shownAtFirst) return [list]
  const rest = element('ol', { class: `measured ${kind}`, start: shownAtFirst + 1 }, ...items.slice(shownAtFirst))
  return [
    list,
    element('details', { class: 'fold' }, element('summary', {}, moreText(items.length - shownAtFirst, of)), rest),
  ]
}
