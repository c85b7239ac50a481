// What to type next, ready to be copied.
import { button, element } from './dom.ts'
import type { Page } from './page.ts'
import { visibleLine } from './visible-text.ts'

/** Commands to type next; nothing where there are none. */
export function nextList({ data, announce }: Page): HTMLElement | undefined {
  if (data.next.length === 0) return undefined
  return element(
    'ul',
    { class: 'next', 'aria-label': 'What to do next' },
    ...data.next.map(({ command, what }) => {
      const copy = button(
        { class: 'copy', 'aria-label': `Copy ${command}` },
        () => {
          const said = (text: string): void => {
            copy.textContent = text
            announce(text)
            setTimeout(() => (copy.textContent = 'Copy'), 1500)
          }
          // Not every browser lets a file copy.
          navigator.clipboard.writeText(command).then(
            () => said('Copied'),
            () => said('Select it instead'),
          )
        },
        'Copy',
      )
      return element(
        'li',
        {},
        element('code', { tabindex: '0' }, visibleLine(command)),
        copy,
        element('span', { class: 'muted' }, what),
      )
    }),
  )
}
