// The keys, for those who ask.
import { button, element } from './dom.ts'

const keys: readonly (readonly [string, string])[] = [
  ['/', 'search all cases'],
  ['j  k', 'next, previous failure or case'],
  ['Enter', 'open or fold what is selected'],
  ['Esc', 'close, or empty the search'],
  ['1 – 5', 'failures, flaky, did not run, time, all cases'],
  ['t', 'light or dark'],
  ['← → ↑ ↓', 'in the timeline: from attempt to attempt'],
  ['+  −  0', 'in the timeline: zoom in, out, whole run'],
  ['?', 'this list'],
]

/** The list of keys. */
export function helpPanel(leftOut: readonly string[]): HTMLDialogElement {
  const panel = element('dialog', { class: 'help', 'aria-labelledby': 'help-title' })
  panel.append(
    element(
      'header',
      {},
      element('h2', { id: 'help-title' }, 'Keys'),
      button({ class: 'square', 'aria-label': 'Close' }, () => panel.close(), '✕'),
    ),
    element(
      'dl',
      {},
      ...keys.flatMap(([key, what]) => [element('dt', {}, element('kbd', {}, key)), element('dd', {}, what)]),
    ),
    element('p', { class: 'muted' }, 'Ctrl and the wheel zoom in the timeline; dragging moves it.'),
    ...(leftOut.length === 0
      ? []
      : [
          element(
            'p',
            { class: 'muted' },
            `To keep this file small: ${leftOut.join(', ')}. The JSON report has all of it.`,
          ),
        ]),
  )
  panel.addEventListener('click', ({ target }) => {
    if (target === panel) panel.close()
  })
  return panel
}
