// Every try of a case, with what each said: what a retry hid is read here.
import { countText } from '../../text/count-text.ts'
import { element } from './dom.ts'
import { duration, failureHead, stackView } from './failure-view.ts'
import type { Page } from './page.ts'
import { statusIcon, statusOfLetter } from './status.ts'
import { visibleLine } from './visible-text.ts'

/** Every try of a case, first to last. */
export function triesList(page: Page, at: number): HTMLElement {
  const { cases, data } = page
  const { earlier = [], failure, retries = 0, reason } = cases.more(at)
  const list = element('ol', { class: 'tries-list' })
  for (const number of earlier) {
    const one = data.failures[number]
    if (one === undefined) continue
    const stack = stackView(one)
    list.append(element('li', {}, tryHead('f', ''), failureHead(one), stack))
  }
  if (retries > earlier.length) {
    list.append(
      element(
        'li',
        { class: 'muted' },
        `${countText(retries - earlier.length, 'failed try', 'failed tries')} of which nothing was kept`,
      ),
    )
  }
  const last = data.failures[failure ?? -1]
  const ended = element(
    'li',
    {},
    tryHead(cases.status(at) === 'y' ? 'p' : cases.status(at), reason ?? '', cases.ms(at)),
  )
  if (last !== undefined) {
    ended.append(failureHead(last))
    const stack = stackView(last)
    if (stack !== undefined) ended.append(stack)
  }
  list.append(ended)
  return list
}

function tryHead(letter: string, reason: string, ms?: number): HTMLElement {
  const status = statusOfLetter(letter)
  return element(
    'p',
    { class: 'try-head' },
    statusIcon(status),
    element('span', {}, status.label),
    reason === '' ? undefined : element('span', { class: 'muted' }, visibleLine(reason)),
    ms === undefined ? undefined : duration(ms),
  )
}
